"""The hours of the week: on working days, the asked number behind and the others ahead, never two people at once."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from jalon.demonstration.semaine import CRENEAUX, creneau, seances
from jalon.domain.jours import Calendrier, Territoire
from jalon.law import law_on

NOW = datetime(2026, 5, 6, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize("passees", [0, 1, 5, 8])
def test_so_many_are_over_and_the_others_are_to_come(passees):
    found = seances(creneau(3), NOW, nombre=8, passees=passees)
    assert len(found) == 8
    assert found == sorted(found)
    assert sum(1 for begin in found if begin < NOW) == passees


def test_no_seance_falls_on_a_holiday():
    calendrier = Calendrier(Territoire.METROPOLE, law_on(NOW.date()))
    days = [
        begin.date()
        for rang in range(len(CRENEAUX))
        for begin in seances(creneau(rang), NOW, nombre=8, passees=4)
    ]
    assert all(calendrier.is_ouvre(day) for day in days)
    # The first and the eighth of May are within these weeks: something was skipped.
    friday = seances(creneau(4), NOW, nombre=8, passees=4)
    assert max(b - a for a, b in itertools.pairwise(friday)) > timedelta(days=8)


def test_two_people_of_the_same_consultant_never_meet():
    all_hours = [b for rang in range(len(CRENEAUX)) for b in seances(creneau(rang), NOW, nombre=8, passees=4)]
    assert len(set(all_hours)) == len(all_hours)
    ordered = sorted(all_hours)
    assert all(b - a >= timedelta(hours=2) for a, b in itertools.pairwise(ordered))
