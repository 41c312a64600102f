"""The person reads what it is and is not, and says yes, no, or nothing; the effects come before the gesture."""

import pytest
from tests.factories import BilanFactory, ConsentementFactory
from tests.web.espaces import sign_in, text_of

from jalon.domain import consentement as texte
from jalon.domain.bilan import Etat
from jalon.records.models import Bilan, Consentement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory()


def address(bilan, tail=""):
    return f"/espace/{bilan.pk}/consentement/{tail}"


def test_every_line_of_the_text_is_on_the_page(bilan):
    page = text_of(sign_in(bilan.beneficiaire).get(address(bilan)))
    for phrase in (*texte.CE_QUE_C_EST, *texte.CE_QUE_CE_N_EST_PAS, texte.ENGAGEMENT):
        assert phrase in page
    assert "Code du travail, art. L. 6313-4" in page
    assert not Consentement.objects.exists()


def test_one_gesture_gives_consent_to_the_text_that_was_shown(bilan):
    client = sign_in(bilan.beneficiaire)
    for wrong in ({}, {"empreinte": "x"}):
        refused = client.post(address(bilan), wrong)
        assert refused.status_code == 422
        assert "elisez" in text_of(refused)
    assert not Consentement.objects.exists()
    assert client.post(address(bilan), {"empreinte": texte.fingerprint()}).status_code == 302
    assert Consentement.objects.get().saisi_par == bilan.beneficiaire
    page = text_of(client.get(address(bilan)))
    assert "Vous avez donné votre accord" in page
    assert "Donner mon accord" not in page


def test_declining_tells_its_effects_and_asks_no_reason(bilan):
    client = sign_in(bilan.beneficiaire)
    page = client.get(address(bilan, "decliner/"))
    assert "ni une faute ni un motif de licenciement" in text_of(page)
    assert "<textarea" not in page.content.decode()
    assert Bilan.objects.get().etat == Etat.PREPARATION
    assert client.post(address(bilan, "decliner/")).status_code == 302
    assert Bilan.objects.get().etat == Etat.NON_CONCLU
    assert "c’est votre droit" in text_of(client.get("/espace/"))


def test_taking_consent_back_on_the_way_says_that_it_stops_everything():
    bilan = BilanFactory(en_cours=True)
    client = sign_in(bilan.beneficiaire)
    assert "L’accompagnement s’arrête aujourd’hui" in text_of(client.get(address(bilan, "retirer/")))
    assert client.post(address(bilan, "retirer/")).status_code == 302
    assert Bilan.objects.get().etat == Etat.ABANDONNE


def test_taking_it_back_before_the_start_only_takes_it_back(bilan):
    ConsentementFactory(bilan=bilan)
    client = sign_in(bilan.beneficiaire)
    assert "Rien n’a commencé" in text_of(client.get(address(bilan, "retirer/")))
    client.post(address(bilan, "retirer/"))
    assert Bilan.objects.get().etat == Etat.PREPARATION
    assert client.post(address(bilan, "retirer/")).status_code == 422


def test_nobody_else_finds_these_pages(bilan):
    client = sign_in(bilan.consultant)
    for tail in ("", "decliner/", "retirer/"):
        assert client.get(address(bilan, tail)).status_code == 404
        assert client.post(address(bilan, tail), {"empreinte": texte.fingerprint()}).status_code == 404
    assert not Consentement.objects.exists()


def test_a_service_outside_the_legal_frame_says_so():
    bilan = BilanFactory(type_action="hors_cadre", financement="personnel")
    assert "hors du cadre légal" in text_of(sign_in(bilan.beneficiaire).get(address(bilan)))
