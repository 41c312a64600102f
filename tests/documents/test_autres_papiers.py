"""Codes, rescue sheet, access log, paper questionnaire, consent, proof of delivery: what each must and must not say."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.documents.echantillons import SANS_POPPLER, raw_sample, rendered, rendered_with, sample, text_of

from jalon.documents import DonneesInvalides


@SANS_POPPLER
@pytest.mark.parametrize("kind", ["codes_papier", "fiche_secours"])
def test_sheets_that_may_lie_on_a_table_do_not_say_what_they_open(kind: str, tmp_path: Path) -> None:
    texte = text_of(rendered(kind), tmp_path)
    assert "Cabinet Rive & Sillage" in texte
    assert "bilan" not in texte.casefold()


@SANS_POPPLER
def test_every_code_is_printed_and_none_twice(tmp_path: Path) -> None:
    texte = text_of(rendered("codes_papier"), tmp_path)
    codes = raw_sample("codes_papier")["codes"]
    assert all(code in texte for code in codes)
    with pytest.raises(DonneesInvalides, match="identiques"):
        sample("codes_papier", codes=[codes[0], codes[0]])


@SANS_POPPLER
def test_the_rescue_sheet_prints_each_line_and_where_to_keep_it(tmp_path: Path) -> None:
    texte = text_of(rendered("fiche_secours"), tmp_path)
    assert all(ligne in texte for ligne in raw_sample("fiche_secours")["lignes"])
    assert "jamais avec une sauvegarde ni avec le miroir" in texte
    assert "jalon cle saisir" in texte


@SANS_POPPLER
def test_the_access_log_tells_who_what_when_and_why(tmp_path: Path) -> None:
    texte = text_of(rendered("journal_acces", "18"), tmp_path)
    assert "21 octobre 2026 9 h 30" in texte
    assert "Bastien Oyarzabal remplaçant désigné" in texte
    assert "absence de la référente, avec votre accord du 20 octobre" in texte
    vide = text_of(rendered_with("journal_acces", acces=[]), tmp_path)
    assert "Personne d’autre que vous n’a ouvert votre dossier" in vide


@SANS_POPPLER
def test_a_paper_questionnaire_has_a_box_for_each_answer_and_says_why_it_asks(tmp_path: Path) -> None:
    texte = text_of(rendered("questionnaire_papier"), tmp_path)
    assert texte.count("☐") == 4 * 5 + 4 + 4
    assert "7, toutes facultatives" in texte
    assert "Qui lira vos réponses vous et votre consultante, personne d’autre" in texte
    assert "Pourquoi cette question : pour écarter dès maintenant" in texte
    assert text_of(rendered("questionnaire_papier", "18"), tmp_path).count("☐") == 4 * 5 + 4 + 4
    assert [int(n) for n in re.findall(r"(?<!version )(\d)\. [A-ZÀ]", texte)] == [1, 2, 3, 4, 5, 6, 7]


def test_a_choice_without_at_least_two_answers_is_refused() -> None:
    def rubriques(**question: Any) -> list[dict[str, Any]]:
        return [{"questions": [{"texte": "Où ?", **question}]}]

    assert sample("questionnaire_papier", rubriques=rubriques(forme="choix", options=["Ici", "Là"]))
    with pytest.raises(DonneesInvalides, match="2 réponses"):
        sample("questionnaire_papier", rubriques=rubriques(forme="choix", options=["Ici"]))


@SANS_POPPLER
def test_the_consent_form_says_what_a_bilan_is_and_is_not(tmp_path: Path) -> None:
    texte = text_of(rendered("consentement"), tmp_path)
    for dit in (
        "préliminaire",
        "d’investigation",
        "de conclusions",
        "24 heures au plus",
        "16 h 30",
        "désaccord avec votre employeur",
        "Une formation",
        "validation des acquis",
        "CV",
        "reclassement",
        "épreuve de sélection",
        "coaching",
        "bien-être",
        "retraite",
        "ni une faute ni un motif de licenciement",
        "pendant 3 ans au plus",
        "☐ J’ai lu ces pages",
    ):
        assert dit in texte
    assert "pendant 1 ans" not in texte


@SANS_POPPLER
def test_a_signed_consent_shows_the_evidence(tmp_path: Path) -> None:
    signature = {
        "nom": "Zoé Lefèvre-Nuñez",
        "qualite": "Bénéficiaire",
        "signe_le": "2026-09-01T10:00:00+02:00",
        "moyen": "Signature dans son espace",
        "empreinte": "ab" * 32,
    }
    texte = text_of(rendered_with("consentement", signature=signature), tmp_path)
    assert "☑ J’ai lu ces pages" in texte
    assert "Signé par Zoé Lefèvre-Nuñez le mardi 1er septembre 2026 à 10 h." in texte
    assert "Date et signature" not in texte


def test_a_consent_to_more_than_the_law_allows_is_refused() -> None:
    assert sample("consentement", minutes_prevues=24 * 60)
    with pytest.raises(DonneesInvalides, match="durée maximale"):
        sample("consentement", minutes_prevues=24 * 60 + 1)


@SANS_POPPLER
def test_the_proof_of_delivery_holds_a_fingerprint_and_no_content(tmp_path: Path) -> None:
    texte = text_of(rendered("attestation_remise"), tmp_path)
    assert (
        "a reçu le document de synthèse de son bilan de compétences le vendredi 20 novembre 2026 à 18 h 40"
        in texte
    )
    assert "9f2c 41d0 7be3 5a88" in texte
    assert "expliqués le vendredi 13 novembre 2026 à 19 h" in texte
    sans = rendered_with("attestation_remise", resultats_detailles_remis=False, resultats_remis_le=None)
    assert "n’ont pas été remis à ce jour" in text_of(sans, tmp_path)
    with pytest.raises(DonneesInvalides, match="résultats"):
        sample("attestation_remise", resultats_detailles_remis=False)
