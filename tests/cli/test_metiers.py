import json
from pathlib import Path
from typing import Any

import pytest
from tests.metiers.archives import ogr, rncp_files, rome_files, write_folder, write_zip

from jalon.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JALON_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def rome(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    archive = write_zip(tmp_path / "RefRomeCsv.zip", rome_files("61"))
    assert main(["metiers", "importer-rome", str(archive)]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def ask(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> dict[str, Any]:
    assert main(["metiers", *words]) == status
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_an_import_tells_its_version_its_counts_and_its_notices(rome: dict[str, Any], tmp_path: Path, capsys):
    assert rome["version"] == "61"
    assert rome["comptes"]["referentiel_code_rome"] > 140
    assert isinstance(rome["avis"], list)
    assert "France Travail" in rome["sources"][0]
    archive = write_zip(tmp_path / "export-fiches-csv-2026-08-01.zip", rncp_files())
    assert ask(capsys, "importer-rncp", str(archive))["comptes"]["Standard"] == 3
    found = ask(capsys, "versions")["versions"]
    assert {(one["nature"], one["version"], one["en_usage"]) for one in found} == {
        ("rome", "61", True),
        ("rncp", "2026-08-01", True),
    }


def test_a_spoilt_archive_is_an_error_with_its_field(
    rome: dict[str, Any], home: Path, tmp_path: Path, capsys
):
    files = rome_files("62")
    del files["unix_coherence_item_v462_utf8.csv"]
    told = ask(capsys, "importer-rome", str(write_folder(tmp_path / "gate", files)), status=2)
    assert set(told) == {"erreur", "champ"}
    assert "coherence_item" in told["erreur"]
    assert [path.name for path in (home / "metiers").glob("*.sqlite3")] == ["rome-61.sqlite3"]


def test_a_search_answers_the_best_first(rome: dict[str, Any], capsys):
    told = ask(capsys, "chercher", "infirmere", "-k", "3")
    assert told["resultats"][0]["code"] == "J1506"
    assert len(told["resultats"]) <= 3
    assert set(told["resultats"][0]) == {"code", "libelle", "appellation", "score"}
    assert told["sources"]
    assert ask(capsys, "chercher", "zzzzzz")["resultats"] == []
    assert ask(capsys, "chercher", "x", "-k", "0", status=2)["champ"] == "k"


def test_a_search_works_before_any_archive_was_imported(home: Path, capsys):
    told = ask(capsys, "chercher", "boulangère", "-k", "1")
    assert told["resultats"][0]["code"] == "D1102"
    assert "Jeu de départ" in told["sources"][0]


def test_matching_explains_itself_and_can_forget_the_official_list(rome: dict[str, Any], capsys):
    told = ask(capsys, "rapprocher", "--fiche", "J1501", "-k", "5")
    first = told["resultats"][0]
    assert set(first) == {"code", "libelle", "score", "parts", "communs", "manquants", "mobilite_officielle"}
    assert first["mobilite_officielle"] is True
    assert first["communs"][0]["libelle"]
    assert "mobilites_de_metiers_proches" in first["parts"]
    without = ask(capsys, "rapprocher", "--fiche", "J1501", "-k", "5", "--sans-mobilites")["resultats"]
    assert not any(one["mobilite_officielle"] for one in without)
    unknown = ask(capsys, "rapprocher", "--fiche", "J9999", status=2)
    assert unknown["champ"] == "fiche"
    assert "J15" in unknown["erreur"]


def test_matching_reads_the_skills_of_a_file(rome: dict[str, Any], tmp_path: Path, capsys):
    listed = tmp_path / "competences.txt"
    listed.write_text("\n".join(ogr(f"depart-{one}") for one in ("cuire-pain", "faire-patisserie", "haccp")))
    told = ask(capsys, "rapprocher", "--competences", str(listed), "-k", "2")
    assert told["resultats"][0]["code"] in {"D1102", "D1104"}
    listed.write_text("123\n")
    assert ask(capsys, "rapprocher", "--competences", str(listed), status=2)["champ"] == "competences"
    listed.write_text("\n \n")
    assert ask(capsys, "rapprocher", "--competences", str(listed), status=2)["champ"] == "competences"
    assert (
        ask(capsys, "rapprocher", "--competences", str(tmp_path / "absent"), status=2)["champ"]
        == "competences"
    )
    assert main(["metiers", "rapprocher"]) == 2


def test_the_evaluation_prints_both_sets_of_figures(rome: dict[str, Any], capsys):
    told = ask(capsys, "evaluer", "--fraction", "0.3", "--graine", "1")
    names = {"recall@10", "recall@20", "ndcg@10", "recall@10_hors_domaine", "recall@20_hors_domaine"}
    assert set(told["contenu"]) == set(told["avec_mobilites"]) == names | {"part_du_plus_frequent"}
    assert 0 < told["contenu"]["recall@10"] < told["contenu"]["recall@20"] <= 1
    assert ask(capsys, "evaluer", "--fraction", "0.3", "--graine", "1") == told
    assert ask(capsys, "evaluer", "--fraction", "1.5", status=2)["champ"] == "fraction"
    assert ask(capsys, "evaluer", "--graine", "1", status=2)["champ"] == "graine"
