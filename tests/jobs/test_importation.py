"""The worker's own child that imports: a process beside the loop, begun again when it was killed."""

import signal
import time

import pytest
from django.conf import settings
from tests.factories import MembreFactory
from tests.metiers.archives import rome_files, write_zip

from jalon.actions.referentiel import ask_import
from jalon.jobs import importation
from jalon.jobs.importation import Importation
from jalon.metiers import demande as demandes

SLEEPER = ["-c", "import time; time.sleep(60)"]


@pytest.fixture
def waiting(db, now, tmp_path, monkeypatch):
    """A demand in a folder of its own; the child only sleeps."""
    home = tmp_path / "donnees"
    home.mkdir()
    monkeypatch.setattr("jalon.actions.referentiel._home", lambda: home)
    monkeypatch.setattr(settings, "DONNEES", home)
    head = MembreFactory(role="responsable")
    archive = write_zip(tmp_path / "a.zip", rome_files("61"))
    return ask_import(
        organisme=head.organisme, kind="rome", archive=archive, nom="a.zip", by=head.personne, now=now
    )


def sleeping(monkeypatch):
    begun = []
    real = importation.subprocess.Popen

    def popen(arguments, **given):
        begun.append(arguments)
        return real([arguments[0], *SLEEPER], **given)

    monkeypatch.setattr(importation.subprocess, "Popen", popen)
    return begun


def test_a_demand_has_one_child_and_a_killed_one_is_followed_by_another(waiting, monkeypatch):
    begun = sleeping(monkeypatch)
    child = Importation()
    child.turn()
    child.turn()
    assert len(begun) == 1
    assert begun[0][1:] == ["-m", "django", "importer_referentiel"]
    child._child.send_signal(signal.SIGKILL)
    child.wait()
    child.turn()
    assert len(begun) == 2
    started = time.monotonic()
    child.stop()
    assert not child.running
    assert time.monotonic() - started < importation._PATIENCE


def test_nothing_asked_nothing_begun(db, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DONNEES", tmp_path)
    begun = sleeping(monkeypatch)
    child = Importation()
    child.turn()
    child.stop()
    assert begun == []
    assert demandes.list_demandes(tmp_path) == []
