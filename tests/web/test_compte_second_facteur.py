"""The second factor: compulsory for whoever works in a cabinet, sealed, replaceable, never the last one removed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from tests.factories import BilanFactory, MembreFactory, PersonneFactory
from tests.web.comptes import PASSWORD, application_code, signed_in, with_application, with_password

from jalon.records.models import Envoi

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def test_a_member_without_second_factor_reaches_no_page_but_the_one_to_set_it(client):
    bilan = BilanFactory(en_cours=True)
    client.force_login(bilan.consultant)
    for page in ("/accueil/", "/consultant/", f"/consultant/{bilan.pk}/", "/cabinet/"):
        assert client.get(page)["Location"] == "/compte/second-facteur/", page
    assert client.get(f"/compte/codes-papier/{bilan.pk}/")["Location"] == "/compte/second-facteur/"
    page = client.get("/compte/second-facteur/").content.decode()
    assert "/compte/securite/application/" in page
    assert "/compte/securite/cles/ajouter/" in page
    with_application(bilan.consultant)
    assert client.get(f"/compte/codes-papier/{bilan.pk}/").status_code == 200


def test_a_beneficiary_is_free_to_have_none(client):
    bilan = BilanFactory(en_cours=True)
    client.force_login(bilan.beneficiaire)
    assert client.get("/accueil/")["Location"] == "/espace/"


def test_an_application_is_set_and_its_secret_is_sealed(client, django_capture_on_commit_callbacks):
    member = MembreFactory()
    client.force_login(member.personne)
    page = client.get("/compte/securite/application/").content.decode()
    secret = client.session["mfa.totp.secret"]
    assert " ".join(re.findall("....", secret)) in page
    assert "data:image/svg+xml" in page
    assert client.post("/compte/securite/application/", {"code": "000000"}).status_code == 422
    assert client.session["mfa.totp.secret"] == secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/compte/securite/application/", {"code": application_code(secret)})
    assert answer["Location"] == "/compte/securite/secours/"
    row = Authenticator.objects.get(user=member.personne, type="totp")
    assert secret not in str(row.data)
    assert "mfa.totp.secret" not in client.session
    envoi = Envoi.objects.get()
    assert (envoi.genre, envoi.donnees["changement"]) == ("securite", "application_ajoutee")


def codes_on(page):
    return re.findall(r"<code>(\d{4} \d{4})</code>", page.content.decode())


def test_recovery_codes_are_shown_once_and_each_enters_once(client):
    person = with_password(email="zoe@exemple.fr")
    client.force_login(person)
    client.get("/compte/securite/application/")
    client.post("/compte/confirmer/?next=/compte/securite/application/", {"password": PASSWORD})
    client.get("/compte/securite/application/")
    secret = client.session["mfa.totp.secret"]
    client.post("/compte/securite/application/", {"code": application_code(secret)})
    codes = codes_on(client.get("/compte/securite/secours/"))
    assert len(codes) == 10
    assert codes_on(client.get("/compte/securite/secours/")) == []
    for entered in (True, False):
        client.post("/compte/deconnexion/")
        client.post("/compte/connexion/mot-de-passe/", {"login": "zoe@exemple.fr", "password": PASSWORD})
        client.post("/compte/connexion/verification/", {"code": codes[0]})
        assert bool(signed_in(client)) is entered


def test_what_touches_the_second_factor_asks_again_who_one_is(client):
    person = PersonneFactory()
    secret = with_application(person)
    client.force_login(person)
    answer = client.get("/compte/securite/application/retirer/")
    assert answer["Location"].startswith("/compte/confirmer/code/")
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 422
    client.post(answer["Location"], {"code": application_code(secret)})
    client.post("/compte/securite/application/retirer/")
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_member_does_not_remove_her_last_second_factor(client):
    person = MembreFactory().personne
    secret = with_application(person)
    client.force_login(person)
    client.post("/compte/confirmer/code/?next=/compte/securite/", {"code": application_code(secret)})
    page = client.get("/compte/securite/application/retirer/").content.decode()
    assert "obligatoire" in page
    assert client.post("/compte/securite/application/retirer/").status_code == 422
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_a_member_does_not_remove_her_last_key_either(client):
    person = MembreFactory().personne
    key = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Ma clé", "credential": {}}
    )
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 4102444800, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    answer = client.post(f"/compte/securite/cles/{key.pk}/retirer/", follow=True)
    assert "obligatoire" in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()
    with_application(person)
    client.post(f"/compte/securite/cles/{key.pk}/retirer/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_key_of_somebody_else_cannot_be_touched(client):
    key = Authenticator.objects.create(
        user=PersonneFactory(), type="webauthn", data={"name": "Ma clé", "credential": {}}
    )
    client.force_login(PersonneFactory())
    for verb in ("retirer", "renommer"):
        assert client.post(f"/compte/securite/cles/{key.pk}/{verb}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "Ma clé"


def test_the_pages_of_keys_carry_what_the_device_needs_and_no_script(client):
    client.force_login(PersonneFactory())
    page = client.get("/compte/securite/cles/ajouter/").content.decode()
    assert "data-options=" in page
    assert "challenge" in page
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page)
    answer = client.get("/compte/connexion/cle/", headers={"accept": "application/json"})
    assert answer.status_code in (200, 302)
