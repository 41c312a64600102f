"""The frame: every page of a bilan says where one is, what comes next and who sees."""

import pytest
from django.test import Client
from tests.factories import BilanFactory

pytestmark = pytest.mark.django_db


def sign_in(person, *, staff=False):
    client = Client()
    client.force_login(person)
    if staff:
        session = client.session
        session["second_facteur_pose"] = True
        session.save()
    return client


def test_the_home_of_a_person_with_one_bilan_shows_it_and_what_comes_next():
    bilan = BilanFactory()
    page = sign_in(bilan.beneficiaire).get("/espace/").content.decode()
    assert "Lire ce qui vous est proposé" in page
    assert "Qui voit cette page" in page
    assert 'aria-current="step"' in page
    assert "étape 1 sur" in sign_in(bilan.beneficiaire).get(f"/espace/{bilan.pk}/droits/").content.decode()


def test_the_consultant_finds_her_bilan_and_a_stranger_finds_nothing():
    bilan, other = BilanFactory(), BilanFactory()
    client = sign_in(bilan.consultant, staff=True)
    assert bilan.beneficiaire.nom in client.get("/consultant/").content.decode()
    assert client.get(f"/consultant/{bilan.pk}/").status_code == 200
    assert client.get(f"/consultant/{other.pk}/").status_code == 404


def test_the_autosave_keeps_the_form_and_says_why_when_it_cannot():
    bilan = BilanFactory(en_cours=True)
    client = sign_in(bilan.beneficiaire)
    address = f"/espace/{bilan.pk}/brouillon/"
    kept = client.post(f"{address}?page=demande", {"mots": "mes mots", "revision": "3"})
    assert kept.status_code == 200
    assert "revision" not in kept.json()
    assert client.post(f"{address}?page=inconnue", {"mots": "x"}).status_code == 422
    assert client.post(f"{address}?page=note-1", {"mots": "x"}).status_code == 404
    assert client.get(f"{address}?page=demande").status_code == 405
    stranger = sign_in(BilanFactory().beneficiaire)
    assert stranger.post(f"{address}?page=demande", {"mots": "x"}).status_code == 404
    thrown = client.post(f"{address}jeter/", {"page": "demande", "suite": "https://ailleurs.exemple/"})
    assert thrown.status_code == 302
    assert thrown["Location"] == "/"
