"""The cabinet's own headings under the three of the synthesis: added on one page, found in a synthesis that begins."""

import pytest
from django.urls import reverse
from tests.factories import MembreFactory
from tests.web.ecrits import read, sign_in, situation

pytestmark = pytest.mark.django_db


def test_headings_are_added_under_the_three_and_a_new_synthesis_begins_with_them():
    s = situation(en_conclusions=True)
    head = sign_in(MembreFactory(organisme=s.bilan.organisme, role="responsable").personne)
    address = reverse("organisme_trame")
    typed = {"competences": "Savoir-faire\n\nCe qui reste à apprendre", "pirate": "Caractère"}
    assert head.post(address, typed)["Location"] == address
    assert "Ce qui reste à apprendre" in read(head, address)
    form = read(s.consultant, s.a("consultant_synthese"))
    assert "# Savoir-faire" in form
    assert "Caractère" not in form
    refused = head.post(address, {"projet": "\n".join(f"Titre {n}" for n in range(30))})
    assert refused.status_code == 422
    assert "Titre 29" in refused.content.decode()
    assert s.consultant.get(address).status_code == 404


def test_the_decisions_lead_to_the_transmission_once_the_synthesis_is_handed_over(monkeypatch, now):
    from tests.partages import delivered
    from tests.web.espaces import at

    from jalon.actions.decision import ask_cep

    at(monkeypatch, now)
    s = situation(en_conclusions=True)
    ask_cep(bilan=s.bilan, operateur="Point conseil", by=s.bilan.beneficiaire, now=now)
    assert "?a=cep" not in read(s.personne, s.a("beneficiaire_decisions"))
    delivered(s.bilan, now)
    s.bilan.refresh_from_db()
    assert "?a=cep" in read(s.personne, s.a("beneficiaire_decisions"))
    form = read(s.personne, s.a("beneficiaire_partage_nouveau") + "?a=cep")
    assert 'value="Point conseil"' in form
