"""Entering: a code by mail first, a password for who wants one; few tries, and no telling who has an account."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from tests.factories import BilanFactory, PersonneFactory
from tests.web.comptes import (
    PASSWORD,
    application_code,
    mailed_code,
    signed_in,
    with_application,
    with_password,
)

from jalon.settings import base

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def ask_code(client, adresse, **more):
    return client.post("/compte/connexion/", {"login": adresse}, **more)


def test_a_code_by_mail_lets_in_and_opens_the_account(client):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="zoe@exemple.fr"))
    answer = ask_code(client, "Zoe@Exemple.fr")
    assert answer["Location"] == "/compte/connexion/code/"
    assert not signed_in(client)
    answer = client.post("/compte/connexion/code/", {"code": mailed_code()})
    assert answer["Location"] == "/accueil/"
    assert signed_in(client) == str(bilan.beneficiaire.pk)
    assert EmailAddress.objects.get(user=bilan.beneficiaire).verified


def test_the_code_serves_once_and_a_wrong_one_not_at_all(client):
    PersonneFactory(email="zoe@exemple.fr")
    ask_code(client, "zoe@exemple.fr")
    code = mailed_code()
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    answer = client.post("/compte/connexion/code/", {"code": wrong})
    assert answer.status_code == 422
    assert "pas le bon" in answer.content.decode()
    assert client.post("/compte/connexion/code/", {"code": code}).status_code == 302
    assert signed_in(client)
    client.post("/compte/deconnexion/")
    assert not signed_in(client)
    assert client.post("/compte/connexion/code/", {"code": code}).status_code == 302
    assert not signed_in(client)


def test_after_three_wrong_codes_the_good_one_is_dead(client):
    PersonneFactory(email="zoe@exemple.fr")
    ask_code(client, "zoe@exemple.fr")
    code = mailed_code()
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _ in range(3):
        client.post("/compte/connexion/code/", {"code": wrong})
    client.post("/compte/connexion/code/", {"code": code})
    assert not signed_in(client)
    cache.clear()
    ask_code(client, "zoe@exemple.fr")
    client.post("/compte/connexion/code/", {"code": mailed_code()})
    assert signed_in(client)


def test_the_code_is_not_readable_in_the_session_of_the_database(client):
    PersonneFactory(email="zoe@exemple.fr")
    ask_code(client, "zoe@exemple.fr")
    from django.contrib.sessions.models import Session

    row = Session.objects.get()
    assert mailed_code() in str(row.get_decoded())
    assert mailed_code() not in row.session_data


def test_nothing_on_the_page_tells_whether_an_account_exists(client):
    PersonneFactory(email="zoe@exemple.fr")
    pages = {}
    for adresse in ("zoe@exemple.fr", "zed@exemple.fr"):
        client.cookies.clear()
        answer = ask_code(client, adresse, follow=True)
        pages[adresse] = answer.content.decode().split("<main")[1].replace(adresse, "")
        assert [m.to for m in mail.outbox][-1] == [adresse]
    token = 'name="csrfmiddlewaretoken" value="'
    known, unknown = ([part[64:] for part in page.split(token)] for page in pages.values())
    assert known[1:] == unknown[1:]
    assert "Aucun espace" in mail.outbox[-1].body


def test_no_mail_of_the_login_says_what_the_product_is_for(client):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="zoe@exemple.fr"))
    bilan.organisme.nom, bilan.organisme.nom_neutre = "Bilans Martin", "Atelier Martin"
    bilan.organisme.save()
    ask_code(client, "zoe@exemple.fr")
    ask_code(client, "zed@exemple.fr")
    client.post("/compte/mot-de-passe/oublie/", {"email": "zoe@exemple.fr"})
    assert len(mail.outbox) >= 2
    for message in mail.outbox:
        said = f"{message.subject} {message.body} {message.from_email}"
        assert "Atelier Martin" in said
        assert "bilan" not in said.lower()
        assert "compétence" not in said.lower()


def test_a_sender_name_that_says_too_much_is_replaced_and_the_code_still_leaves(client):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="zoe@exemple.fr"))
    bilan.organisme.nom_neutre = "Les bilans d’Ana"
    bilan.organisme.save()
    ask_code(client, "zoe@exemple.fr")
    assert "bilan" not in f"{mail.outbox[-1].from_email} {mail.outbox[-1].body}".lower()
    client.post("/compte/connexion/code/", {"code": mailed_code()})
    assert signed_in(client)


def test_a_closed_account_gets_no_code(client):
    PersonneFactory(email="zoe@exemple.fr", is_active=False)
    ask_code(client, "zoe@exemple.fr")
    assert "Aucun espace" in mail.outbox[-1].body


def test_a_mail_server_that_is_down_is_said_and_nobody_is_left_waiting(client, monkeypatch):
    PersonneFactory(email="zoe@exemple.fr")

    def down(self, *args):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    answer = ask_code(client, "zoe@exemple.fr")
    assert answer.status_code == 503
    assert "pas pu partir" in answer.content.decode()


def test_a_password_lets_in_and_a_second_factor_is_then_asked(client):
    person = with_password(email="zoe@exemple.fr")
    typed = {"login": "zoe@exemple.fr", "password": PASSWORD}
    wrong = client.post("/compte/connexion/mot-de-passe/", {**typed, "password": "un autre mot de passe"})
    assert wrong.status_code == 422
    assert not signed_in(client)
    client.post("/compte/connexion/mot-de-passe/", typed)
    assert signed_in(client)
    client.post("/compte/deconnexion/")
    secret = with_application(person)
    answer = client.post("/compte/connexion/mot-de-passe/", typed)
    assert answer["Location"] == "/compte/connexion/verification/"
    assert not signed_in(client)
    assert client.post("/compte/connexion/verification/", {"code": "000000"}).status_code == 422
    client.post("/compte/connexion/verification/", {"code": application_code(secret)})
    assert signed_in(client)


def test_a_mailed_code_alone_does_not_pass_a_second_factor(client):
    person = PersonneFactory(email="zoe@exemple.fr")
    secret = with_application(person)
    ask_code(client, "zoe@exemple.fr")
    answer = client.post("/compte/connexion/code/", {"code": mailed_code()})
    assert answer["Location"] == "/compte/connexion/verification/"
    assert client.get("/compte/moi/").status_code == 302
    client.post("/compte/connexion/verification/", {"code": application_code(secret)})
    assert client.get("/compte/moi/").status_code == 200


@pytest.fixture
def shared_cache(settings):
    settings.CACHES = {"default": base.CACHES["default"]}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS jalon_cache")
    call_command("createcachetable", verbosity=0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS jalon_cache")


def test_tries_are_counted_in_the_cache_that_all_processes_share(client, shared_cache):
    """Each try comes as if to another process: only what the database keeps is common."""
    with_password(email="zoe@exemple.fr")
    typed = {"login": "zoe@exemple.fr", "password": "un autre mot de passe"}
    for _ in range(5):
        caches["default"].close()
        del caches["default"]
        answer = client.post("/compte/connexion/mot-de-passe/", typed)
        assert "ne vont pas ensemble" in answer.content.decode()
    del caches["default"]
    answer = client.post("/compte/connexion/mot-de-passe/", {**typed, "password": PASSWORD})
    assert "Trop d’essais" in answer.content.decode()
    assert not signed_in(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jalon_cache")
        assert cursor.fetchone()[0] > 0
    caches["default"].clear()
    client.post("/compte/connexion/mot-de-passe/", {**typed, "password": PASSWORD})
    assert signed_in(client)


def test_production_counts_tries_in_a_shared_cache():
    assert base.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_codes_are_not_mailed_without_end(client):
    PersonneFactory(email="zoe@exemple.fr")
    for _ in range(3):
        client.cookies.clear()
        assert ask_code(client, "zoe@exemple.fr").status_code == 302
    client.cookies.clear()
    answer = ask_code(client, "zoe@exemple.fr")
    assert answer.status_code == 422
    assert "Trop d’essais" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_a_forgotten_password_is_replaced_with_a_mailed_code(client):
    person = with_password(email="zoe@exemple.fr")
    client.post("/compte/mot-de-passe/oublie/", {"email": "zoe@exemple.fr"})
    assert client.post("/compte/mot-de-passe/oublie/code/", {"code": "abc"}).status_code == 422
    client.post("/compte/mot-de-passe/oublie/code/", {"code": mailed_code()})
    short = client.post("/compte/mot-de-passe/nouveau/", {"password1": "court", "password2": "court"})
    assert short.status_code == 422
    new = "une autre phrase longue"
    client.post("/compte/mot-de-passe/nouveau/", {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert not signed_in(client)


@pytest.mark.parametrize("gone", ["signup/", "email/", "confirm-email/", "password/reset/", "2fa/", "login/"])
def test_pages_that_must_not_exist_do_not(client, gone):
    client.force_login(PersonneFactory())
    assert client.get(f"/compte/{gone}").status_code == 404


def test_nobody_signs_up_alone(client):
    answer = client.post("/compte/inscription/", {"email": "moi@exemple.fr"})
    assert "sur invitation" in answer.content.decode()
    assert not EmailAddress.objects.exists()


def test_the_way_on_after_the_login_never_leaves_the_site(client):
    PersonneFactory(email="zoe@exemple.fr")
    client.post("/compte/connexion/?next=https://ailleurs.exemple/", {"login": "zoe@exemple.fr"})
    answer = client.post("/compte/connexion/code/?next=https://ailleurs.exemple/", {"code": mailed_code()})
    assert answer["Location"] == "/accueil/"


def test_the_display_chosen_by_the_person_follows_her_to_another_device(client):
    PersonneFactory(email="zoe@exemple.fr", taille_texte="18", theme="sombre")
    ask_code(client, "zoe@exemple.fr")
    answer = client.post("/compte/connexion/code/", {"code": mailed_code()})
    assert answer.cookies["jalon_affichage"].value == "sombre.18.00"
