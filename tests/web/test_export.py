"""The portfolio leaves by the person's hand alone, in three forms, kept nowhere here."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import text_of

from jalon.actions.vie import write_vecu
from jalon.records.models import Evenement
from jalon.vault.pieces import Vecu

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(now):
    found = situation(en_investigation=True)
    found.personne.post(
        found.a("beneficiaire_portefeuille_experience_ecrire"),
        {"intitule": "Vendeuse XEXPX", "debut": "2012", "genre": "emploi"},
    )
    write_vecu(
        bilan=found.bilan,
        contenu=Vecu("famille", "XVIEX"),
        by=found.bilan.beneficiaire,
        now=now,
        partage=True,
    )
    return found


def take(s, forme, **plus):
    return s.personne.post(
        s.a("beneficiaire_portefeuille_export"), {"format": forme, "taille": "normal"} | plus
    )


def test_three_forms_and_nothing_of_them_stays(s):
    before = {p for p in Path(settings.DONNEES).rglob("*") if p.is_file()}
    pdf = take(s, "pdf")
    assert pdf.content.startswith(b"%PDF-1.7")
    assert pdf["Content-Disposition"] == 'attachment; filename="portefeuille.pdf"'
    assert pdf["Cache-Control"] == "no-store"
    resume = take(s, "json_resume")
    assert json.loads(resume.content)["work"] == [{"position": "Vendeuse XEXPX", "startDate": "2012"}]
    xml = take(s, "europass").content.decode()
    assert "Vendeuse XEXPX" in xml
    for made in (resume.content.decode(), xml):
        assert "XVIEX" not in made
        assert s.bilan.beneficiaire.email not in made
        assert "bilan" not in made.lower()
        assert s.bilan.organisme.nom not in made
    assert leftovers("XEXPX") == []
    assert {p for p in Path(settings.DONNEES).rglob("*") if p.is_file()} == before
    told = Evenement.objects.filter(chaine=s.bilan.pk, nom="portefeuille.exporte")
    assert [one.faits for one in told.order_by("numero")] == [
        {"format": "pdf"},
        {"format": "json_resume"},
        {"format": "europass"},
    ]


def test_her_address_leaves_only_if_she_ticks_the_box(s):
    assert s.bilan.beneficiaire.email in take(s, "europass", coordonnees="on").content.decode()
    page = read(s.personne, s.a("beneficiaire_portefeuille_export"))
    assert "checked" not in page.split('name="coordonnees"')[1].split(">")[0]


def test_nobody_else_exports_and_an_empty_portfolio_is_not_a_file(s):
    address = s.a("beneficiaire_portefeuille_export")
    for other in (s.consultant, *strangers(s.bilan)):
        assert other.get(address).status_code == 404
        assert other.post(address, {"format": "pdf"}).status_code == 404
    assert take(s, "docx").status_code == 422
    empty = situation(en_investigation=True)
    refused = take(empty, "pdf")
    assert refused.status_code == 422
    assert "Il n’y a encore rien à emporter" in text_of(refused)
