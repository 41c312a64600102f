"""The clock of a séance: held by the server, once for all devices, and gone when the real times are noted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, SeanceFactory

from jalon.access.passage import read_passages
from jalon.actions.passage import start_passage, stop_passage
from jalon.actions.seance import hold_seance
from jalon.domain.obstacle import Refused
from jalon.domain.passage import measure_passages
from jalon.records.models import Evenement, Passage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def seance(now):
    return SeanceFactory(bilan=BilanFactory(en_investigation=True), debut=now, fin=now + 120 * MINUTE)


def test_two_devices_start_one_clock_and_pauses_are_left_out(seance, now):
    by = seance.bilan.consultant
    start_passage(seance=seance, by=by, now=now)
    start_passage(seance=seance, by=by, now=now + MINUTE)
    assert Passage.objects.count() == 1
    stop_passage(seance=seance, by=by, now=now + 40 * MINUTE)
    stop_passage(seance=seance, by=by, now=now + 41 * MINUTE)
    start_passage(seance=seance, by=by, now=now + 50 * MINUTE)
    temps = measure_passages(read_passages(seance), now + 100 * MINUTE)
    assert (temps.minutes, temps.pause_minutes, temps.court) == (90, 10, True)
    assert temps.fin_proposee == now + 90 * MINUTE
    told = Evenement.objects.filter(chaine=seance.bilan_id, nom__startswith="seance.").order_by("numero")
    assert list(told.values_list("nom", flat=True)) == ["seance.commencee", "seance.pause", "seance.reprise"]


def test_it_is_gone_once_the_real_times_are_noted_and_cannot_begin_again(seance, now):
    by = seance.bilan.consultant
    start_passage(seance=seance, by=by, now=now)
    hold_seance(seance=seance, debut_reel=now, fin_reelle=now + 60 * MINUTE, by=by, now=now + 60 * MINUTE)
    assert Passage.objects.count() == 0
    with pytest.raises(Refused, match="plus à tenir"):
        start_passage(seance=seance, by=by, now=now + 61 * MINUTE)


def test_neither_on_another_day_nor_before_the_phase_nor_by_somebody_else(seance, now):
    by = seance.bilan.consultant
    with pytest.raises(Refused, match="plus tard"):
        start_passage(seance=seance, by=by, now=now - timedelta(days=1))
    early = SeanceFactory(bilan=BilanFactory(), debut=now)
    with pytest.raises(Refused, match="phase préliminaire"):
        start_passage(seance=early, by=early.bilan.consultant, now=now)
    for stranger in (seance.bilan.beneficiaire, MembreFactory(organisme=seance.bilan.organisme).personne):
        with pytest.raises(PermissionDenied):
            start_passage(seance=seance, by=stranger, now=now)
    assert Passage.objects.count() == 0
