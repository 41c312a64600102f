"""Messages: between the two alone, sent once, with the day by which an answer is expected."""

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers

pytestmark = pytest.mark.django_db
MARK = "XMESSAGEX"


def test_each_reads_what_the_other_wrote_and_nobody_else_does():
    s = situation()
    sent = s.personne.post(s.a("beneficiaire_messages"), {"texte": f"Bonjour {MARK}"})
    assert sent.status_code == 302
    assert MARK in read(s.consultant, s.a("consultant_messages"))
    assert "Votre réponse est attendue" in read(s.consultant, s.a("consultant_messages"))
    s.consultant.post(s.a("consultant_messages"), {"texte": "Bonjour à vous"})
    page = read(s.personne, s.a("beneficiaire_messages"))
    assert "Bonjour à vous" in page
    assert "Une réponse est attendue" not in page
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_messages")).status_code == 404
        assert stranger.post(s.a("beneficiaire_messages"), {"texte": "x"}).status_code == 404
    assert leftovers(MARK) == []


def test_an_empty_message_is_refused_and_a_long_one_comes_back_whole():
    s = situation()
    empty = s.personne.post(s.a("beneficiaire_messages"), {"texte": ""})
    assert empty.status_code == 422
    long = "mot " * 6_000
    refused = s.personne.post(s.a("beneficiaire_messages"), {"texte": long})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert "trop long" in refused.content.decode()
    assert "s’afficheront ici" in read(s.personne, s.a("beneficiaire_messages"))


def test_what_is_being_typed_is_found_again_and_forgotten_once_sent():
    s = situation()
    s.personne.post(f"{s.a('beneficiaire_brouillon')}?page=message", {"texte": "à peine commencé"})
    assert "à peine commencé" in read(s.personne, s.a("beneficiaire_messages"))
    assert "à peine commencé" not in read(s.consultant, s.a("consultant_messages"))
    s.personne.post(s.a("beneficiaire_messages"), {"texte": "fini"})
    assert "Voici votre brouillon" not in read(s.personne, s.a("beneficiaire_messages"))


def test_once_the_action_is_over_nothing_can_be_sent():
    s = situation()
    type(s.bilan).objects.filter(pk=s.bilan.pk).update(
        etat="termine", termine_le=s.bilan.ouvert_le, conclusions_le=s.bilan.ouvert_le
    )
    assert "Envoyer le message" not in read(s.personne, s.a("beneficiaire_messages"))
    late = s.personne.post(s.a("beneficiaire_messages"), {"texte": "trop tard"})
    assert late.status_code == 422
    assert "terminé" in late.content.decode()
