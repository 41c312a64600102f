"""Feuille d'émargement: who, when, how long, signed how; totals that only count what is signed."""

from pathlib import Path

import pytest
from tests.documents.echantillons import SANS_POPPLER, raw_sample, rendered, rendered_with, sample, text_of

from jalon.documents import DonneesInvalides


@SANS_POPPLER
def test_each_seance_has_its_hours_modality_phase_and_signatures(tmp_path: Path) -> None:
    texte = text_of(rendered("emargement", "16"), tmp_path)
    assert "jeudi 3 septembre 2026 18 h – 19 h 30" in texte
    assert "En présence" in texte
    assert "En visio" in texte
    assert "Phase préliminaire" in texte
    assert "le 03/09/2026 à 19 h 31, dans son espace" in texte
    assert "41aa 09c3 d77e 51f0" in texte
    assert "non signé" in texte
    assert "enregistrée sous le numéro 52 49 00000 00 auprès du préfet de région de Pays de la Loire" in texte


def test_totals_are_per_nature_and_signed_time_is_apart() -> None:
    totaux = {t["nature"].value: t for t in sample("emargement").derived()["totaux"]}
    assert (totaux["accompagnement"]["minutes"], totaux["accompagnement"]["minutes_signees"]) == (450, 330)
    assert (totaux["accompagnement"]["nombre"], totaux["accompagnement"]["nombre_signees"]) == (4, 3)
    assert totaux["travail_personnel"]["minutes_signees"] == 120  # declared by the person alone
    assert (totaux["suivi"]["minutes"], totaux["suivi"]["minutes_signees"]) == (60, 0)


@SANS_POPPLER
def test_the_employers_sheet_has_half_days_and_neither_hours_phase_nor_place(tmp_path: Path) -> None:
    entier = text_of(rendered("emargement"), tmp_path)
    presence = text_of(rendered_with("emargement", presence_seule=True), tmp_path)
    assert "jeudi 3 septembre 2026, soirée" in presence
    assert "samedi 19 septembre 2026, matin" in presence
    for cache in ("19 h 30", "Phase", "investigation", "14, quai des Mariniers, Angers"):
        assert cache in entier
        assert cache not in presence


@SANS_POPPLER
def test_a_sheet_to_sign_by_hand_leaves_room_where_nothing_is_signed(tmp_path: Path) -> None:
    assert "non signé" in text_of(rendered("emargement"), tmp_path)
    assert "non signé" not in text_of(rendered_with("emargement", a_signer_sur_papier=True), tmp_path)


def test_follow_up_and_its_phase_go_together_and_time_runs_forward() -> None:
    (seance, *_) = raw_sample("emargement")["seances"]
    for faux in ({"phase": "suivi"}, {"nature": "suivi"}, {"fin": "2026-09-03T17:00:00+02:00"}):
        with pytest.raises(DonneesInvalides):
            sample("emargement", seances=[seance | faux])
    assert sample("emargement", seances=[seance | {"phase": "suivi", "nature": "suivi"}])
