"""Pages for everybody: they open before any cabinet exists, and speak the law's numbers of the day."""

from html import unescape

import pytest
from django.urls import reverse
from tests.factories import OrganismeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["aide", "accessibilite", "confidentialite", "mentions"])
def test_each_opens_with_and_without_a_cabinet(client, name):
    assert client.get(reverse(name)).status_code == 200
    OrganismeFactory()
    assert client.get(reverse(name)).status_code == 200


def test_the_registration_is_told_in_the_laws_own_words(client):
    OrganismeFactory()
    shown = unescape(client.get(reverse("mentions")).content.decode())
    assert (
        "Enregistrée sous le numéro 52440000044. Cet enregistrement ne vaut pas agrément de l'Etat." in shown
    )


def test_the_longest_keeping_is_the_laws(client):
    assert "3\u00a0ans au plus" in client.get(reverse("confidentialite")).content.decode()
