"""Doors of séances: only those of one's own bilans, of the right cabinet, of the right days."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories import BilanFactory, LieuFactory, MembreFactory, SeanceFactory

from jalon.access.seance import agenda, get_lieu, get_seance, list_lieux, list_seances

pytestmark = pytest.mark.django_db


def test_a_seance_of_another_bilan_is_404_even_for_its_own_consultant():
    mine, other = SeanceFactory(), SeanceFactory()
    assert get_seance(mine.bilan.consultant, mine.bilan, mine.pk) == mine
    for wrong in (other.pk, "x", None):
        with pytest.raises(Http404):
            get_seance(mine.bilan.consultant, mine.bilan, wrong)
    with pytest.raises(PermissionDenied):
        get_seance(mine.bilan.consultant, other.bilan, other.pk)
    with pytest.raises(PermissionDenied):
        list_seances(mine.bilan.beneficiaire, other.bilan)


def test_the_agenda_shows_what_touches_the_days_asked_and_nothing_else(now):
    bilan = BilanFactory(en_cours=True)
    before = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=3), fin=now - timedelta(hours=1))
    across = SeanceFactory(bilan=bilan, debut=now - timedelta(minutes=30), fin=now + timedelta(minutes=30))
    inside = SeanceFactory(bilan=bilan, debut=now + timedelta(hours=2))
    after = SeanceFactory(bilan=bilan, debut=now + timedelta(days=2))
    SeanceFactory(bilan=bilan, debut=now + timedelta(hours=5), etat="annulee")
    SeanceFactory(bilan=bilan, debut=now + timedelta(hours=8), nature="travail_personnel")
    found = agenda(bilan.consultant, start=now, end=now + timedelta(days=1), mine=False)
    assert found == [across, inside]
    assert before not in found
    assert after not in found
    assert agenda(bilan.beneficiaire, start=now, end=now + timedelta(days=1), mine=True) == [across, inside]
    assert agenda(bilan.beneficiaire, start=now, end=now + timedelta(days=1), mine=False) == []


def test_a_colleague_has_nothing_of_it_in_her_own_agenda(now):
    seance = SeanceFactory(debut=now)
    colleague = MembreFactory(organisme=seance.bilan.organisme, role="consultant").personne
    for mine in (True, False):
        assert agenda(colleague, start=now - timedelta(days=1), end=now + timedelta(days=1), mine=mine) == []


def test_only_open_places_of_its_own_cabinet_are_offered():
    bilan = BilanFactory()
    open_one = LieuFactory(organisme=bilan.organisme)
    closed = LieuFactory(organisme=bilan.organisme, nom="Fermé", actif=False)
    elsewhere = LieuFactory()
    assert list_lieux(bilan) == [open_one]
    assert get_lieu(bilan, open_one.pk) == open_one
    for wrong in (closed.pk, elsewhere.pk, "x"):
        assert get_lieu(bilan, wrong) is None
