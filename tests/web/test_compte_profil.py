"""My profile, my address, my devices, and a session that closes by itself."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from tests.factories import BilanFactory, MembreFactory, PersonneFactory
from tests.web.comptes import PASSWORD, mailed_code, signed_in, with_password

from jalon.records.models import Envoi
from jalon.web.compte.sessions import device_name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def test_a_person_corrects_her_name_and_keeps_what_she_typed_when_it_is_refused(client):
    person = PersonneFactory()
    client.force_login(person)
    answer = client.post("/compte/moi/", {"prenom": "Xmarkerx", "nom": "", "telephone": "06"})
    assert answer.status_code == 422
    assert "Xmarkerx" in answer.content.decode()
    client.post("/compte/moi/", {"prenom": "Zoé", "nom": "Lefèvre", "telephone": "06 00 00 00 00"})
    person.refresh_from_db()
    assert (person.nom_complet, person.telephone) == ("Zoé Lefèvre", "06 00 00 00 00")


def test_the_address_changes_only_with_the_code_sent_to_the_new_one(client):
    person = PersonneFactory(email="zoe@exemple.fr")
    client.force_login(person)
    client.post("/compte/moi/adresse/", {"adresse": "nouvelle@exemple.fr"})
    assert mail.outbox[-1].to == ["nouvelle@exemple.fr"]
    code = mailed_code()
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    assert client.post("/compte/moi/adresse/code/", {"code": wrong}).status_code == 422
    person.refresh_from_db()
    assert person.email == "zoe@exemple.fr"
    client.post("/compte/moi/adresse/code/", {"code": code})
    person.refresh_from_db()
    assert person.email == "nouvelle@exemple.fr"
    assert Envoi.objects.get(adresse="zoe@exemple.fr").donnees["changement"] == "adresse"


def test_after_three_wrong_codes_the_change_of_address_is_dropped(client):
    person = PersonneFactory(email="zoe@exemple.fr")
    client.force_login(person)
    client.post("/compte/moi/adresse/", {"adresse": "nouvelle@exemple.fr"})
    code = mailed_code()
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _ in range(3):
        client.post("/compte/moi/adresse/code/", {"code": wrong})
    client.post("/compte/moi/adresse/code/", {"code": code})
    person.refresh_from_db()
    assert person.email == "zoe@exemple.fr"


def test_the_address_of_somebody_else_gets_a_notice_and_no_code(client):
    PersonneFactory(email="prise@exemple.fr")
    client.force_login(PersonneFactory(email="zoe@exemple.fr"))
    pages = []
    for adresse in ("prise@exemple.fr", "libre@exemple.fr"):
        answer = client.post("/compte/moi/adresse/", {"adresse": adresse}, follow=True)
        assert answer.redirect_chain[-1][0] == "/compte/moi/adresse/code/"
        pages.append(answer.content.decode().split("<main")[1].replace(adresse, "").split('name="csrf')[0])
    assert pages[0] == pages[1]
    assert "ouvre déjà le vôtre" in mail.outbox[0].body
    assert "Votre code" in mail.outbox[1].body


def test_an_address_of_the_employer_is_told_to_the_person_and_accepted(client):
    bilan = BilanFactory(
        financement="plan", employeur_nom="Dupont SA", beneficiaire=PersonneFactory(email=None)
    )
    client.force_login(bilan.beneficiaire)
    answer = client.post("/compte/moi/adresse/", {"adresse": "zoe@dupont-sa.fr"}, follow=True)
    assert "celle de votre employeur" in answer.content.decode()
    client.post("/compte/moi/adresse/code/", {"code": mailed_code()})
    bilan.beneficiaire.refresh_from_db()
    assert bilan.beneficiaire.email == "zoe@dupont-sa.fr"
    assert "celle de votre employeur" in client.get("/compte/moi/").content.decode()


def test_changing_the_address_asks_for_the_password_of_whoever_has_one(client):
    person = with_password(email="zoe@exemple.fr")
    client.force_login(person)
    answer = client.get("/compte/moi/adresse/")
    assert answer["Location"].startswith("/compte/confirmer/")
    assert client.post(answer["Location"], {"password": "un autre mot"}).status_code == 422
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == "/compte/moi/adresse/"
    assert client.get("/compte/moi/adresse/").status_code == 200


def test_one_sees_ones_devices_and_closes_another_from_here():
    zoe = with_password(email="zoe@exemple.fr")
    here = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko Firefox/140.0"})
    there = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU) AppleWebKit Version/18 Safari/605"})
    for device in (here, there):
        device.post("/compte/connexion/mot-de-passe/", {"login": zoe.email, "password": PASSWORD})
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox sur Windows" in page
    assert "Safari sur iPhone" in page
    number = page.split('name="session" value="')[1].split('"')[0]
    stranger = Client()
    stranger.force_login(PersonneFactory())
    stranger.post("/compte/sessions/", {"session": number})
    assert there.get("/compte/moi/").status_code == 200
    here.post("/compte/sessions/", {"session": number})
    assert there.get("/compte/moi/").status_code == 302
    assert here.get("/compte/moi/").status_code == 200


def test_a_session_left_alone_closes_sooner_on_a_shared_device(client):
    for shared, alone, closed in ((False, 16 * 60, False), (True, 16 * 60, True), (False, 4 * 3600, True)):
        client.force_login(PersonneFactory())
        session = client.session
        session["appareil_partage"], session["vu_le"] = shared, int(time.time()) - alone
        session.save()
        answer = client.get("/compte/moi/")
        assert (answer.status_code == 302) is closed
        assert bool(signed_in(client)) is not closed


def test_the_choice_of_a_shared_device_survives_the_login(client):
    person = with_password(email="zoe@exemple.fr")
    typed = {"login": person.email, "password": PASSWORD, "appareil_partage": "on"}
    answer = client.post("/compte/connexion/mot-de-passe/", typed)
    assert client.session["appareil_partage"] is True
    assert client.session["fin_le"] < time.time() + 3 * 3600
    assert not answer.cookies["jalon_session"]["max-age"]


def test_what_was_typed_before_the_session_closed_is_given_back_and_not_done(client):
    person = PersonneFactory(nom="Avant")
    client.force_login(person)
    session = client.session
    session["vu_le"] = int(time.time()) - 4 * 3600
    session.save()
    answer = client.post("/compte/moi/", {"prenom": "", "nom": "Un texte assez long XMARKERX"})
    assert answer.status_code == 401
    assert "Un texte assez long XMARKERX" in answer.content.decode()
    person.refresh_from_db()
    assert person.nom == "Avant"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge sur Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140.0 Mobile Safari/537.36",
            "Chrome sur Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit Version/18 Safari/605", "Safari sur Mac"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_device_has_a_name_that_its_owner_knows(user_agent, name):
    assert device_name(user_agent) == name


def test_staff_see_their_profile_in_every_space(client):
    member = MembreFactory()
    client.force_login(member.personne)
    page = client.get("/compte/moi/").content.decode()
    assert member.personne.nom_complet in page
    assert 'method="post" action="/compte/deconnexion/"' in page
