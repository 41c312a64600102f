"""What may wait on a device without network: whose key it is, when there is none, and that it dies with the session."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import PersonneFactory
from tests.web.appareils import on_device
from tests.web.ecrits import sign_in

from jalon.web.compte.appareil import ATTENTE, PARTAGE

pytestmark = pytest.mark.django_db
CLE = "compte_sans_reseau_cle"


def enter(shared):
    """By the link of an invitation: the page that asks whose device it is."""
    return on_device(sign_in(PersonneFactory()), shared=shared)


def test_the_page_of_an_own_device_is_given_the_key_of_its_session_and_a_shared_one_none():
    own, shared = enter(shared=False), enter(shared=True)
    held = own.session[ATTENTE]
    answer = own.post(reverse(CLE))
    assert answer.json() == {**held, "heures": 24}
    assert answer["Cache-Control"] == "no-store, private"
    assert shared.post(reverse(CLE)).status_code == 404
    assert own.get(reverse(CLE)).status_code == 405
    page = own.get(reverse("compte_sans_reseau")).content.decode()
    assert f'data-attente="{held["marque"]}"' in page
    assert held["cle"] not in page
    assert 'data-attente=""' in shared.get(reverse("compte_sans_reseau")).content.decode()


def test_nobody_gets_a_key_without_a_session_and_a_closed_one_leaves_none():
    client = enter(shared=False)
    first = client.post(reverse(CLE)).json()["cle"]
    cookie = client.cookies["jalon_session"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["jalon_session"] = cookie
    assert thief.post(reverse(CLE)).status_code in (302, 403)
    assert Client().post(reverse(CLE)).status_code in (302, 403)
    again = enter(shared=False).post(reverse(CLE)).json()["cle"]
    assert again != first
    assert 'data-attente=""' in Client().get("/").content.decode()


@pytest.mark.parametrize(("said", "waits"), [(False, True), (True, False), (None, False)])
def test_only_whoever_said_that_the_device_is_hers_leaves_anything_on_it(rf, said, waits):
    from jalon.web.compte.appareil import begin_session

    request = rf.get("/")
    request.session = {} if said is None else {PARTAGE: said}
    begin_session(request)
    assert (ATTENTE in request.session) is waits


def test_a_person_permits_it_or_stops_it_but_never_on_a_shared_device():
    client = on_device(sign_in(PersonneFactory()), shared=False)
    client.post(reverse("compte_sans_reseau"), {"choix": "arreter"})
    assert ATTENTE not in client.session
    client.post(reverse("compte_sans_reseau"), {"choix": "permettre"})
    assert ATTENTE in client.session
    shared = on_device(sign_in(PersonneFactory()), shared=True)
    shared.post(reverse("compte_sans_reseau"), {"choix": "permettre"})
    assert ATTENTE not in shared.session
