"""Fetching the official archives where there is a network. Nothing else in Jalon goes out to look for data."""

from __future__ import annotations

import json
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jalon.metiers.erreurs import MetiersError

ROME = "https://api.francetravail.fr/api-nomenclatureemploi/v1/open-data/csv"
# The resource ids of the daily export change: it is found by its title.
RNCP = (
    "https://www.data.gouv.fr/api/1/datasets/"
    "repertoire-national-des-certifications-professionnelles-et-repertoire-specifique/"
)
RNCP_TITLE = "export-fiches-csv-"
SIZE_MAX = 600_000_000
CHUNK = 1 << 20
TIMEOUT = 60

Opener = Callable[[str], IO[bytes]]


class TelechargementImpossible(MetiersError):
    """No network, or an answer that is not an archive: nothing was changed."""


def open_url(url: str) -> IO[bytes]:
    if not url.startswith("https://"):
        raise TelechargementImpossible(f"L’adresse « {url} » n’est pas en https : refusée.", "adresse")
    answer: IO[bytes] = urllib.request.urlopen(url, timeout=TIMEOUT)  # noqa: S310
    return answer


@contextmanager
def fetch_rome(opener: Opener = open_url, progress: Callable[[int], None] = lambda _: None) -> Iterator[Path]:
    with _fetch(ROME, "RefRomeCsv.zip", opener, progress) as path:
        yield path


@contextmanager
def fetch_rncp(opener: Opener = open_url, progress: Callable[[int], None] = lambda _: None) -> Iterator[Path]:
    url, title = _latest_export(opener)
    with _fetch(url, title, opener, progress) as path:
        yield path


def _latest_export(opener: Opener) -> tuple[str, str]:
    with _spoken(RNCP), opener(RNCP) as answer:
        described = json.loads(answer.read(SIZE_MAX))
    exports = sorted(
        (str(resource.get("title", "")), str(resource.get("url", "")))
        for resource in described.get("resources", [])
        if str(resource.get("title", "")).startswith(RNCP_TITLE)
    )
    if not exports:
        raise TelechargementImpossible(
            "data.gouv.fr ne propose aucun « export-fiches-csv-… » aujourd’hui. Téléchargez l’archive à la main.",
            "adresse",
        )
    title, url = exports[-1]
    return url, title if title.endswith(".zip") else f"{title}.zip"


@contextmanager
def _fetch(url: str, name: str, opener: Opener, progress: Callable[[int], None]) -> Iterator[Path]:
    """The archive in a folder of its own, gone when it has been imported."""
    with tempfile.TemporaryDirectory(prefix="jalon-metiers-") as folder:
        path = Path(folder) / Path(name).name
        with _spoken(url), opener(url) as answer, path.open("wb") as written:
            size = 0
            while chunk := answer.read(CHUNK):
                size += len(chunk)
                if size > SIZE_MAX:
                    raise TelechargementImpossible(
                        f"« {name} » dépasse {SIZE_MAX // 1_000_000} Mo : arrêté.", "adresse"
                    )
                written.write(chunk)
                progress(size)
        yield path


@contextmanager
def _spoken(url: str) -> Iterator[None]:
    try:
        yield
    except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError) as error:
        raise TelechargementImpossible(
            f"Impossible de télécharger {url} : vérifiez le réseau, ou téléchargez l’archive à la main "
            "et importez-la.",
            "adresse",
        ) from error
