"""The nomenclature of activities. NAF 2025 replaces NAF rév. 2: the name of the nomenclature stays beside each code."""

from __future__ import annotations

import csv
import json
import re
from contextlib import closing
from datetime import datetime
from pathlib import Path

from jalon.metiers.dossier import (
    Imported,
    adopt,
    open_read_only,
    version_in_use,
    version_path,
    write_version,
)
from jalon.metiers.erreurs import ArchiveRefusee
from jalon.metiers.lecture import decode

SIZE_MAX = 20_000_000
CODE = re.compile(r"^\d{2}(\.\d{1,2}[A-Z]?)?$|^[A-Z]$")
TABLES = (
    "CREATE TABLE infos (cle TEXT PRIMARY KEY, valeur TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE naf (code TEXT PRIMARY KEY, libelle TEXT NOT NULL) WITHOUT ROWID",
)


def import_naf(path: Path, home: Path, now: datetime, nomenclature: str = "rev2") -> Imported:
    """A list of codes and labels: JSON (`id`, `label`) or CSV with two columns."""
    if not path.is_file():
        raise ArchiveRefusee(f"« {path.name} » n’existe pas.", "chemin")
    if path.stat().st_size > SIZE_MAX:
        raise ArchiveRefusee(f"« {path.name} » est trop gros pour une nomenclature : refusé.", "chemin")
    text, notice = decode(path.read_bytes(), path.name)
    rows = _from_json(text, path.name) if text.lstrip().startswith("[") else _from_csv(text, path.name)
    if not rows:
        raise ArchiveRefusee(f"« {path.name} » ne contient aucun code.", "chemin")
    credit = f"Source : INSEE, {name_of(nomenclature)}"
    with write_version(version_path(home, "naf", nomenclature)) as base:
        for table in TABLES:
            base.execute(table)
        base.execute("BEGIN")
        base.executemany("INSERT OR REPLACE INTO naf VALUES (?, ?)", rows)
        infos = {"version": nomenclature, "credit": credit, "importe_le": now.isoformat(timespec="seconds")}
        base.executemany("INSERT INTO infos VALUES (?, ?)", infos.items())
    used = adopt(home, "naf", nomenclature)
    return Imported("naf", nomenclature, {"naf": len(rows)}, [notice] if notice else [], credit, used)


def activity(home: Path, code: str) -> tuple[str, str] | None:
    """The label of an activity code and the name of its nomenclature; nothing if it is unknown here."""
    version = version_in_use(home, "naf")
    if version is None:
        return None
    plain = code.strip().upper()
    dotted = plain if "." in plain or len(plain) < 3 else f"{plain[:2]}.{plain[2:]}"
    with closing(open_read_only(version_path(home, "naf", version))) as base:
        row = base.execute("SELECT libelle FROM naf WHERE code = ?", (dotted,)).fetchone()
    return (row[0], name_of(version)) if row else None


def name_of(nomenclature: str) -> str:
    return "NAF rév. 2" if nomenclature == "rev2" else f"NAF {nomenclature}"


def _from_json(text: str, name: str) -> list[tuple[str, str]]:
    try:
        found = json.loads(text)
        rows = [(str(one["id"]), str(one["label"])) for one in found]
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveRefusee(f"« {name} » n’est pas une liste de codes et de libellés.", name) from error
    return _checked(rows, name)


def _from_csv(text: str, name: str) -> list[tuple[str, str]]:
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    rows = [
        (row[0].strip(), row[1].strip())
        for row in csv.reader(text.splitlines(), delimiter=delimiter)
        if len(row) > 1
    ]
    if rows and not CODE.match(rows[0][0]):
        rows = rows[1:]
    return _checked(rows, name)


def _checked(rows: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    for code, _ in rows:
        if not CODE.match(code):
            raise ArchiveRefusee(f"Dans « {name} », « {code} » n’est pas un code NAF.", name)
    return rows
