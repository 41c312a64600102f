"""What has served goes, what still serves stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from tests.factories import BilanFactory, PersonneFactory

from jalon.access.exploitation import home
from jalon.actions import echeance, purge
from jalon.actions.envoi import enqueue
from jalon.records.models import Echeance, Envoi, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """Sessions live in the machine's time, whatever day the demonstration shows."""
    return timezone.now()


def test_sent_mails_go_after_a_month_and_waiting_ones_stay(now):
    bilan = BilanFactory(en_cours=True)
    rows = [enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now) for _ in range(4)]
    old, recent, given_up, waiting = rows
    Envoi.objects.filter(pk=old.pk).update(envoye_le=now - timedelta(days=31))
    Envoi.objects.filter(pk=recent.pk).update(envoye_le=now - timedelta(days=29))
    Envoi.objects.filter(pk=given_up.pk).update(abandonne_le=now - timedelta(days=100))
    assert purge.purge(now)["envois"] == 1
    assert set(Envoi.objects.values_list("pk", flat=True)) == {recent.pk, given_up.pk, waiting.pk}
    assert purge.purge(now + timedelta(days=400))["envois"] == 2
    assert list(Envoi.objects.all()) == [waiting]


def test_invitations_go_a_month_after_they_expired(now):
    person = PersonneFactory()
    dates = {
        "vieille": now - timedelta(days=31),
        "recente": now - timedelta(days=2),
        "valable": now + timedelta(days=2),
    }
    for name, expire_le in dates.items():
        Invitation.objects.create(personne=person, empreinte=name, creee_le=now, expire_le=expire_le)
    assert purge.purge(now)["invitations"] == 1
    assert set(Invitation.objects.values_list("empreinte", flat=True)) == {"recente", "valable"}


def test_clocks_that_are_done_go_and_those_to_come_stay(now):
    bilan = BilanFactory(en_cours=True)
    for days in (-500, -10, 10):
        echeance.schedule("seance_rappel", now, organisme=bilan.organisme, bilan=bilan, reference=str(days))
    Echeance.objects.filter(reference="-500").update(faite_le=now - timedelta(days=500))
    Echeance.objects.filter(reference="-10").update(faite_le=now - timedelta(days=10))
    purge.purge(now)
    assert set(Echeance.objects.values_list("reference", flat=True)) == {"-10", "10"}


def test_ended_sessions_go_with_their_line_in_the_list_of_devices(today):
    person = PersonneFactory()
    ended, living = SessionStore(), SessionStore()
    ended.set_expiry(-1)
    for session in (ended, living):
        session["qui"] = "ici"
        session.create()
        UserSession.objects.create(
            user=person,
            session_key=session.session_key,
            ip="127.0.0.1",
            user_agent="essai",
            last_seen_at=today,
        )
    UserSession.objects.update(created_at=today - timedelta(hours=2))
    assert purge.purge(today)["sessions"] == 1
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [living.session_key]


def test_what_a_drill_that_was_cut_off_left_goes_after_a_day(today):
    folder = home() / "exercice-0a0b0c0d"
    folder.mkdir()
    (folder / "trousseau.sqlite3").write_bytes(b"une cle")
    assert purge.purge(today)["exercices"] == 0
    assert purge.purge(today + timedelta(days=2))["exercices"] == 1
    assert not folder.exists()
