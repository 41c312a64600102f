"""A séance as the rules see it: its minutes, its signatures, and what a signature covers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import (
    EtatSeance,
    Modalite,
    SeanceFacts,
    done_hours,
    fingerprint,
    planned_hours,
)

DEBUT = datetime(2026, 3, 3, 9, tzinfo=UTC)
PREVUE = SeanceFacts(
    id="1",
    phase=Phase.PRELIMINAIRE,
    nature=Nature.ACCOMPAGNEMENT,
    modalite=Modalite.PRESENTIEL,
    etat=EtatSeance.PREVUE,
    debut=DEBUT,
    fin=DEBUT + timedelta(hours=2),
)
TENUE = replace(PREVUE, etat=EtatSeance.TENUE, debut_reel=DEBUT, fin_reelle=DEBUT + timedelta(minutes=105))


def test_minutes_are_those_that_were_spent_once_it_was_held():
    assert PREVUE.minutes == 120
    assert TENUE.minutes == 105


def test_the_night_when_clocks_go_back_lasts_one_hour_more():
    paris = ZoneInfo("Europe/Paris")
    night = replace(
        PREVUE,
        debut=datetime(2026, 10, 25, 1, tzinfo=paris),
        fin=datetime(2026, 10, 25, 4, tzinfo=paris),
    )
    assert night.minutes == 240
    assert replace(night, fin=datetime(2026, 10, 25, 1, 30, tzinfo=paris)).minutes == 30


@pytest.mark.parametrize(
    ("person", "consultant", "nature", "signed"),
    [
        (False, False, Nature.ACCOMPAGNEMENT, False),
        (True, False, Nature.ACCOMPAGNEMENT, False),
        (False, True, Nature.ACCOMPAGNEMENT, False),
        (True, True, Nature.ACCOMPAGNEMENT, True),
        (True, False, Nature.TRAVAIL_PERSONNEL, True),
        (False, True, Nature.TRAVAIL_PERSONNEL, False),
    ],
)
def test_an_interview_needs_both_signatures_and_personal_work_the_person_s_alone(
    person, consultant, nature, signed
):
    held = replace(TENUE, nature=nature, signee_beneficiaire=person, signee_consultant=consultant)
    assert held.signee is signed
    assert not replace(held, etat=EtatSeance.PREVUE).signee


def test_only_what_was_held_and_signed_is_done_and_cancelled_or_missed_ones_count_nowhere():
    signed = replace(TENUE, signee_beneficiaire=True, signee_consultant=True)
    all_of_them = [
        PREVUE,
        TENUE,
        signed,
        replace(PREVUE, etat=EtatSeance.ANNULEE),
        replace(PREVUE, etat=EtatSeance.ABSENCE),
        replace(signed, nature=Nature.SUIVI, phase=Phase.SUIVI),
    ]
    assert planned_hours(all_of_them).total == 120 + 105 + 105
    assert done_hours(all_of_them).total == 105
    assert done_hours(all_of_them).suivi == 105


@pytest.mark.parametrize(
    "change",
    [
        {"fin_reelle": DEBUT + timedelta(minutes=106)},
        {"debut_reel": DEBUT - timedelta(minutes=1)},
        {"modalite": Modalite.VISIO},
        {"lieu": "un autre"},
        {"phase": Phase.CONCLUSIONS},
        {"id": "2"},
    ],
)
def test_any_change_of_what_was_signed_shows_in_the_fingerprint(change):
    signed_at = DEBUT + timedelta(hours=3)
    first = fingerprint(TENUE, "beneficiaire", signed_at)
    assert fingerprint(replace(TENUE), "beneficiaire", signed_at) == first
    assert fingerprint(replace(TENUE, **change), "beneficiaire", signed_at) != first
    assert fingerprint(TENUE, "consultant", signed_at) != first
    assert fingerprint(TENUE, "beneficiaire", signed_at + timedelta(seconds=1)) != first


def test_the_same_instant_in_another_zone_gives_the_same_fingerprint():
    there = ZoneInfo("Indian/Reunion")
    moved = replace(
        TENUE, debut_reel=TENUE.debut_reel.astimezone(there), fin_reelle=TENUE.fin_reelle.astimezone(there)
    )
    assert fingerprint(moved, "consultant", DEBUT) == fingerprint(TENUE, "consultant", DEBUT)
