"""Certificat de réalisation: the fields of the model; impossible above the maximum or outside the legal frame."""

from pathlib import Path

import pytest
from tests.documents.echantillons import SANS_POPPLER, rendered, rendered_with, sample, text_of

from jalon.documents import DonneesInvalides
from jalon.domain.obstacle import Refused


@SANS_POPPLER
def test_it_has_the_fields_of_the_model_and_nothing_about_results(tmp_path: Path) -> None:
    texte = text_of(rendered("certificat_realisation"), tmp_path)
    for champ in (
        "Maëlle Kerouanton, gérante",
        "Cabinet Rive & Sillage",
        "Zoé Lefèvre-Nuñez",
        "Employeur Ateliers du Bois clair",
        "☐ action de formation ☑ bilan de compétences ☐ action de validation",
        "du 3 septembre 2026 au 20 novembre 2026",
        "16,5 heures (16 h 30)",
        "3 ans à compter de la fin de l’année du dernier paiement",
        "Fait à Angers, le 23 novembre 2026",
    ):
        assert champ in texte
    for mot in ("résultat", "synthèse", "projet"):
        assert mot not in texte.casefold()


@SANS_POPPLER
def test_without_an_employer_none_is_named(tmp_path: Path) -> None:
    assert "Employeur" in text_of(rendered("certificat_realisation"), tmp_path)
    assert "Employeur" not in text_of(rendered_with("certificat_realisation", employeur=""), tmp_path)


@SANS_POPPLER
def test_the_undertaking_follows_the_law_it_is_given(tmp_path: Path) -> None:
    texte = text_of(rendered_with("certificat_realisation", conservation_annees=5), tmp_path)
    assert "5 ans à compter" in texte


def test_it_is_refused_one_minute_above_the_maximum() -> None:
    assert sample("certificat_realisation", minutes_suivies=24 * 60)
    with pytest.raises(Refused) as refus:
        sample("certificat_realisation", minutes_suivies=24 * 60 + 1)
    (obstacle,) = refus.value.obstacles
    assert obstacle.code == "plus_de_24h"
    assert "L. 6313-4" in obstacle.source
    assert "24\u00a0heures" in obstacle.sentence


def test_it_is_refused_for_a_service_outside_the_legal_frame() -> None:
    with pytest.raises(Refused) as refus:
        sample("certificat_realisation", type_action="hors_cadre", minutes_suivies=3000)
    assert [o.code for o in refus.value.obstacles] == ["plus_de_24h", "hors_cadre"]


def test_another_box_cannot_be_ticked_and_nothing_cannot_be_certified() -> None:
    with pytest.raises(Refused):
        sample("certificat_realisation", natures=["formation"])
    with pytest.raises(DonneesInvalides, match="heure"):
        sample("certificat_realisation", minutes_suivies=0)


@SANS_POPPLER
def test_the_office_of_the_legal_representative_is_said_once(tmp_path: Path) -> None:
    texte = text_of(
        rendered_with("certificat_realisation", qualite_representant="Représentant légal"), tmp_path
    )
    assert texte.split("Nature de l’action")[0].casefold().count("représentant légal") == 1
