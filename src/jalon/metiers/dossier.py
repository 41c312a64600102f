"""Where the imported versions live, and which one is the day's.

One read-only SQLite file a version, in `JALON_HOME/metiers`, so that a choice made under an older version can
still be shown as it was. A version is written beside, checked, then renamed: whoever reads meanwhile keeps the
version in use, and an import that stops half-way leaves nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jalon.metiers.erreurs import VersionAbsente

CHECKOUT = Path(__file__).resolve().parents[3]
IN_USE = "en-usage.json"
KINDS = ("rome", "rncp", "naf")
NAME = re.compile(r"^(rome|rncp|naf)-([0-9A-Za-z][0-9A-Za-z.-]{0,40})\.sqlite3$")


@dataclass(frozen=True)
class Version:
    """One imported version of one referential."""

    kind: str
    version: str
    path: Path
    credit: str
    en_usage: bool


@dataclass(frozen=True)
class Imported:
    """What an import did, as the command prints it."""

    kind: str
    version: str
    comptes: dict[str, int]
    avis: list[str]
    credit: str
    en_usage: bool


def home_folder() -> Path:
    """`JALON_HOME`, or `var/` in a checkout, or the platform's data folder; created if need be."""
    named = os.environ.get("JALON_HOME")
    if named:
        folder = Path(named)
    elif (CHECKOUT / "pyproject.toml").exists():
        folder = CHECKOUT / "var"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support" / "jalon"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jalon"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def metiers_folder(home: Path) -> Path:
    folder = home / "metiers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def version_path(home: Path, kind: str, version: str) -> Path:
    path = metiers_folder(home) / f"{kind}-{version}.sqlite3"
    if not NAME.match(path.name):
        raise VersionAbsente(f"« {version} » n’est pas un numéro de version.", "version")
    return path


def open_read_only(path: Path) -> sqlite3.Connection:
    """Read-only for every reader; several threads of the pages may share it."""
    base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    base.row_factory = sqlite3.Row
    return base


@contextlib.contextmanager
def write_version(path: Path) -> Iterator[sqlite3.Connection]:
    """A new base that takes its name only when the whole of it is written and sound."""
    draft = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.brouillon")
    base = sqlite3.connect(draft, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA temp_store=MEMORY")
        yield base
        if base.in_transaction:
            base.execute("COMMIT")
        base.close()
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    finally:
        with contextlib.suppress(sqlite3.Error):
            base.close()
        draft.unlink(missing_ok=True)


def start_schema(base: sqlite3.Connection, schema: str) -> None:
    """The tables, then one transaction for all that is written in them."""
    base.executescript(files("jalon.metiers").joinpath(schema).read_text("utf-8"))
    base.execute("BEGIN")


def read_infos(path: Path) -> dict[str, str]:
    with contextlib.closing(open_read_only(path)) as base:
        return {row["cle"]: row["valeur"] for row in base.execute("SELECT cle, valeur FROM infos")}


def list_versions(home: Path) -> list[Version]:
    """Every version on this machine, newest first within its kind."""
    chosen = _in_use(home)
    found = []
    for path in sorted(metiers_folder(home).glob("*.sqlite3")):
        matched = NAME.match(path.name)
        if matched:
            kind, version = matched[1], matched[2]
            credit = read_infos(path).get("credit", "")
            found.append(Version(kind, version, path, credit, chosen.get(kind) == version))
    return sorted(found, key=lambda one: (one.kind, _age(one.version)), reverse=True)


def version_in_use(home: Path, kind: str) -> str | None:
    """The version of the day, if it is still on the disk."""
    version = _in_use(home).get(kind)
    if version and version_path(home, kind, version).exists():
        return version
    return None


def use_version(home: Path, kind: str, version: str) -> None:
    """Mark the day's version. The others stay, for the choices that were made under them."""
    if kind not in KINDS or not version_path(home, kind, version).exists():
        raise VersionAbsente(
            f"La version {version} ({kind}) n’est pas sur cette machine. Importez-la d’abord.", "version"
        )
    chosen = {**_in_use(home), kind: version}
    path = metiers_folder(home) / IN_USE
    draft = path.with_name(f".{IN_USE}-{secrets.token_hex(4)}")
    draft.write_text(json.dumps(chosen, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)


def adopt(home: Path, kind: str, version: str) -> bool:
    """Use a version that was just imported unless a newer one is in use; answers whether it is in use."""
    current = version_in_use(home, kind)
    if current is None or _age(version) >= _age(current):
        use_version(home, kind, version)
        return True
    return False


def _in_use(home: Path) -> dict[str, str]:
    path = metiers_folder(home) / IN_USE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {kind: str(version) for kind, version in found.items()} if isinstance(found, dict) else {}


def _age(version: str) -> tuple[int, ...]:
    """60 < 61, 2024-02-22 < 2024-03-01, and the starting set before them all."""
    if version.startswith("depart"):
        return (-1,)
    return tuple(int(number) for number in re.findall(r"\d+", version)) or (0,)
