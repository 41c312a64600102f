"""The public pages: the offer complete or nothing of it, the first word sealed, the opening by its code."""

import hashlib
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.factories import LieuFactory, MembreFactory, OrganismeFactory, ParcoursFactory

from jalon.access.exploitation import CODE_OUVERTURE, home
from jalon.records.models import Contact, Organisme, Piece

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def complet():
    organisme = OrganismeFactory(
        telephone="02 40 00 00 00", referent_handicap="Ana Exemple", mediateur="Médiation du Port"
    )
    ParcoursFactory(organisme=organisme)
    LieuFactory(organisme=organisme)
    MembreFactory(organisme=organisme, presentation="Vingt ans de métier.")
    return organisme


def home_page(client):
    return unescape(client.get("/").content.decode())


def test_without_a_cabinet_the_home_is_sober(client):
    assert "pas encore ouvert" in home_page(client)
    assert client.get(reverse("public_contact")).status_code == 404


def test_nothing_of_an_offer_is_shown_before_it_is_published(client, complet):
    text = home_page(client)
    assert "1\u00a0600" not in text
    assert "Écrire au cabinet" in text
    assert "noindex" in client.get("/").headers["X-Robots-Tag"]


def write(client, **data):
    typed = {"prenom": "Maëlle", "email": "maelle@gmail.com", "propos": WORD} | data
    return client.post(reverse("public_contact"), typed)


def test_the_first_word_is_sealed_and_its_last_day_was_told(client, complet):
    form = unescape(client.get(reverse("public_contact")).content.decode())
    assert "tout s’efface le" in form
    answer = write(client)
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert not contact.rappel_discret
    assert WORD.encode() not in bytes(Piece.objects.get(contact=contact).chiffre)
    assert "Votre demande est arrivée" in client.get(answer.headers["Location"]).content.decode()


def test_without_a_way_to_answer_the_typed_words_come_back(client, complet):
    answer = write(client, email="")
    assert answer.status_code == 422
    assert WORD in answer.content.decode()
    assert "nous ne pourrions pas vous répondre" in unescape(answer.content.decode())
    for wrong in ({"email": "pas une adresse"}, {"telephone": "abc"}, {"prenom": ""}):
        assert write(client, **wrong).status_code == 422
    assert not Contact.objects.exists()


def test_a_machine_that_fills_the_hidden_field_writes_nothing(client, complet):
    assert write(client, site="https://spam.exemple").status_code == 302
    assert not Contact.objects.exists()


def test_repetition_is_slowed_and_nothing_typed_is_lost(client, complet):
    for _ in range(5):
        assert write(client).status_code == 302
    answer = write(client)
    assert answer.status_code == 429
    assert WORD in answer.content.decode()
    assert Contact.objects.count() == 5


CODE = "ABCD2345EFGH6789"
TYPED = {
    "code": "abcd-2345-efgh-6789",
    "prenom": "Zoé",
    "nom": "Lefèvre",
    "email": "zoe@exemple.fr",
    "cabinet": "Rive & Sillage",
    "siret": "552 100 554 00013",
}


@pytest.fixture
def code():
    path = home() / CODE_OUVERTURE
    path.write_text(hashlib.sha256(CODE.encode()).hexdigest() + "\n")
    yield path
    path.unlink(missing_ok=True)


def opened(client, **changes):
    return client.post(reverse("public_ouvrir"), TYPED | changes)


def test_the_code_opens_and_signs_in_then_the_second_factor_is_asked(client, code):
    assert "Ouvrir le cabinet" in home_page(client)
    answer = opened(client, seul="on")
    assert answer.status_code == 302
    assert set(Organisme.objects.get().membres.values_list("role", flat=True)) == {
        "responsable",
        "consultant",
        "assistant",
    }
    assert not code.exists()
    assert client.session.get("_auth_user_id")
    assert client.get(reverse("organisme_reglages")).headers["Location"] == reverse("second_facteur")
    client.logout()
    assert client.get(reverse("public_ouvrir")).status_code == 302


def test_a_wrong_code_or_number_comes_back_with_everything_typed(client, code):
    answer = opened(client, code="FAUX", siret="55210055400014")
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "n’est pas le bon" in text
    assert 'value="Rive & Sillage"' in text
    assert opened(client, siret="55210055400014").status_code == 422
    assert not Organisme.objects.exists()
    assert code.exists()
    assert opened(client).status_code == 302


def test_guessing_the_code_is_slowed(client, code):
    for _ in range(10):
        assert opened(client, code="FAUX").status_code == 422
    assert opened(client, code="FAUX").status_code == 429
    assert opened(client).status_code == 429
