"""One moment, a hundred requests at once, each with its own connection: one person has it, ninety-nine are told so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, connections
from tests.factories import BilanFactory, MembreFactory

from jalon.access.coffre import coffre
from jalon.actions.reservation import book_entretien
from jalon.actions.seance import plan_seance
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.records.evenements import broken_chains
from jalon.records.models import Contact, Disponibilite, PlageHebdomadaire, Seance

pytestmark = pytest.mark.django_db(transaction=True)
THURSDAY = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)  # 18 h in Paris
DEMANDES = 100


@pytest.fixture
def ana():
    membre = MembreFactory()
    common = {"organisme": membre.organisme, "consultant": membre.personne}
    Disponibilite.objects.create(**common, ouverte=True)
    PlageHebdomadaire.objects.create(**common, jour=3, debut=time(18), fin=time(18, 45))
    return membre


@pytest.fixture
def at_once(_patient):
    """Every act starts when the last of them is ready; what each did, or why it was refused."""

    def run(acts):
        ready = Barrier(len(acts))

        def one(act):
            close_old_connections()
            ready.wait()
            try:
                act()
                return "fait"
            except Refused as refused:
                return refused.obstacles[0].code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run


@pytest.fixture
def _patient():
    """On SQLite each writer waits for its turn: a hundred turns on a slow machine may be long."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 120
    yield
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 20


def book(ana, now, rank):
    return lambda: book_entretien(
        organisme=ana.organisme,
        consultant_id=ana.personne_id,
        debut=THURSDAY,
        modalite=Modalite.TELEPHONE,
        prenom=f"Personne {rank}",
        telephone="06 00 00 00 00",
        now=now,
    )


def test_a_hundred_requests_for_one_moment_give_it_once(ana, now, at_once):
    coffre()  # opened before the crowd
    found = at_once([book(ana, now, rank) for rank in range(DEMANDES)])
    assert sorted(set(found)) == ["fait", "occupe"], found
    assert found.count("fait") == 1
    assert Contact.objects.get().entretien_le == THURSDAY
    assert broken_chains() == []


def test_seances_and_interviews_asked_for_together_never_meet(ana, now, at_once):
    coffre()
    bilans = [
        BilanFactory(organisme=ana.organisme, consultant=ana.personne, en_cours=True) for _ in range(10)
    ]

    def plan(bilan):
        return lambda: plan_seance(
            bilan=bilan,
            phase=Phase.PRELIMINAIRE,
            nature=Nature.ACCOMPAGNEMENT,
            modalite=Modalite.VISIO,
            debut=THURSDAY - timedelta(minutes=15),
            fin=THURSDAY + timedelta(hours=1),
            by=ana.personne,
            now=now,
        )

    acts = [
        act
        for rank, bilan in enumerate(bilans)
        for act in (plan(bilan), *(book(ana, now, rank) for _ in range(4)))
    ]
    found = at_once(acts)
    assert found.count("fait") == 1, found
    assert Contact.objects.count() + Seance.objects.count() == 1
