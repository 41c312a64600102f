"""Entering with a code on paper, and the page where the consultant prints the sheet."""

import pytest
from django.core.cache import cache
from tests.factories import BilanFactory, MembreFactory, PersonneFactory
from tests.web.comptes import application_code, signed_in, with_application

from jalon.access.compte import valid_codes
from jalon.actions import clock
from jalon.actions.code_papier import give_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True, beneficiaire=PersonneFactory(email=None))


@pytest.fixture
def feuille(bilan):
    return give_codes(bilan=bilan, by=bilan.consultant, now=clock.now())


def test_a_code_of_the_sheet_lets_in_once_and_says_how_many_are_left(client, bilan, feuille):
    typed = {"identifiant": feuille.identifiant, "code": feuille.codes[0]}
    answer = client.post("/compte/papier/", typed)
    assert answer["Location"] == "/accueil/"
    assert signed_in(client) == str(bilan.beneficiaire.pk)
    assert "Il vous en reste 9" in client.get("/compte/moi/").content.decode()
    client.post("/compte/deconnexion/")
    again = client.post("/compte/papier/", typed)
    assert again.status_code == 422
    assert "a déjà servi" in again.content.decode()
    assert feuille.identifiant in again.content.decode()
    assert not signed_in(client)


def test_codes_cannot_be_tried_without_end(client, feuille):
    typed = {"identifiant": feuille.identifiant, "code": "000-000-000"}
    assert [client.post("/compte/papier/", typed).status_code for _ in range(5)] == [422] * 5
    good = {**typed, "code": feuille.codes[0]}
    answer = client.post("/compte/papier/", good)
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.content.decode()
    cache.clear()
    client.post("/compte/papier/", good)
    assert signed_in(client)


def test_a_paper_code_does_not_pass_a_second_factor(client, bilan, feuille):
    secret = with_application(bilan.beneficiaire)
    typed = {"identifiant": feuille.identifiant, "code": feuille.codes[0]}
    assert client.post("/compte/papier/", typed)["Location"] == "/compte/connexion/verification/"
    assert not signed_in(client)
    client.post("/compte/connexion/verification/", {"code": application_code(secret)})
    assert signed_in(client)


def test_the_consultant_prints_a_sheet_and_nobody_else_finds_the_page(client, bilan):
    page = f"/compte/codes-papier/{bilan.pk}/"
    for stranger in (
        bilan.beneficiaire,
        MembreFactory(organisme=bilan.organisme, role="assistant").personne,
        MembreFactory(organisme=bilan.organisme, role="consultant").personne,
        PersonneFactory(),
    ):
        with_application(stranger)
        client.force_login(stranger)
        assert client.get(page).status_code == 404
        assert client.post(page, {"taille": "normal"}).status_code == 404
    assert valid_codes(bilan.beneficiaire, clock.now()) == 0
    with_application(bilan.consultant)
    client.force_login(bilan.consultant)
    assert client.get(page).status_code == 200
    assert valid_codes(bilan.beneficiaire, clock.now()) == 0
    answer = client.post(page, {"taille": "18"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content.startswith(b"%PDF-")
    assert valid_codes(bilan.beneficiaire, clock.now()) == 10
    assert client.post(page, {"taille": "200"}).status_code == 422
