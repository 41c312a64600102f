"""The worker's loop: everything is tried at each turn, a failure costs a rest, and it stops between two acts."""

import threading

import pytest
from django.db import OperationalError
from tests.factories import BilanFactory

from jalon.access.exploitation import last_beat
from jalon.actions import courrier, echeance
from jalon.actions.envoi import enqueue
from jalon.jobs import boucle
from jalon.jobs.boucle import Boucle
from jalon.records.models import Echeance, Envoi


@pytest.fixture
def quiet_night(monkeypatch):
    monkeypatch.setattr(boucle, "run_night", lambda now, stop: [])


@pytest.mark.django_db(transaction=True)
def test_one_turn_does_what_is_due_and_sends_what_waits(now, quiet_night):
    bilan = BilanFactory(en_cours=True)
    bilan.terme_prevu_le = now.date()
    bilan.save()
    echeance.schedule("terme_rappel", now, organisme=bilan.organisme, bilan=bilan, reference="7")
    assert Boucle(rest=0).turn()
    assert Echeance.objects.filter(faite_le__isnull=False).count() == 1
    assert Envoi.objects.filter(genre="terme_7", envoye_le__isnull=False).count() == 1
    assert last_beat() is not None


@pytest.mark.django_db(transaction=True)
def test_a_step_that_fails_does_not_keep_the_others_from_being_done(now, monkeypatch, quiet_night):
    bilan = BilanFactory(en_cours=True)
    enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)

    def away(now, stop):
        raise OperationalError("a word that must stay here")

    monkeypatch.setattr(echeance, "run_due", away)
    assert not Boucle(rest=0).turn()
    assert Envoi.objects.filter(envoye_le__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_asked_to_stop_it_finishes_the_act_and_begins_no_other(now, monkeypatch, quiet_night):
    bilan = BilanFactory(en_cours=True)
    for _ in range(3):
        enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    loop = Boucle(rest=0)
    send = courrier._send_one

    def send_then_be_asked(*given):
        send(*given)
        loop.stop()

    monkeypatch.setattr(courrier, "_send_one", send_then_be_asked)
    loop.run()
    assert Envoi.objects.filter(envoye_le__isnull=False).count() == 1
    assert Envoi.objects.filter(envoye_le=None, prochain_essai_le=now).count() == 2


def test_it_rests_longer_when_nothing_can_be_done(monkeypatch):
    loop, rests = Boucle(rest=5), []
    monkeypatch.setattr(Boucle, "turn", lambda self: len(rests) == 3)

    class Clock(threading.Event):
        def wait(self, timeout=None):
            rests.append(timeout)
            if len(rests) == 4:
                loop.stop()
            return True

    loop._stop = Clock()
    loop.run()
    assert rests == [10, 20, 40, 5]
