import contextlib
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.metiers.archives import rome_files, rome_tables, write_folder, write_zip

from jalon.metiers import ArchiveRefusee, VersionAbsente, import_rome, list_versions, open_index, use_version
from jalon.metiers.archive import Archive
from jalon.metiers.rome import importation

CODES = "unix_referentiel_code_rome_v461_utf8.csv"
APPELLATIONS = "unix_referentiel_appellation_v461_utf8.csv"


def test_the_archive_is_imported_from_a_zip_as_from_a_folder(tmp_path: Path, now: datetime):
    files = rome_files("61")
    by_folder = import_rome(write_folder(tmp_path / "dossier", files), tmp_path / "a", now)
    by_zip = import_rome(write_zip(tmp_path / "RefRomeCsv.zip", files), tmp_path / "b", now)
    assert by_folder == by_zip
    assert by_folder.version == "61"
    assert by_folder.comptes["referentiel_code_rome"] == len(rome_tables()["referentiel_code_rome"]) > 140
    assert by_folder.comptes["type_referentiel"] == 0
    assert by_folder.credit == "Source\u00a0: France Travail, ROME 4.0 version 61 du 18/03/2026"
    assert open_index(tmp_path / "a").credit == by_folder.credit


def test_each_step_of_an_import_is_told(tmp_path: Path, home: Path, now: datetime):
    told: list[str] = []
    import_rome(write_folder(tmp_path / "archive", rome_files("61")), home, now, told.append)
    assert told[0] == "Lecture de l’archive"
    assert told[-1] == "Terminé"
    told.clear()
    with pytest.raises(ArchiveRefusee):
        import_rome(write_folder(tmp_path / "vide", {}), home, now, told.append)
    assert "Terminé" not in told


def test_a_version_written_by_another_schema_asks_to_be_imported_again(imported_home: Path, home: Path):
    shutil.copytree(imported_home, home)
    assert open_index(home).version == "61"
    with contextlib.closing(sqlite3.connect(home / "metiers" / "rome-61.sqlite3")) as base:
        base.execute("UPDATE infos SET valeur = '0' WHERE cle = 'schema'")
        base.commit()
    with pytest.raises(VersionAbsente, match="de nouveau"):
        open_index(home)


def test_a_newer_version_is_used_and_the_older_stays_beside(tmp_path: Path, home: Path, now: datetime):
    for version in ("60", "61"):
        assert import_rome(write_folder(tmp_path / version, rome_files(version)), home, now).en_usage
    late = import_rome(write_folder(tmp_path / "59", rome_files("59")), home, now)
    assert not late.en_usage
    assert any("plus récente" in notice for notice in late.avis)
    found = {one.version: one.en_usage for one in list_versions(home) if one.kind == "rome"}
    assert found == {"59": False, "60": False, "61": True}
    assert open_index(home).version == "61"
    assert open_index(home, "60").version == "60"
    use_version(home, "rome", "60")
    assert open_index(home).version == "60"
    with pytest.raises(VersionAbsente):
        use_version(home, "rome", "42")
    assert open_index(home).version == "60"


def test_the_quirks_of_the_official_files_are_put_right_and_told(tmp_path: Path, home: Path, now: datetime):
    files = rome_files("61")
    naf = "unix_arborescence_secteur_naf_v461_utf8.csv"
    files[naf] = files[naf].decode().replace("’", "'").encode("iso-8859-15")
    files["unix_referentiel_savoir_v461_utf8.csv"] = files["unix_referentiel_savoir_v461_utf8.csv"].replace(
        b"Droit du travail", "Droit d\u0092entreprise".encode()
    )
    del files["unix_arborescence_competences_v461_utf8.csv"]
    done = import_rome(write_folder(tmp_path / "archive", files), home, now)
    told = "\n".join(done.avis)
    assert naf in told
    assert "ISO-8859-15" in told
    assert "apostrophes doublées" in told
    assert "arborescence_competences" in told
    assert "caractère(s) de Windows" in told
    fiche = open_index(home).fiche("D1102")
    assert [one.libelle for one in fiche.classements["naf"]] == ["Œuvres d'enseignement"]
    assert not any("''" in text for text in (*fiche.definition, *fiche.acces))
    assert any(one.libelle == "Droit d’entreprise" for one in open_index(home).fiche("M1501").savoirs)


def test_a_text_keeps_its_single_apostrophes(tmp_path: Path, home: Path, now: datetime):
    tables = rome_tables()
    tables["texte"][0]["libelle_texte"] = "l''entretien d''un parc, l'arbre"
    import_rome(write_folder(tmp_path / "archive", rome_files("61", tables)), home, now)
    code = tables["texte"][0]["code_rome"]
    assert "l'entretien d'un parc, l'arbre" in open_index(home).fiche(code).definition


def test_a_few_rows_that_lead_nowhere_are_left_out_and_told(tmp_path: Path, home: Path, now: datetime):
    tables = rome_tables()
    tables["rubrique_mobilite"].append(
        {"code_rome": "M1805", "code_rome_cible": "Z9999", "numero_ordre": "9"}
    )
    done = import_rome(write_folder(tmp_path / "archive", rome_files("61", tables)), home, now)
    assert any("rubrique_mobilite" in notice and "1 ligne" in notice for notice in done.avis)
    assert "Z9999" not in {one.code for one in open_index(home).fiche("M1805").mobilites}


def drop_column(files: dict[str, bytes]) -> str:
    files[CODES] = files[CODES].replace(b'"code_rome_parent"', b'"autre_chose"')
    return "code_rome_parent"


def drop_file(files: dict[str, bytes]) -> str:
    del files["unix_coherence_item_v461_utf8.csv"]
    return "unix_coherence_item_v461_utf8.csv"


def mix_versions(files: dict[str, bytes]) -> str:
    files["unix_themes_v460_utf8.csv"] = files.pop("unix_themes_v461_utf8.csv")
    return "version 60"


def contradict_version(files: dict[str, bytes]) -> str:
    files["version.txt"] = b"Numero de version : 60"
    return "version.txt"


def utf16(files: dict[str, bytes]) -> str:
    files[APPELLATIONS] = files[APPELLATIONS].decode().encode("utf-16")
    return APPELLATIONS


def windows_850(files: dict[str, bytes]) -> str:
    files[APPELLATIONS] = files[APPELLATIONS].decode().replace("’", "'").encode("cp850", "replace")
    return APPELLATIONS


def twice_encoded(files: dict[str, bytes]) -> str:
    files[APPELLATIONS] = files[APPELLATIONS].decode().encode("utf-8").decode("iso-8859-15").encode("utf-8")
    return APPELLATIONS


def cut_in_a_row(files: dict[str, bytes]) -> str:
    files[APPELLATIONS] = files[APPELLATIONS][: len(files[APPELLATIONS]) // 2]
    return APPELLATIONS


def cut_between_rows(files: dict[str, bytes]) -> str:
    lines = files[CODES].splitlines(keepends=True)
    files[CODES] = b"".join(lines[: len(lines) // 2])
    return "mènent à une fiche"


def empty(files: dict[str, bytes]) -> str:
    files[CODES] = files[CODES].splitlines(keepends=True)[0]
    return CODES


def same_code_twice(files: dict[str, bytes]) -> str:
    lines = files[CODES].splitlines(keepends=True)
    files[CODES] = b"".join([*lines, lines[1]])
    return "deux fois"


def not_a_code(files: dict[str, bytes]) -> str:
    files[CODES] = files[CODES].replace(b'"M1805"', b'"Q-18"')
    return "Q-18"


def another_archive(files: dict[str, bytes]) -> str:
    files.clear()
    files["unix_rome_v461_iso8859-15.xml"] = b"<rome/>"
    return "RefRomeCsv.zip"


SPOILERS = [
    drop_column,
    drop_file,
    mix_versions,
    contradict_version,
    utf16,
    windows_850,
    twice_encoded,
    cut_in_a_row,
    cut_between_rows,
    empty,
    same_code_twice,
    not_a_code,
    another_archive,
]


@pytest.mark.parametrize("spoil", SPOILERS)
def test_a_spoilt_archive_is_refused_by_name_and_the_version_in_use_does_not_move(
    spoil: Callable[[dict[str, bytes]], str], imported_home: Path, tmp_path: Path, home: Path, now: datetime
):
    shutil.copytree(imported_home, home)
    before = {path.name: path.read_bytes() for path in (home / "metiers").iterdir()}
    files = rome_files("61")
    named = spoil(files)
    with pytest.raises(ArchiveRefusee) as refused:
        import_rome(write_folder(tmp_path / "gatee", files), home, now)
    assert named in f"{refused.value.phrase} {refused.value.champ}"
    assert refused.value.champ
    assert {path.name: path.read_bytes() for path in (home / "metiers").iterdir()} == before


def test_an_import_that_stops_half_way_leaves_nothing(
    tmp_path: Path, home: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    import_rome(write_folder(tmp_path / "60", rome_files("60")), home, now)
    before = sorted(path.name for path in (home / "metiers").iterdir())
    real = importation.write_referentiel

    def stop(base, referentiel):
        real(base, referentiel)
        raise KeyboardInterrupt

    monkeypatch.setattr(importation, "write_referentiel", stop)
    with pytest.raises(KeyboardInterrupt):
        import_rome(write_folder(tmp_path / "61", rome_files("61")), home, now)
    assert sorted(path.name for path in (home / "metiers").iterdir()) == before
    assert open_index(home).version == "60"


def test_a_truncated_zip_is_refused(tmp_path: Path, home: Path, now: datetime):
    whole = write_zip(tmp_path / "RefRomeCsv.zip", rome_files("61")).read_bytes()
    cut = tmp_path / "coupe.zip"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ArchiveRefusee, match=r"coupe\.zip"):
        import_rome(cut, home, now)


def test_a_member_that_was_altered_is_refused_by_name(tmp_path: Path, home: Path, now: datetime):
    path = write_zip(tmp_path / "RefRomeCsv.zip", rome_files("61"))
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo(APPELLATIONS)
        middle = member.header_offset + member.compress_size // 2
    data = bytearray(path.read_bytes())
    data[middle] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveRefusee, match=APPELLATIONS):
        import_rome(path, home, now)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, home: Path, now: datetime):
    files = {**rome_files("61"), "unix_item_v461_utf8.csv": b"0" * 30_000_000}
    path = write_zip(tmp_path / "bombe.zip", files)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ArchiveRefusee, match=r"unix_item_v461_utf8\.csv"):
        import_rome(path, home, now)
    with pytest.raises(ArchiveRefusee, match="dépasserait 1"):
        Archive(write_zip(tmp_path / "grosse.zip", {"a.csv": bytes(range(256)) * 5000}), 1_000_000)


@pytest.mark.parametrize(
    "name", ["../hors.csv", "/etc/hors.csv", "a/../../hors.csv", "..\\hors.csv", "C:\\hors.csv"]
)
def test_a_path_that_leaves_the_folder_is_refused_by_name(
    name: str, tmp_path: Path, home: Path, now: datetime
):
    path = write_zip(tmp_path / "evasion.zip", {**rome_files("61"), name: b"x"})
    with pytest.raises(ArchiveRefusee, match="hors"):
        import_rome(path, home, now)


def test_a_link_is_refused_in_a_zip_and_in_a_folder(tmp_path: Path, home: Path, now: datetime):
    (tmp_path / "secret.csv").write_text("x")
    folder = write_folder(tmp_path / "dossier", rome_files("61"))
    (folder / "lien.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ArchiveRefusee, match=r"lien\.csv"):
        import_rome(folder, home, now)

    def as_link(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16 if info.filename == "version.txt" else 0

    with pytest.raises(ArchiveRefusee, match=r"version\.txt"):
        import_rome(write_zip(tmp_path / "liens.zip", rome_files("61"), as_link), home, now)


def test_a_path_that_is_not_there_is_said(tmp_path: Path, home: Path, now: datetime):
    with pytest.raises(ArchiveRefusee, match=r"absent\.zip"):
        import_rome(tmp_path / "absent.zip", home, now)
