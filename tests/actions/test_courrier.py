"""The outbox: a mail leaves once, tells nothing, is tried again with patience, and is never lost in silence."""

import threading
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections
from tests.factories import BilanFactory, MembreFactory, OrganismeFactory, PersonneFactory

from jalon.access.exploitation import mails_given_up
from jalon.actions import courrier, secret
from jalon.actions.envoi import enqueue
from jalon.documents.courriels import COURRIELS
from jalon.records.models import Envoi

RENDEZ_VOUS = {
    "contact": "5f8e9a57-2d1c-4e4b-8f60-0b3a6c1e5d2f",
    "debut": "2026-03-05T17:00:00+00:00",
    "maniere": "visio",
    "fuseau": "Europe/Paris",
}
# What the actions put in the row of each kind that leaves by the outbox.
RENDEZ_VOUS_AGENDA = {
    "seance": "0b3a6c1e-5d2f-4f8e-9a57-2d1c7e4b8f60",
    "sequence": 1,
    "debut": "2026-03-05T17:00:00+00:00",
    "fin": "2026-03-05T19:00:00+00:00",
}
DONNEES = {
    "alerte_exploitation": {"alerte": "miroir", "nombre": 1, "constate_le": "2026-03-03T02:31:00+00:00"},
    "agenda_change": {
        "mouvement": "pris",
        "debut": "2026-03-05T17:00:00+00:00",
        "maniere": "visio",
        "fuseau": "Europe/Paris",
    },
    "agenda_annulation": RENDEZ_VOUS_AGENDA,
    "agenda_fixe": {"nombre": 8},
    "agenda_invitation": RENDEZ_VOUS_AGENDA,
    "codes_papier_utilises": {"restants": 2},
    "contact_recu": {"reponse_avant": "2026-03-05", "efface_le": "2026-06-03", "telephone": "02 40 00 00 00"},
    "destruction_faite": {},
    "dossier_a_lire": {},
    "invitation": {"jeton": "", "expire_le": "2026-03-17T09:00:00+00:00"},
    "invitation_membre": {"jeton": "", "expire_le": "2026-03-17T09:00:00+00:00"},
    "invitation_suivi": {},
    "rappel_seance": {"debut": "2026-03-05T09:00:00+00:00", "modalite": "visio", "fuseau": "Indian/Reunion"},
    "rappel_seance_date": {"debut": "2026-03-05T09:00:00+00:00", "fuseau": "Indian/Reunion"},
    "rappel_seance_espace": {},
    "code_employeur": {"code_scelle": "", "expire_le": "2026-03-03T09:15:00+00:00"},
    "code_signature": {"code_scelle": "", "expire_le": "2026-03-03T09:15:00+00:00"},
    "document_signe": {},
    "employeur_a_lire": {"jeton_employeur": ""},
    "employeur_a_repondre": {"jeton_employeur": "", "avant_le": "2026-03-13"},
    "employeur_lien": {"jeton_employeur": ""},
    "signature_demandee": {"avant_le": "2026-03-13", "circuit": "0b3a6c1e-5d2f-4f8e-9a57-2d1c7e4b8f60"},
    "code_partage": {"code_scelle": "", "expire_le": "2026-03-03T09:15:00+00:00"},
    "partage_lien": {"jeton_partage": "", "jusqu_au": "2026-04-30"},
    "rappel_demande": {},
    "rappel_personnel": {"jeton_rappels": ""},
    "rendez_vous_annule": RENDEZ_VOUS,
    "rendez_vous_deplace": RENDEZ_VOUS,
    "rendez_vous_fixe": RENDEZ_VOUS,
    "rendez_vous_rappel": RENDEZ_VOUS,
    "securite": {"changement": "second_facteur_retire", "constate_le": "2026-03-03T09:00:00+00:00"},
    "terme_1": {"terme": "2026-03-31"},
    "terme_7": {"terme": "2026-03-31"},
    "terme_14": {"terme": "2026-03-31"},
}
# Text messages leave by another door (test_rappel_seance).
BY_SMS = {"sms_rappel_seance", "sms_rappel_seance_date", "sms_rappel_seance_espace"}
# Their address and their link are a respondent's own (test_regards).
BY_LINK = {"regard_demande", "regard_rappel"}
# Sent at once while the person waits, by the pages of accounts.
AT_ONCE = {"code_connexion", "code_verification", "adresse_inconnue", "adresse_prise"}


class Broken(BaseEmailBackend):
    """A mail server that refuses everything, quoting what it was given."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError(email_messages[0].body)


@pytest.fixture
def bilan(db):
    return BilanFactory(en_cours=True, organisme__nom_neutre="Rive & Sillage")


def test_every_kind_that_leaves_by_the_outbox_is_known_here():
    assert set(DONNEES) | AT_ONCE | BY_SMS | BY_LINK == set(COURRIELS)


@pytest.mark.parametrize("genre", sorted(DONNEES))
def test_each_kind_leaves_and_says_nothing_of_a_bilan(genre, bilan, now):
    donnees = {**DONNEES[genre]}
    if "jeton" in donnees:
        donnees["jeton"] = secret.seal_text("jeton-de-l-invitation")
    if "code_scelle" in donnees:
        donnees["code_scelle"] = secret.seal_text("1234-5678")
    if "jeton_employeur" in donnees:
        donnees["jeton_employeur"] = secret.seal_text("jeton-de-l-employeur")
    for name in ("jeton_partage", "jeton_rappels"):
        if name in donnees:
            donnees[name] = secret.seal_text("jeton-d-un-lien")
    row = enqueue(genre, personne=bilan.beneficiaire, bilan=bilan, now=now, donnees=donnees)
    assert courrier.send_due(now).envoyes == [{"id": str(row.pk), "genre": genre}]
    [sent] = mail.outbox
    assert sent.to == [bilan.beneficiaire.email]
    assert parseaddr(sent.from_email)[0] == "Rive & Sillage"
    assert "bilan" not in (sent.subject + sent.body + sent.from_email).casefold()
    if "jeton" in donnees:
        assert "/compte/invitation/jeton-de-l-invitation/" in sent.body
    if "jeton_employeur" in donnees:
        assert "/employeur/lien/jeton-de-l-employeur/" in sent.body
    if "code_scelle" in donnees:
        assert "1234-5678" in sent.body
    row.refresh_from_db()
    assert (row.envoye_le, row.donnees) == (now, {})


def test_a_mail_is_not_sent_before_its_time_nor_twice(bilan, now):
    enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    assert courrier.send_due(now - timedelta(seconds=1)).envoyes == []
    assert len(courrier.send_due(now).envoyes) == 1
    assert courrier.send_due(now + timedelta(days=1)).envoyes == []
    assert len(mail.outbox) == 1


def test_a_telling_sender_name_is_replaced_by_a_neutral_one(now, db):
    organisme = OrganismeFactory(nom_neutre="Bilans du Port")
    enqueue("dossier_a_lire", personne=PersonneFactory(), organisme=organisme, now=now)
    courrier.send_due(now)
    assert parseaddr(mail.outbox[0].from_email)[0] == "Votre espace personnel"


def test_a_server_that_refuses_is_tried_again_later_and_later_then_given_up_in_plain_sight(
    bilan, now, settings
):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    row = enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    instant, waits = now, []
    while row.abandonne_le is None:
        assert len(courrier.send_due(instant).en_echec) == 1
        row.refresh_from_db()
        assert row.erreur == "ConnectionRefusedError"
        waits.append(row.prochain_essai_le - instant)
        assert courrier.send_due(row.prochain_essai_le - timedelta(seconds=1)).en_echec == []
        instant = row.prochain_essai_le
    assert len(waits) == courrier.MAX_TRIES
    assert waits == sorted(waits)
    assert [one.pk for one in mails_given_up(bilan.organisme)] == [row.pk]
    assert list(mails_given_up(OrganismeFactory())) == []


def test_a_mail_given_up_leaves_once_somebody_of_the_team_asks_again(bilan, now, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    row = enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    Envoi.objects.filter(pk=row.pk).update(essais=courrier.MAX_TRIES - 1)
    courrier.send_due(now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row.refresh_from_db()
    with pytest.raises(PermissionDenied):
        courrier.try_again(envoi=row, by=bilan.beneficiaire, now=now)
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    courrier.try_again(envoi=row, by=assistant, now=now)
    assert len(courrier.send_due(now).envoyes) == 1


def test_a_mail_set_aside_leaves_the_queue_and_keeps_nothing(bilan, now):
    row = enqueue("terme_7", personne=bilan.beneficiaire, bilan=bilan, now=now, donnees={"terme": "bientôt"})
    Envoi.objects.filter(pk=row.pk).update(abandonne_le=now)
    with pytest.raises(PermissionDenied):
        courrier.set_aside(envoi=row, by=MembreFactory(role="responsable").personne)
    courrier.set_aside(envoi=row, by=MembreFactory(organisme=bilan.organisme, role="assistant").personne)
    assert list(mails_given_up(bilan.organisme)) == []
    row.refresh_from_db()
    assert row.donnees == {}
    assert courrier.send_due(now).envoyes == []


def test_one_mail_that_fails_does_not_stop_the_others(bilan, now):
    lost = enqueue("terme_7", personne=bilan.beneficiaire, bilan=bilan, now=now, donnees={"terme": "bientôt"})
    enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    tally = courrier.send_due(now)
    assert (len(tally.envoyes), tally.en_echec) == (
        1,
        [{"id": str(lost.pk), "genre": "terme_7", "erreur": "ValueError"}],
    )


def test_whoever_has_left_is_not_written_to(bilan, now):
    row = enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    bilan.beneficiaire.email = None
    bilan.beneficiaire.save()
    courrier.send_due(now)
    row.refresh_from_db()
    assert (row.abandonne_le, row.erreur, mail.outbox) == (now, "SansAdresse", [])


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_mail_once(now):
    bilan = BilanFactory(en_cours=True)
    for _ in range(12):
        enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    together = threading.Barrier(3)
    failures = []

    def work():
        try:
            together.wait()
            courrier.send_due(now)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert (len(ids), len(set(ids))) == (12, 12)
    assert not Envoi.objects.filter(envoye_le=None).exists()


def test_taking_a_mail_needs_the_instant_at_which_it_was_seen(bilan, now):
    row = enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    assert courrier._take(row.pk, now, now)
    assert not courrier._take(row.pk, now, now)
    assert not connection.needs_rollback
