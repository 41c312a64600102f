"""A certification as both exports give it, and how it is written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jalon.metiers.texte import keys

NUMBER = re.compile(r"^(RNCP|RS)\d+$")


@dataclass
class FicheRncp:
    numero: str
    intitule: str = ""
    abrege: str = ""
    niveau: str = ""
    enregistrement: str = ""
    decision: str = ""
    effet: str = ""
    fin: str = ""
    active: bool = False
    rome: list[tuple[str, str]] = field(default_factory=list)
    # (nomenclature, code, label)
    rattachements: list[tuple[str, str, str]] = field(default_factory=list)
    # (code, title, competences)
    blocs: list[tuple[str, str, str]] = field(default_factory=list)
    voies: list[str] = field(default_factory=list)
    # (role, siret, name, habilitation)
    organismes: list[tuple[str, str, str, str]] = field(default_factory=list)
    anciennes: list[str] = field(default_factory=list)
    nouvelles: list[str] = field(default_factory=list)


def iso_day(text: str) -> str:
    """«31/08/2023» as «2023-08-31»; anything else is no date."""
    found = re.match(r"^(\d{2})/(\d{2})/(\d{4})", text.strip())
    return f"{found[3]}-{found[2]}-{found[1]}" if found else ""


def clean(text: str | None) -> str:
    """The SIRETs start with a tab, and a label may hold doubled apostrophes."""
    return (text or "").strip().replace("''", "’")


class Redaction:
    """Writes certifications one by one, so that 470 MB of XML never sit in memory."""

    TABLES = ("certification", "certification_rome", "bloc", "voie")

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._seen: set[str] = set()

    def write(self, fiche: FicheRncp) -> bool:
        """False when the same number was already written: the archive gives it twice."""
        if fiche.numero in self._seen:
            return False
        self._seen.add(fiche.numero)
        run = self._base.executemany
        cursor = self._base.execute(
            "INSERT INTO certification VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fiche.numero,
                fiche.intitule,
                fiche.abrege,
                fiche.niveau,
                fiche.enregistrement,
                fiche.decision,
                fiche.effet,
                fiche.fin,
                fiche.active,
            ),
        )
        self._base.execute(
            "INSERT INTO intitules (rowid, mots) VALUES (?, ?)",
            (cursor.lastrowid, " ".join(keys(f"{fiche.intitule} {fiche.abrege}"))),
        )
        one = fiche.numero
        run("INSERT OR IGNORE INTO certification_rome VALUES (?, ?, ?)", _with(one, fiche.rome))
        run("INSERT OR IGNORE INTO rattachement VALUES (?, ?, ?, ?)", _with(one, fiche.rattachements))
        run(
            "INSERT OR IGNORE INTO bloc VALUES (?, ?, ?, ?)",
            ((code, one, title, skills) for code, title, skills in fiche.blocs),
        )
        run("INSERT OR IGNORE INTO voie VALUES (?, ?)", ((one, way) for way in fiche.voies))
        run("INSERT INTO organisme VALUES (?, ?, ?, ?, ?)", _with(one, fiche.organismes))
        run("INSERT OR IGNORE INTO continuite VALUES (?, ?)", ((old, one) for old in fiche.anciennes))
        run("INSERT OR IGNORE INTO continuite VALUES (?, ?)", ((one, new) for new in fiche.nouvelles))
        return True

    def counts(self) -> dict[str, int]:
        tables = (*self.TABLES, "rattachement", "organisme", "continuite")
        return {
            table: self._base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def _with(numero: str, rows: Iterable[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    return ((numero, *row) for row in rows)
