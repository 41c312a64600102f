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
    assert "étape 1 sur" in page


def test_the_consultant_finds_her_bilan_and_a_stranger_finds_nothing():
    bilan, other = BilanFactory(), BilanFactory()
    client = sign_in(bilan.consultant, staff=True)
    assert bilan.beneficiaire.nom in client.get("/consultant/").content.decode()
    assert client.get(f"/consultant/{bilan.pk}/").status_code == 200
    assert client.get(f"/consultant/{other.pk}/").status_code == 404
