"""A hundred plans for the same moments at once, each with its own connection: one stands whole, the others leave nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.actions.test_reservation_parallele import _patient, at_once  # noqa: F401
from tests.factories import BilanFactory, LieuFactory, MembreFactory, SeanceFactory

from jalon.access.coffre import coffre
from jalon.actions.planification import Place, move_own_seance, plan_parcours
from jalon.actions.seance import move_seance
from jalon.domain.parcours import Phase
from jalon.domain.seance import Modalite
from jalon.records.evenements import broken_chains
from jalon.records.models import PlageHebdomadaire, Salle, Seance

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
DEMANDES = 100


@pytest.fixture
def ana():
    return MembreFactory()


def places(lieu="", salle=""):
    way = Modalite.PRESENTIEL if lieu else Modalite.TELEPHONE
    return [
        Place(phase, start, start + timedelta(hours=1), way, str(lieu), str(salle))
        for phase, start in (
            (Phase.PRELIMINAIRE, START),
            (Phase.INVESTIGATION, START + timedelta(days=7)),
            (Phase.CONCLUSIONS, START + timedelta(days=14)),
        )
    ]


def planning(bilan, now, **where):
    return lambda: plan_parcours(bilan=bilan, places=places(**where), by=bilan.consultant, now=now)


def test_a_hundred_plans_for_the_same_moments_give_one_whole_plan(ana, now, at_once):  # noqa: F811
    coffre()
    bilans = [
        BilanFactory(organisme=ana.organisme, consultant=ana.personne, en_cours=True) for _ in range(20)
    ]
    found = at_once([planning(bilans[n % 20], now) for n in range(DEMANDES)])
    assert sorted(set(found)) == ["fait", "occupe"], found
    assert found.count("fait") == 1
    assert Seance.objects.count() == 3
    assert Seance.objects.values("bilan").distinct().count() == 1
    assert broken_chains() == []


def test_two_consultants_never_share_one_room(ana, now, at_once):  # noqa: F811
    coffre()
    lieu = LieuFactory(organisme=ana.organisme)
    room = Salle.objects.create(lieu=lieu, nom="Salle bleue")
    bilans = [BilanFactory(organisme=ana.organisme, en_cours=True) for _ in range(12)]
    found = at_once([planning(one, now, lieu=lieu.pk, salle=room.pk) for one in bilans])
    assert (found.count("fait"), found.count("salle_prise")) == (1, 11), found
    assert Seance.objects.count() == 3


def test_moved_planned_and_chosen_by_the_person_at_once_they_never_meet(ana, now, at_once):  # noqa: F811
    coffre()
    lieu = LieuFactory(organisme=ana.organisme)
    for day in range(5):
        PlageHebdomadaire.objects.create(
            organisme=ana.organisme,
            consultant=ana.personne,
            jour=day,
            debut="08:00",
            fin="19:00",
            lieu=lieu,
        )
    moved = []
    for n in range(15):
        bilan = BilanFactory(organisme=ana.organisme, consultant=ana.personne, en_cours=True)
        moved.append(
            SeanceFactory(
                bilan=bilan,
                consultant=ana.personne,
                modalite="telephone",
                debut=START + timedelta(days=21 + n),
                fin=START + timedelta(days=21 + n, hours=1),
            )
        )
    asked = [
        (
            lambda s=s, n=n: (
                move_own_seance(seance=s, debut=START, by=s.bilan.beneficiaire, now=now)
                if n % 2
                else move_seance(
                    seance=s, debut=START, fin=START + timedelta(hours=1), by=ana.personne, now=now
                )
            )
        )
        for n, s in enumerate(moved)
    ]
    other = BilanFactory(organisme=ana.organisme, consultant=ana.personne, en_cours=True)
    found = at_once([*asked, planning(other, now)])
    assert found.count("fait") == 1, found
    at_start = Seance.objects.filter(debut__lt=START + timedelta(hours=1), fin__gt=START)
    assert at_start.count() == 1
