"""Document de synthèse: three headings, one reader, the person's own words."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.echantillons import SANS_POPPLER, raw_sample, rendered, rendered_with, sample, text_of

from jalon.documents import DonneesInvalides


@SANS_POPPLER
def test_it_has_the_three_headings_and_says_whose_it_is(tmp_path: Path) -> None:
    texte = text_of(rendered("synthese"), tmp_path)
    rubriques = (
        "Circonstances du bilan",
        "Compétences et aptitudes au regard des perspectives d’évolution",
        "Projet professionnel, formation et étapes",
    )
    places = [texte.index(r) for r in rubriques]
    assert places == sorted(places)
    assert "À Zoé Lefèvre-Nuñez, et à personne d’autre." in texte
    assert "art. L. 6313-4" in texte
    assert "du 3 septembre 2026 au 20 novembre 2026" in texte
    assert "16 h 30" in texte
    assert "Ce que j’aimais, c’était former les nouveaux" in texte
    assert "25 novembre 2026 Rappeler la conseillère" in texte
    assert "Je me reconnais dans ce document." in texte
    assert "Signé par Zoé Lefèvre-Nuñez le vendredi 20 novembre 2026 à 18 h 05." in texte


@SANS_POPPLER
def test_what_is_optional_leaves_no_empty_heading(tmp_path: Path) -> None:
    rubriques = (
        "projet",
        "formation",
        "etapes",
        "conditions_moyens",
        "plan_action",
        "observations",
        "signataires",
    )
    vide: dict[str, Any] = {rubrique: [] for rubrique in rubriques}
    texte = text_of(rendered_with("synthese", **vide), tmp_path)
    for absent in ("Plan d’action", "Conditions et moyens", "Projet de formation", "Signatures"):
        assert absent in text_of(rendered("synthese"), tmp_path)
        assert absent not in texte
    assert "Aucun projet n’est arrêté à ce jour." in texte
    assert "n’a pas souhaité ajouter d’observations" in texte


@SANS_POPPLER
def test_instants_are_told_in_the_legal_time_zone_of_the_bilan(tmp_path: Path) -> None:
    papier = raw_sample("synthese")["papier"] | {"fuseau": "Indian/Reunion"}
    assert "vendredi 20 novembre 2026 à 21 h 05" in text_of(
        rendered_with("synthese", papier=papier), tmp_path
    )


def test_the_first_two_headings_must_be_written() -> None:
    assert sample("synthese", competences_aptitudes=[])  # the table of competences is enough
    for vide in ({"circonstances": []}, {"competences_aptitudes": [], "competences": []}):
        with pytest.raises(DonneesInvalides, match="rubrique"):
            sample("synthese", **vide)


@SANS_POPPLER
def test_a_long_step_is_printed_whole(tmp_path: Path) -> None:
    etape = {"action": "mot " * 490 + "dernier mot de l’étape", "moyens": "fin des moyens"}
    assert "dernier mot de l’étape" in text_of(rendered_with("synthese", plan_action=[etape]), tmp_path)
