"""Procès-verbal de destruction: what, when, how, what stays; «à rafraîchir» is told, never hidden."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.echantillons import SANS_POPPLER, rendered, rendered_with, sample, text_of

from jalon.documents import DonneesInvalides

A_JOUR = {"copie": "a_jour", "copie_rafraichie_le": "2026-11-21T00:05:20+01:00", "copie_delai_heures": None}
AUCUNE = {"copie": "aucune", "copie_delai_heures": None}


@SANS_POPPLER
def test_it_lists_categories_counts_evidence_and_what_stays_until_when(tmp_path: Path) -> None:
    texte = text_of(rendered("proces_verbal"), tmp_path)
    for champ in (
        "Réponses aux questionnaires et exercices 14",
        "Total 75",
        "Achevée samedi 21 novembre 2026 à 0 h 05",
        "118 avant, 119 après",
        "5be0 cd19 137e 2179",
        "c2b2 ae35 f4a7 c15d",
        "3f0b9d52-consultant",
        "art. R. 6313-7",
        "31 décembre 2029",
        "Éditions du Questionnaire",
        "en attente",
        "Limite de cette preuve",
    ):
        assert champ in texte


@SANS_POPPLER
@pytest.mark.parametrize(
    ("copie", "dit"),
    [
        ({}, "Une réserve : copie à rafraîchir"),
        (A_JOUR, "Copie des clés rafraîchie"),
        (AUCUNE, "Aucune copie des clés n’est tenue ailleurs"),
    ],
)
def test_the_state_of_the_copy_is_told(copie: dict[str, Any], dit: str, tmp_path: Path) -> None:
    texte = text_of(rendered_with("proces_verbal", **copie), tmp_path)
    assert dit in texte
    assert ("24 heures après l’achèvement" in texte) is (not copie)


@pytest.mark.parametrize(
    "faux",
    [
        {"copie_delai_heures": None},
        {"copie": "a_jour"},
        {"epoque_apres": 118},
        {"termine_le": "2026-11-20T00:05:14+01:00"},
        {"categories": []},
        {"cles": []},
    ],
)
def test_a_paper_that_would_claim_too_much_is_refused(faux: dict[str, Any]) -> None:
    assert sample("proces_verbal")
    with pytest.raises(DonneesInvalides):
        sample("proces_verbal", **faux)


@SANS_POPPLER
def test_where_nothing_is_kept_it_says_so(tmp_path: Path) -> None:
    assert "Rien n’est conservé." in text_of(rendered_with("proces_verbal", conserves=[]), tmp_path)
