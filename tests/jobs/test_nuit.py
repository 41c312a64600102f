"""The night: each task once, whoever sees it due; what fails is tried again and does not stop the rest."""

import fcntl
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.coffre_vide import empty_ring
from tests.factories import BilanFactory, MembreFactory

from jalon.access.coffre import coffre
from jalon.access.exploitation import home, read_state
from jalon.actions import orphelins
from jalon.jobs import nuit
from jalon.records.evenements import Nom, record
from jalon.records.models import Envoi, Racine
from jalon.records.racines import broken_roots
from jalon.vault import piece_key

NIGHT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # three o'clock in Paris


@pytest.fixture(autouse=True)
def _fresh_night():
    yield
    for name in (nuit.ETAT, nuit.VERROU, orphelins.ETAT, "verification-etat.json", "sauvegarde-etat.json"):
        (home() / name).unlink(missing_ok=True)


@pytest.fixture
def done(monkeypatch):
    """Which tasks were called, in place of the real ones."""
    called = []
    tasks = {name: (lambda now, name=name: called.append(name)) for name in nuit.TASKS}
    monkeypatch.setattr(nuit, "TASKS", tasks)
    return called


def test_the_night_begins_at_half_past_two_in_the_cabinets_time():
    assert nuit.night_of(datetime(2026, 3, 4, 1, 29, tzinfo=UTC)) == date(2026, 3, 3)
    assert nuit.night_of(datetime(2026, 3, 4, 1, 30, tzinfo=UTC)) == date(2026, 3, 4)
    assert nuit.night_of(datetime(2026, 7, 4, 0, 30, tzinfo=UTC)) == date(2026, 7, 4)


def test_each_task_is_done_once_a_night_in_its_order(done):
    assert nuit.run_night(NIGHT) == list(nuit.TASKS)
    assert nuit.run_night(NIGHT + timedelta(hours=5)) == []
    assert done == list(nuit.TASKS)
    assert nuit.run_night(NIGHT + timedelta(days=1)) == list(nuit.TASKS)


def test_a_night_that_was_slept_through_is_done_in_the_morning(done):
    nuit.run_night(NIGHT)
    assert nuit.run_night(NIGHT + timedelta(days=3, hours=7)) == list(nuit.TASKS)


def test_what_fails_is_tried_again_an_hour_later_and_stops_nothing(done, monkeypatch):
    def fail(now):
        raise OSError("a word that must stay here")

    monkeypatch.setitem(nuit.TASKS, "epoque", fail)
    rest = [name for name in nuit.TASKS if name != "epoque"]
    assert nuit.run_night(NIGHT) == rest
    state = read_state(nuit.ETAT)
    assert state["epoque"]["erreur"] == "OSError"
    assert "word" not in (home() / nuit.ETAT).read_text()
    monkeypatch.setitem(nuit.TASKS, "epoque", lambda now: None)
    assert nuit.run_night(NIGHT + timedelta(minutes=30)) == []
    assert nuit.run_night(NIGHT + timedelta(hours=1)) == ["epoque"]


def test_another_worker_that_is_at_it_is_left_alone(done):
    fd = os.open(home() / nuit.VERROU, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        assert nuit.run_night(NIGHT) == []
    finally:
        os.close(fd)
    assert nuit.run_night(NIGHT) == list(nuit.TASKS)


def test_a_worker_asked_to_stop_stops_between_two_tasks(done):
    assert nuit.run_night(NIGHT, stop=lambda: len(done) == 2) == list(nuit.TASKS)[:2]
    assert nuit.run_night(NIGHT) == list(nuit.TASKS)[2:]


@pytest.mark.django_db(transaction=True)
def test_the_real_night_renews_the_epoch_attests_the_day_and_backs_up(now, tmp_path, monkeypatch):
    monkeypatch.setenv("JALON_SAUVEGARDES", str(tmp_path / "sauvegardes"))
    monkeypatch.setenv("JALON_MIROIR", str(tmp_path / "miroir"))
    bilan = BilanFactory(en_cours=True)
    record(Nom.BILAN_COMMENCE, bilan, by=bilan.consultant, now=now)
    epoch = coffre().epoque
    assert nuit.run_night(NIGHT) == list(nuit.TASKS)
    assert coffre().epoque == epoch + 1
    assert [root.jour for root in Racine.objects.all()] == [date(2026, 3, 3)]
    assert broken_roots() == []
    assert (tmp_path / "miroir").is_file()
    assert len(list((tmp_path / "sauvegardes").iterdir())) == 1


@pytest.mark.django_db
def test_days_without_a_root_are_made_up_for(now):
    bilan = BilanFactory(en_cours=True)
    record(Nom.BILAN_COMMENCE, bilan, by=bilan.consultant, now=now)
    nuit.TASKS["racines"](NIGHT)
    nuit.TASKS["racines"](NIGHT + timedelta(days=3))
    assert [root.jour.day for root in Racine.objects.all()] == [3, 4, 5, 6]
    assert broken_roots() == []


@pytest.mark.django_db
def test_the_responsables_are_told_what_is_wrong_and_nothing_when_all_is_well(now, monkeypatch):
    responsable = MembreFactory(role="responsable").personne
    monkeypatch.setattr(nuit, "_disk_is_full", lambda: False)
    nuit.write_state("sauvegarde-etat.json", {"derniere_le": NIGHT.isoformat(), "echec_le": None})
    nuit._alerts(NIGHT)
    assert not Envoi.objects.exists()
    nuit.write_state("verification-etat.json", {"anomalies": {"chaines": 2}})
    nuit._alerts(NIGHT)
    [row] = Envoi.objects.all()
    assert (row.personne, row.donnees["alerte"], row.donnees["nombre"]) == (responsable, "chaine", 2)


@pytest.mark.django_db
def test_a_key_and_a_file_that_nothing_names_go_the_second_night(now):
    empty_ring()
    vault = coffre()
    bilan = BilanFactory(en_cours=True)
    alone = piece_key("0f0e0d0c-0000-4000-8000-000000000000")
    vault.create_keys([alone])
    name = vault.objects.new_id()
    vault.objects.store(name, b"x", key_id=alone)
    before = [key for key in vault.key_ids() if key.startswith(str(bilan.pk))]
    first = orphelins.clean(NIGHT)
    assert (first.cles, first.objets) == (0, 0)
    assert vault.has_key(alone)
    assert alone in orphelins.find().cles
    orphelins.clean(NIGHT + timedelta(days=1))
    assert not vault.has_key(alone)
    assert not vault.objects.exists(name)
    assert [key for key in vault.key_ids() if key.startswith(str(bilan.pk))] == before


@pytest.mark.django_db
def test_too_many_orphans_at_once_are_left_for_somebody_to_look_at(now, monkeypatch):
    """An empty database taken for the right one would make every key look alone."""
    empty_ring()
    vault = coffre()
    monkeypatch.setattr(orphelins, "FEW", 2)
    monkeypatch.setattr(orphelins, "SHARE", 0.0)
    keys = [piece_key(f"0f0e0d0c-0000-4000-8000-{n:012d}") for n in range(5)]
    vault.create_keys(keys)
    orphelins.clean(NIGHT)
    assert orphelins.clean(NIGHT + timedelta(days=1)).suspendu
    assert all(vault.has_key(key) for key in keys)
    vault.destroy_keys(keys)


def test_the_list_of_the_night_survives_a_file_cut_short(done):
    Path(home() / nuit.ETAT).write_text('{"epoque": ')
    assert nuit.run_night(NIGHT) == list(nuit.TASKS)
