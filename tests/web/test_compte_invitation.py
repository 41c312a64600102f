"""The page of an invitation says who invites; the button, not the link, opens the account."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.html import escape
from tests.factories import BilanFactory, MembreFactory, PersonneFactory
from tests.web.comptes import signed_in

from jalon.actions import secret
from jalon.actions.invitation import invite
from jalon.records.models import Envoi, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def moment():
    from jalon.actions import clock

    return clock.now()


@pytest.fixture
def bilan():
    return BilanFactory(beneficiaire=PersonneFactory(email="z.martin@dupont-industries.fr"))


def link(bilan, moment):
    invite(personne=bilan.beneficiaire, by=bilan.consultant, bilan=bilan, now=moment)
    return f"/compte/invitation/{secret.open_text(Envoi.objects.get().donnees['jeton'])}/"


def test_reading_the_page_opens_nothing_and_the_button_opens_the_space(client, bilan, moment):
    address = link(bilan, moment)
    for _ in range(2):  # a mail filter follows links, again and again
        page = client.get(address).content.decode()
    assert escape(bilan.organisme.nom) in page
    assert bilan.consultant.nom_complet in page
    assert Invitation.objects.get().utilisee_le is None
    assert not signed_in(client)
    answer = client.post(address)
    assert answer["Location"] == "/accueil/"
    assert signed_in(client) == str(bilan.beneficiaire.pk)


def test_a_link_that_has_served_says_so_and_lets_nobody_in(client, bilan, moment):
    address = link(bilan, moment)
    client.post(address)
    client.post("/compte/deconnexion/")
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 410
        assert "déjà servi" in answer.content.decode()
    assert not signed_in(client)


def test_an_expired_or_forged_link_says_so_and_lets_nobody_in(client, bilan, moment):
    address = link(bilan, moment)
    Invitation.objects.update(expire_le=moment - timedelta(minutes=1))
    answer = client.post(address)
    assert answer.status_code == 410
    assert "n’est plus valable" in answer.content.decode()
    forged = client.post("/compte/invitation/" + "A" * 43 + "/")
    assert forged.status_code == 404
    assert "n’existe pas" in forged.content.decode()
    assert not signed_in(client)


def test_the_title_of_the_page_and_its_words_to_a_stranger_stay_neutral(client, bilan, moment):
    page = client.get(link(bilan, moment)).content.decode()
    assert "bilan" not in page.lower().split("<main")[1].replace(bilan.organisme.nom.lower(), "")


def test_the_person_reads_that_her_employer_may_read_this_address_and_enters_all_the_same(
    client, bilan, moment
):
    address = link(bilan, moment)
    assert "semble professionnelle" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert signed_in(client)


def test_somebody_else_who_is_signed_in_does_not_keep_her_session(client, bilan, moment):
    client.force_login(PersonneFactory())
    client.post(link(bilan, moment))
    assert signed_in(client) == str(bilan.beneficiaire.pk)


def test_a_member_is_sent_to_set_a_second_factor_at_once(client, moment):
    responsable = MembreFactory(role="responsable")
    member = MembreFactory(organisme=responsable.organisme, role="consultant")
    invite(personne=member.personne, by=responsable.personne, organisme=member.organisme, now=moment)
    address = f"/compte/invitation/{secret.open_text(Envoi.objects.get().donnees['jeton'])}/"
    assert "seconde vérification" in client.get(address).content.decode()
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[-1][0] == "/compte/second-facteur/"
