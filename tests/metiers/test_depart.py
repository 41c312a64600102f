from pathlib import Path

from tests.metiers.archives import rome_files, write_folder
from tests.metiers.conftest import NOW

from jalon.metiers import Metiers, import_rome, open_index
from jalon.metiers.depart.chargement import read_depart


def test_the_starting_set_covers_the_fourteen_domains_and_holds_together():
    made = read_depart()
    codes = {fiche.code for fiche in made.fiches}
    items = {item.code_ogr for item in made.items}
    assert 140 <= len(codes) <= 160
    assert {code[0] for code in codes} == set("ABCDEFGHIJKLMN") == set(made.grands_domaines)
    assert {fiche.domaine for fiche in made.fiches} == set(made.domaines)
    assert {link.code for link in made.liens} == codes
    assert {link.code_ogr for link in made.liens} <= items
    assert {code for move in made.mobilites for code in (move.code, move.cible)} <= codes
    assert {text.code for text in made.textes} == codes
    assert all(fiche.riasec_majeur in "RIASEC" for fiche in made.fiches)
    cores = {link.code for link in made.liens if link.coeur}
    assert cores == codes
    labels = [item.libelle for item in made.items]
    assert len(set(labels)) == len(labels)


def test_the_starting_set_is_marked_as_such_and_steps_aside_for_the_archive(tmp_path: Path, depart: Metiers):
    assert depart.depart
    assert "Jeu de départ de Jalon" in depart.credit
    home = tmp_path / "home"
    assert open_index(home).depart
    import_rome(write_folder(tmp_path / "archive", rome_files("61")), home, NOW)
    assert not open_index(home).depart


def test_it_is_opened_once_for_all_readers(tmp_path: Path):
    assert open_index(tmp_path) is open_index(tmp_path)
