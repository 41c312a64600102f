import io
import json
import urllib.error
from datetime import datetime
from pathlib import Path
from typing import IO

import pytest
from tests.metiers.archives import rncp_files, rome_files, write_zip

from jalon.metiers import TelechargementImpossible, fetch_rncp, fetch_rome, import_rncp, import_rome
from jalon.metiers.telechargement import open_url


def test_the_official_archive_is_fetched_imported_and_not_kept(tmp_path: Path, home: Path, now: datetime):
    archive = write_zip(tmp_path / "a.zip", rome_files("61")).read_bytes()
    asked, sizes = [], []

    def opener(url: str) -> IO[bytes]:
        asked.append(url)
        return io.BytesIO(archive)

    with fetch_rome(opener, sizes.append) as path:
        assert import_rome(path, home, now).version == "61"
        assert path.exists()
    assert not path.exists()
    assert sizes[-1] == len(archive)
    assert asked == ["https://api.francetravail.fr/api-nomenclatureemploi/v1/open-data/csv"]


def test_the_export_of_the_day_is_found_by_its_title(tmp_path: Path, home: Path, now: datetime):
    archive = write_zip(tmp_path / "a.zip", rncp_files()).read_bytes()
    described = {
        "resources": [
            {"title": "export-fiches-csv-2026-07-31.zip", "url": "https://exemple.fr/vieux"},
            {"title": "export-fiches-csv-2026-08-01.zip", "url": "https://exemple.fr/jour"},
            {"title": "export-fiches-rncp-v4-1-2026-08-01.zip", "url": "https://exemple.fr/xml"},
        ]
    }

    def opener(url: str) -> IO[bytes]:
        return io.BytesIO({"https://exemple.fr/jour": archive}.get(url, json.dumps(described).encode()))

    with fetch_rncp(opener) as path:
        assert path.name == "export-fiches-csv-2026-08-01.zip"
        assert import_rncp(path, home, now).version == "2026-08-01"


def test_without_a_network_the_person_is_told_what_to_do():
    def opener(url: str) -> IO[bytes]:
        raise urllib.error.URLError("no route")

    for fetch in (fetch_rome, fetch_rncp):
        with pytest.raises(TelechargementImpossible, match="à la main"), fetch(opener):
            pass
    with pytest.raises(TelechargementImpossible, match="aucun"), fetch_rncp(lambda _: io.BytesIO(b"{}")):
        pass
    with pytest.raises(TelechargementImpossible, match="https"):
        open_url("file:///etc/passwd")
