"""Reminders of séances: rung at the chosen hours, once, in neutral words; they follow a séance that moves, and leave with it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests.factories import BilanFactory, SeanceFactory

from jalon.access.rappel_seance import link_token
from jalon.actions import courrier
from jalon.actions.echeance import run_due
from jalon.actions.porte_sms import HttpSms, SmsRefuse, send_sms
from jalon.actions.rappel_seance import choose_rappels, plan_next
from jalon.actions.seance import cancel_seance, move_seance
from jalon.domain.issue import Issue
from jalon.domain.obstacle import Refused
from jalon.domain.rappel_seance import Avance, Canal, Formule
from jalon.domain.seance import EtatSeance
from jalon.records.models import Echeance, Envoi, Evenement

pytestmark = pytest.mark.django_db
USUAL = {
    "canal": Canal.COURRIEL,
    "avances": [Avance.VEILLE_SOIR],
    "formule": Formule.RENDEZ_VOUS,
    "silence_debut": 21,
    "silence_fin": 8,
}


@pytest.fixture
def seance(now):
    bilan = BilanFactory(en_cours=True, organisme__nom_neutre="Rive & Sillage")
    start = now.replace(hour=14, minute=0) + timedelta(days=5)
    found = SeanceFactory(bilan=bilan, debut=start, fin=start + timedelta(hours=2))
    plan_next(found, now)
    return found


def due(seance):
    return list(
        Echeance.objects.filter(reference=str(seance.pk), faite_le=None, annulee_le=None).values_list(
            "echoit_le", flat=True
        )
    )


def test_it_rings_at_each_chosen_hour_once_and_no_more(seance, now):
    person = seance.bilan.beneficiaire
    choose_rappels(by=person, now=now, **USUAL | {"avances": [Avance.DEUX_HEURES, Avance.VEILLE_SOIR]})
    [evening] = due(seance)
    assert (evening.hour, evening.date()) == (17, (seance.debut - timedelta(days=1)).date())
    assert len(run_due(evening).faites) == 1
    assert run_due(evening).faites == []
    assert due(seance) == [seance.debut - timedelta(hours=2)]
    run_due(seance.debut - timedelta(hours=2))
    assert due(seance) == []
    assert Envoi.objects.filter(genre="rappel_seance").count() == 2


def test_a_moved_seance_takes_its_reminder_and_a_cancelled_one_leaves_none(seance, now):
    [first] = due(seance)
    moved = move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=1),
        fin=seance.fin + timedelta(days=1),
        by=seance.bilan.consultant,
        now=now,
    )
    assert due(moved) == [first + timedelta(days=1)]
    cancel_seance(seance=moved, by=seance.bilan.consultant, now=now, issue=Issue.CABINET)
    assert due(moved) == []
    told = Evenement.objects.get(nom="seance.annulee").faits
    assert told == {"seance": str(moved.pk), "issue": "cabinet"}


@pytest.mark.parametrize("formule", Formule)
def test_no_wording_says_what_the_appointment_is_for_and_each_brings_the_link(formule, seance, now):
    choose_rappels(by=seance.bilan.beneficiaire, now=now, **USUAL | {"formule": formule})
    [at] = due(seance)
    run_due(at)
    courrier.send_due(at)
    [sent] = mail.outbox
    said = (sent.subject + sent.body).casefold()
    for word in (
        "bilan",
        "compétence",
        "séance",
        "conseil",
        "visio" if formule != Formule.RENDEZ_VOUS else "bilan",
    ):
        assert word not in said
    assert reverse("public_rdv", args=[seance.pk, link_token(seance)]) in sent.body
    assert ("15\u00a0h" in said) is (formule != Formule.ESPACE)


def test_nobody_is_reminded_of_what_she_asked_not_to_be_nor_by_a_closed_door(seance, now, settings):
    person = seance.bilan.beneficiaire
    choose_rappels(by=person, now=now, **USUAL | {"canal": Canal.AUCUN, "avances": []})
    assert due(seance) == []
    for more, code in (
        ({"avances": []}, "avances"),
        ({"canal": Canal.SMS}, "sms"),
    ):
        with pytest.raises(Refused) as refused:
            choose_rappels(by=person, now=now, **USUAL | more)
        assert refused.value.obstacles[0].code == code
    settings.JALON_SMS = "dossier:/nulle-part"
    person.telephone = ""
    with pytest.raises(Refused) as refused:
        choose_rappels(by=person, now=now, **USUAL | {"canal": Canal.SMS})
    assert refused.value.obstacles[0].code == "telephone"


def test_a_text_message_leaves_by_its_door_in_neutral_words(seance, now, settings, tmp_path):
    settings.JALON_SMS = f"dossier:{tmp_path}"
    person = seance.bilan.beneficiaire
    person.telephone = "06 00 00 00 07"
    person.save()
    choose_rappels(by=person, now=now, **USUAL | {"canal": Canal.SMS})
    [at] = due(seance)
    run_due(at)
    assert len(courrier.send_due(at).envoyes) == 1
    assert mail.outbox == []
    [written] = tmp_path.iterdir()
    numero, texte = written.read_text().split("\n", 1)
    assert numero == "+33600000007"
    assert "bilan" not in texte.casefold()
    assert "/rdv/" in texte


def test_a_door_that_fails_is_tried_again_and_quotes_nothing(settings, monkeypatch):
    settings.JALON_SMS = "https://sms.exemple.fr/envois"
    seen = []

    def refuse(request, timeout):
        seen.append((request.full_url, request.headers, request.data))
        raise ConnectionRefusedError("06 00 00 00 07")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(SmsRefuse) as refused:
        send_sms("06 00 00 00 07", "Mardi à 18 h.", identifiant="abc")
    assert "06" not in str(refused.value)
    assert seen[0][0] == "https://sms.exemple.fr/envois"
    assert seen[0][1]["Idempotency-key"] == "abc"
    for wrong in ("12", "zéro six", "+"):
        with pytest.raises(SmsRefuse):
            send_sms(wrong, "Mardi.", identifiant="abc")
    assert HttpSms("https://x", "j", "to", "text").champ_numero == "to"


def test_a_worker_that_was_down_reminds_of_nothing_that_has_begun(seance, now):
    run_due(seance.debut + timedelta(minutes=1))
    assert not Envoi.objects.filter(genre="rappel_seance").exists()
    assert seance.etat == EtatSeance.PREVUE
