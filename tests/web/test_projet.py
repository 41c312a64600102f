"""Projects: the main one, the plan B, those put aside with their reason; both write them."""

import re

import pytest
from tests.web.ecrits import read, situation, strangers

from jalon.records.models import Piece

pytestmark = pytest.mark.django_db


def write(s, **fields):
    return s.personne.post(
        s.a("beneficiaire_projet_ecrire"), {"nature": "principal", "intitule": "Devenir formatrice", **fields}
    )


def reference():
    return Piece.objects.get(nature="projet").reference


def test_a_project_stands_in_its_column_for_both_and_for_nobody_else():
    s = situation(en_investigation=True)
    assert write(s, description="Enseigner l’usinage").status_code == 302
    assert "Devenir formatrice" in read(s.personne, s.a("beneficiaire_projets"))
    assert "Enseigner l’usinage" in read(s.consultant, s.a("consultant_projets"))
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_projets")).status_code == 404
        assert stranger.get(s.a("beneficiaire_projet_modifier", reference())).status_code == 404


def test_what_is_put_aside_says_why_and_can_be_taken_up_again():
    s = situation(en_investigation=True)
    refused = write(s, nature="ecarte", description="un texte gardé")
    assert refused.status_code == 422
    assert "un texte gardé" in refused.content.decode()
    assert "pourquoi ce projet est écarté" in refused.content.decode()
    write(s, nature="ecarte", raison_ecart="Les horaires")
    assert "Les horaires" in read(s.personne, s.a("beneficiaire_projets"))
    again = read(s.personne, s.a("beneficiaire_projet_modifier", reference()) + "?reprendre=1")
    assert re.search(r'value="principal"[^>]*checked', again)
    assert not re.search(r'value="ecarte"[^>]*checked', again)
    back = s.personne.post(
        s.a("beneficiaire_projet_modifier", reference()),
        {
            "nature": "alternatif",
            "intitule": "Devenir formatrice",
            "raison_ecart": "Les horaires",
            "revision": "1",
        },
    )
    assert back.status_code == 302
    # The reason is not forgotten.
    assert "Les horaires" in read(s.personne, s.a("beneficiaire_projet_modifier", reference()))


def test_two_who_write_at_once_read_both_texts():
    s = situation(en_investigation=True)
    write(s)
    fields = {"nature": "principal", "intitule": "Devenir formatrice", "revision": "1"}
    s.consultant.post(
        s.a("consultant_projet_modifier", reference()), fields | {"description": "vu par la consultante"}
    )
    conflict = s.personne.post(
        s.a("beneficiaire_projet_modifier", reference()), fields | {"description": "vu par la personne"}
    )
    assert conflict.status_code == 409
    text = conflict.content.decode()
    assert "vu par la consultante" in text
    assert "vu par la personne" in text
    assert s.bilan.consultant.nom_complet in text
    assert Piece.objects.get(nature="projet").revision == 2


def test_only_the_person_erases_a_project():
    s = situation(en_investigation=True)
    write(s)
    assert "Effacer ce projet" not in read(s.consultant, s.a("consultant_projet_modifier", reference()))
    assert s.consultant.post(s.a("consultant_projet_effacer", reference())).status_code == 404
    assert s.personne.get(s.a("beneficiaire_projet_effacer", reference())).status_code == 200
    assert s.personne.post(s.a("beneficiaire_projet_effacer", reference())).status_code == 302
    assert not Piece.objects.filter(nature="projet").exists()
