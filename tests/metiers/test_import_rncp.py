import io
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.metiers.archives import rncp_files, rncp_xml, write_folder, write_zip

from jalon.metiers import ArchiveRefusee, Certifications, import_rncp, version_in_use
from jalon.metiers.dossier import open_read_only, version_path
from jalon.metiers.rncp.export_xml import read_stream

TODAY = date(2026, 11, 22)


def certifications(home: Path) -> Certifications:
    version = version_in_use(home, "rncp")
    assert version
    return Certifications(open_read_only(version_path(home, "rncp", version)))


@pytest.fixture
def imported(tmp_path: Path, home: Path, now: datetime) -> Certifications:
    done = import_rncp(write_zip(tmp_path / "export-fiches-csv-2026-08-01.zip", rncp_files()), home, now)
    assert done.version == "2026-08-01"
    assert done.comptes["Standard"] == 3
    assert done.credit.endswith("export du 01/08/2026, Licence Ouverte 2.0")
    assert any("fiches absentes" in notice for notice in done.avis)
    return certifications(home)


def test_a_certification_tells_its_level_its_ways_and_its_end(imported: Certifications):
    found = imported.get("rncp100")
    assert found is not None
    assert (found.intitule, found.abrege, found.niveau, found.fin) == (
        "Conseiller d’insertion",
        "TP",
        "NIV5",
        date(2028, 8, 31),
    )
    assert found.vae
    assert found.open_on(TODAY)
    assert not found.open_on(date(2028, 9, 1))
    assert imported.get("RNCP31") is None


def test_only_open_certifications_lead_to_an_occupation_unless_asked(imported: Certifications):
    assert [one.numero for one in imported.leading_to("K1801", TODAY)] == ["RNCP100"]
    assert [one.numero for one in imported.leading_to("K1801", TODAY, closed_too=True)] == [
        "RNCP100",
        "RNCP99",
    ]
    assert imported.leading_to("A1101", TODAY) == []


def test_continuity_given_from_one_side_is_known_from_the_other(imported: Certifications):
    old = imported.get("RNCP99")
    assert old is not None
    assert old.remplacee_par == ("RNCP100",)


def test_a_siret_loses_its_tab(imported: Certifications, home: Path):
    base = open_read_only(version_path(home, "rncp", "2026-08-01"))
    assert [row[0] for row in base.execute("SELECT siret FROM organisme")] == ["11004301500012"]
    base.close()


def test_certifications_are_found_by_words_and_blocs_by_what_they_speak_of(imported: Certifications):
    assert [one.numero for one in imported.search("insertion")] == ["RNCP100", "RNCP99"]
    assert imported.search("plombier") == []
    leads = imported.leading_to("K1801", TODAY)
    found = imported.blocs_for("Bâtir un parcours avec la personne et en suivre les étapes", leads)
    assert [bloc.code for bloc in found] == ["RNCP100BC01"]
    assert imported.blocs_for("Souder des pièces métalliques", leads) == []


def test_a_column_that_is_missing_and_a_mix_of_days_are_refused_by_name(
    tmp_path: Path, home: Path, now: datetime
):
    files = rncp_files()
    standard = "export_fiches_CSV_Standard_2026_08_01.csv"
    files[standard] = files[standard].replace(b'"Intitule"', b'"Titre"')
    with pytest.raises(ArchiveRefusee, match="Intitule"):
        import_rncp(write_folder(tmp_path / "a", files), home, now)
    files = rncp_files()
    files["export_fiches_CSV_CCN_2026_07_01.csv"] = b""
    with pytest.raises(ArchiveRefusee, match="plusieurs jours"):
        import_rncp(write_folder(tmp_path / "b", files), home, now)
    files = rncp_files()
    del files["export_fiches_CSV_Rome_2026_08_01.csv"]
    with pytest.raises(ArchiveRefusee, match="CSV_Rome"):
        import_rncp(write_folder(tmp_path / "c", files), home, now)
    with pytest.raises(ArchiveRefusee, match="France compétences"):
        import_rncp(write_folder(tmp_path / "d", {"autre.csv": b"a;b"}), home, now)
    assert version_in_use(home, "rncp") is None
    assert list((home / "metiers").iterdir()) == [] if (home / "metiers").exists() else True


@pytest.mark.parametrize("bloc", ["BLOC_COMPETENCES", "BLOC"])
def test_the_xml_export_is_read_whichever_name_its_blocs_have(
    bloc: str, tmp_path: Path, home: Path, now: datetime
):
    seen: list[int] = []
    archive = write_zip(
        tmp_path / "export-fiches-rncp-v4-1-2026-08-02.zip",
        {"export_fiches_RNCP_V4_1_2026-08-02.xml": rncp_xml(1200, bloc=bloc)},
    )
    done = import_rncp(archive, home, now, seen.append)
    assert done.version == "2026-08-02"
    assert done.comptes["certification"] == done.comptes["bloc"] == 1200
    assert seen == [500, 1000]
    found = certifications(home).get("RNCP7")
    assert found is not None
    assert found.voies == ("Par expérience",)
    assert found.open_on(TODAY)


def test_a_fiche_is_forgotten_once_read():
    """Half a gigabyte is streamed: what was written must not stay in the tree."""

    stream = io.BytesIO(rncp_xml(1000))
    tracemalloc.start()
    count = sum(1 for _ in read_stream(stream, "x.xml"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert peak < 1_500_000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (rncp_xml(5)[:-200], "coupé"),
        (rncp_xml(2, tail=""), "coupé"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><FICHES></FICHES>', "entités"),
        (rncp_xml(1).replace(b"RNCP1<", b"Q1<"), "Q1"),
        (b"<FICHES></FICHES>", "aucune certification"),
    ],
)
def test_a_spoilt_xml_is_refused_and_leaves_nothing(
    data: bytes, said: str, tmp_path: Path, home: Path, now: datetime
):
    archive = write_folder(tmp_path / "a", {"export_fiches_RNCP_V4_1_2026-08-02.xml": data})
    with pytest.raises(ArchiveRefusee, match=said):
        import_rncp(archive, home, now)
    assert list((home / "metiers").iterdir()) == []
