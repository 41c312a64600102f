"""The link of a reminder: neutral, without an account, within the cabinet's notice, and dead as soon as it has served."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import BilanFactory, MembreFactory, SeanceFactory
from tests.web.ecrits import sign_in
from tests.web.espaces import at

from jalon.access.rappel_seance import free_moments, link_token
from jalon.records.models import (
    Disponibilite,
    Evenement,
    Membre,
    PlageHebdomadaire,
    ReglageRappels,
    ReglageSeances,
    Seance,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def seance(now):
    bilan = BilanFactory(en_cours=True)
    start = now + timedelta(days=5)
    return SeanceFactory(bilan=bilan, debut=start, fin=start + timedelta(hours=1), modalite="telephone")


def address(seance, act="", jeton=None):
    name = f"public_rdv_{act}" if act else "public_rdv"
    return reverse(name, args=[seance.pk, jeton or link_token(seance)])


def open_hours(seance):
    bilan = seance.bilan
    who = {"organisme": bilan.organisme, "personne": bilan.consultant}
    if not bilan.organisme.membres.filter(personne=bilan.consultant, role="consultant").exists():
        Membre.objects.create(**who, role="consultant", depuis=bilan.cree_le.date())
    common = {"organisme": bilan.organisme, "consultant": bilan.consultant}
    Disponibilite.objects.create(**common, ouverte=True, telephone=True)
    for day in range(5):
        PlageHebdomadaire.objects.create(**common, jour=day, debut=time(9), fin=time(12), a_distance=True)


def test_the_page_says_the_hour_and_nothing_of_what_it_is_for(seance):
    page = Client().get(address(seance)).content.decode()
    assert "Confirmer ma venue" in page
    for word in ("bilan", "compétences", "séance", seance.bilan.beneficiaire.nom, seance.bilan.organisme.nom):
        assert word.casefold() not in page.casefold().replace("séances", "")


def test_it_confirms_once_and_a_look_changes_nothing(seance):
    client = Client()
    client.get(address(seance))
    assert Seance.objects.get().confirmee_le is None
    assert client.get(address(seance, "confirmer")).status_code == 405
    for _ in range(2):
        assert client.post(address(seance, "confirmer")).status_code == 302
    assert Seance.objects.get().confirmee_le
    assert Evenement.objects.filter(nom="seance.confirmee").count() == 1


def test_it_cancels_in_time_and_then_leads_nowhere(seance):
    client = Client()
    assert "rien n’est dû" in client.get(address(seance, "annuler")).content.decode()
    assert client.post(address(seance, "annuler")).status_code == 302
    found = Seance.objects.get()
    assert (found.etat, found.issue) == ("annulee", "prevenue")
    for act in ("", "confirmer", "deplacer", "annuler"):
        assert client.post(address(seance, act) if act else address(seance)).status_code in (404, 405)
    assert client.get(address(seance)).status_code == 404


def test_too_late_it_only_confirms_and_says_whom_to_call(seance, now):
    ReglageSeances.objects.create(organisme=seance.bilan.organisme, preavis_heures=240)
    client = Client()
    assert "trop tard" in client.get(address(seance)).content.decode()
    late = client.post(address(seance, "annuler"))
    assert late.status_code == 422
    assert "240 heures" in late.content.decode()
    assert client.post(address(seance, "deplacer"), {"moment": now.isoformat()}).status_code == 422
    assert Seance.objects.get().etat == "prevue"


def test_it_moves_to_an_hour_that_the_consultant_opened_and_the_former_link_dies(seance, now):
    open_hours(seance)
    client, old = Client(), link_token(seance)
    moment = free_moments(seance, now)[0].debut
    page = client.get(address(seance, "deplacer")).content.decode()
    assert moment.isoformat() in page
    for wrong in (
        "",
        "demain",
        (moment + timedelta(minutes=7)).isoformat(),
        moment.replace(tzinfo=None).isoformat(),
    ):
        assert client.post(address(seance, "deplacer"), {"moment": wrong}).status_code == 422
    assert client.post(address(seance, "deplacer"), {"moment": moment.isoformat()}).status_code == 302
    moved = Seance.objects.get()
    assert moved.debut == moment
    assert moved.fin - moved.debut == timedelta(hours=1)
    assert client.get(address(moved, jeton=old)).status_code == 404
    assert client.get(address(moved)).status_code == 200


@pytest.mark.parametrize("jeton", ["0" * 40, "é", "x"])
def test_a_link_that_is_guessed_is_a_page_that_does_not_exist(seance, jeton):
    assert Client().get(f"/rdv/{seance.pk}/{jeton}/").status_code == 404


def test_a_person_chooses_her_hours_and_her_words(seance):
    client = sign_in(seance.bilan.beneficiaire)
    here = reverse("compte_rappels")
    assert "Par SMS" not in client.get(here).content.decode()
    said = {
        "canal": "courriel",
        "avances": ["2h", "veille_18"],
        "formule": "date",
        "silence_debut": "22",
        "silence_fin": "7",
    }
    assert client.post(here, said | {"avances": []}).status_code == 422
    assert client.post(here, said | {"canal": "sms"}).status_code == 422
    assert client.post(here, said | {"formule": "autre"}).status_code == 422
    assert client.post(here, said).status_code == 302
    row = ReglageRappels.objects.get()
    assert (row.avances, row.formule, row.silence_debut) == (["veille_18", "2h"], "date", 22)


def test_the_head_of_the_cabinet_settles_its_server_and_never_reads_its_secret_again(seance):
    head = sign_in(MembreFactory(organisme=seance.bilan.organisme, role="responsable").personne)
    here = reverse("organisme_seances")
    said = {
        "visio": "jitsi",
        "visio_adresse": "https://jitsi.exemple.fr",
        "visio_identifiant": "cabinet",
        "visio_secret": "mot-secret",
        "visio_avance": "10",
        "preavis_heures": "24",
    }
    assert head.post(here, said | {"visio_secret": ""}).status_code == 422
    assert head.post(here, said | {"visio_adresse": "http://jitsi.exemple.fr"}).status_code == 422
    assert head.post(here, said).status_code == 302
    page = head.get(here).content.decode()
    assert "mot-secret" not in page
    assert "Un secret est gardé" in page
    assert sign_in(seance.bilan.consultant).get(here).status_code == 404
