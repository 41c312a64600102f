"""The journal as the person reads it: names, kinds, hours; a filter, pages, and how to object."""

from datetime import timedelta

import pytest
from tests.factories import BilanFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.actions.composition import compose
from jalon.actions.demande import write_demande
from jalon.records.models import Acces

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def bilan(now):
    found = BilanFactory(en_cours=True)
    write_demande(
        bilan=found,
        analyse=compose("demande", mots_de_la_personne="XMOTX", reformulation=""),
        by=found.beneficiaire,
        now=now,
    )
    return found


def test_opening_a_page_as_the_consultant_shows_in_the_person_s_journal(bilan):
    client = sign_in(bilan.beneficiaire)
    address = f"/espace/{bilan.pk}/journal/"
    assert "Rien à montrer" in text_of(client.get(address))
    sign_in(bilan.consultant).get(f"/consultant/{bilan.pk}/demande/")
    client.get(f"/espace/{bilan.pk}/demande/")
    page = text_of(client.get(address))
    assert f"{bilan.consultant.nom_complet} qui mène votre accompagnement" in page
    assert "a ouvert : Analyse de la demande" in page
    assert "mardi 3 mars 2026 à 10 h" in page
    assert "Vous a ouvert" not in page
    assert "XMOTX" not in page
    assert "saisir la CNIL" in page
    assert Acces.objects.count() == 1


def test_the_filter_and_the_pages_stay_in_the_address_and_cost_the_same(bilan, now):
    client = sign_in(bilan.beneficiaire)
    Acces.objects.create(bilan=bilan, lecteur=bilan.consultant, nature="recap", heure=now)
    address = f"/espace/{bilan.pk}/journal/"
    one = queries_of(client, address)
    Acces.objects.bulk_create(
        Acces(bilan=bilan, lecteur=bilan.consultant, nature="recap", heure=now - timedelta(hours=n))
        for n in range(1, 60)
    )
    assert queries_of(client, address) == one
    assert "?genre=lectures&amp;page=2" in client.get(f"{address}?genre=lectures").content.decode()
    assert "a ouvert :" not in text_of(client.get(f"{address}?genre=actes"))
    assert "a ouvert :" not in text_of(client.get(f"{address}?depuis=2026-03-04"))
    assert client.get(f"{address}?depuis=zzz&genre=forgé&page=-3").status_code == 200


def test_nobody_else_finds_it(bilan):
    assert sign_in(bilan.consultant).get(f"/espace/{bilan.pk}/journal/").status_code == 404
    assert sign_in(BilanFactory().beneficiaire).get(f"/espace/{bilan.pk}/journal/").status_code == 404
