"""Presence: kept without network and sent later, once; by a code that only the person received; put right with a trace."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from tests.factories import BilanFactory, SeanceFactory

from jalon.actions import courrier
from jalon.actions.presence import correct_seance, send_presence_code, sign_by_code
from jalon.actions.seance import hold_seance, shown_fingerprint, sign_seance
from jalon.domain.obstacle import Refused
from jalon.domain.presence import MotifCorrection
from jalon.records.models import Emargement, Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def seance(now):
    bilan = BilanFactory(en_cours=True)
    planned = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=3), fin=now - timedelta(hours=1))
    return hold_seance(
        seance=planned,
        debut_reel=now - timedelta(hours=3),
        fin_reelle=now - timedelta(hours=1),
        by=bilan.consultant,
        now=now - timedelta(hours=1),
    )


def code(refused):
    return refused.value.obstacles[0].code


def mailed():
    return re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]


def test_a_signature_kept_without_network_bears_its_own_hour_and_stands_once(seance, now):
    person, seen = seance.bilan.beneficiaire, shown_fingerprint(seance)
    then = now - timedelta(minutes=50)
    first = sign_seance(seance=seance, by=person, now=now, empreinte_vue=seen, instant=then)
    again = sign_seance(seance=seance, by=person, now=now, empreinte_vue=seen, instant=then)
    assert first == again
    assert (first.maniere, first.signe_le) == ("differe", then)
    told = Evenement.objects.get(nom="seance.signee")
    assert told.faits["signe_le"]
    assert Emargement.objects.count() == 1


@pytest.mark.parametrize(
    "away",
    [timedelta(minutes=5), timedelta(hours=-2), timedelta(hours=-25)],
    ids=["to come", "before", "old"],
)
def test_an_hour_that_cannot_be_is_refused(seance, now, away):
    with pytest.raises(Refused) as refused:
        sign_seance(seance=seance, by=seance.bilan.consultant, now=now, instant=now + away)
    assert code(refused) == "instant"
    assert not Emargement.objects.exists()


def test_other_hours_than_those_shown_are_not_signed_later(seance, now):
    seen = shown_fingerprint(seance)
    hold_seance(
        seance=seance,
        debut_reel=now - timedelta(hours=2),
        fin_reelle=now - timedelta(hours=1),
        by=seance.bilan.consultant,
        now=now,
    )
    with pytest.raises(Refused) as refused:
        sign_seance(seance=seance, by=seance.bilan.beneficiaire, now=now, empreinte_vue=seen, instant=now)
    assert code(refused) == "changee"


@pytest.mark.parametrize(("sur_place", "maniere"), [(True, "seance"), (False, "distance")])
def test_the_person_signs_by_the_code_that_she_alone_received(seance, now, sur_place, maniere):
    consultant = seance.bilan.consultant
    send_presence_code(seance=seance, by=consultant, now=now)
    courrier.send_due(now)
    assert mail.outbox[-1].to == [seance.bilan.beneficiaire.email]
    with pytest.raises(Refused) as refused:
        sign_by_code(seance=seance, code="00000000", sur_place=sur_place, by=consultant, now=now)
    assert code(refused) == "code_faux"
    signed = sign_by_code(seance=seance, code=mailed(), sur_place=sur_place, by=consultant, now=now)
    assert (signed.qualite, signed.maniere, signed.personne) == (
        "beneficiaire",
        maniere,
        seance.bilan.beneficiaire,
    )
    with pytest.raises(Refused) as refused:
        sign_by_code(seance=seance, code=mailed(), sur_place=sur_place, by=consultant, now=now)
    assert code(refused) == "code_servi"


def test_a_code_signs_the_hours_for_which_it_was_sent_and_no_others(seance, now):
    consultant = seance.bilan.consultant
    send_presence_code(seance=seance, by=consultant, now=now)
    courrier.send_due(now)
    changed = hold_seance(
        seance=seance,
        debut_reel=now - timedelta(hours=2),
        fin_reelle=now - timedelta(hours=1),
        by=consultant,
        now=now,
    )
    with pytest.raises(Refused) as refused:
        sign_by_code(seance=changed, code=mailed(), sur_place=True, by=consultant, now=now)
    assert code(refused) == "code_faux"


def test_signed_hours_are_put_right_with_their_trace_and_both_sign_again(seance, now):
    consultant, person = seance.bilan.consultant, seance.bilan.beneficiaire
    before = {sign_seance(seance=seance, by=who, now=now).empreinte for who in (consultant, person)}
    right = {"debut_reel": now - timedelta(hours=3), "fin_reelle": now - timedelta(minutes=90)}
    changed = correct_seance(seance=seance, **right, motif=MotifCorrection.ABREGEE, by=consultant, now=now)
    assert changed.fin_reelle == right["fin_reelle"]
    assert not changed.emargements.exists()
    told = Evenement.objects.get(nom="seance.corrigee").faits
    assert told["motif"] == "abregee"
    assert set(told["empreintes_avant"]) == before
    assert told["fin_avant"]
    sign_seance(seance=changed, by=person, now=now)
    assert Evenement.objects.filter(nom="seance.signee").count() == 3
    with pytest.raises(Refused) as refused:
        correct_seance(seance=changed, **right, motif=MotifCorrection.SAISIE, by=consultant, now=now)
    assert code(refused) == "pareil"
