"""Certifications that lead to an occupation, and by which way: training, apprenticeship, VAE."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jalon.metiers.texte import keys

VAE = "Par expérience"
BLOCS_PER_GAP = 3


@dataclass(frozen=True)
class Certification:
    numero: str
    intitule: str
    abrege: str
    niveau: str
    active: bool
    fin: date | None
    voies: tuple[str, ...]
    remplacee_par: tuple[str, ...]

    @property
    def vae(self) -> bool:
        """Open to validation of experience."""
        return VAE in self.voies

    def open_on(self, day: date) -> bool:
        return self.active and (self.fin is None or self.fin >= day)


@dataclass(frozen=True)
class Bloc:
    code: str
    libelle: str
    certification: str


class Certifications:
    """Read from one imported version of France compétences' export."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        infos = dict(base.execute("SELECT cle, valeur FROM infos"))
        self.version: str = infos["version"]
        self.credit: str = infos["credit"]

    def leading_to(self, code_rome: str, day: date, closed_too: bool = False) -> list[Certification]:
        """Those that carry the ROME code, open ones first, low level to high."""
        rows = self._base.execute(
            "SELECT certification.* FROM certification JOIN certification_rome USING (numero) "
            "WHERE certification_rome.code = ? ORDER BY niveau, intitule, numero",
            (code_rome,),
        ).fetchall()
        found = [self._read(row) for row in rows]
        return [one for one in found if one.open_on(day)] + (
            [one for one in found if not one.open_on(day)] if closed_too else []
        )

    def get(self, numero: str) -> Certification | None:
        row = self._base.execute(
            "SELECT * FROM certification WHERE numero = ?", (numero.strip().upper(),)
        ).fetchone()
        return self._read(row) if row else None

    def search(self, text: str, count: int = 10) -> list[Certification]:
        """By words of the title, or by number."""
        exact = self.get(text)
        if exact:
            return [exact]
        asked = keys(text)
        if not asked:
            return []
        expression = " AND ".join(f'"{key}"*' for key in asked)
        rows = self._base.execute(
            "SELECT certification.* FROM intitules JOIN certification ON certification.rowid = intitules.rowid "
            "WHERE intitules MATCH ? ORDER BY certification.active DESC, rank LIMIT ?",
            (expression, count),
        ).fetchall()
        return [self._read(row) for row in rows]

    def blocs_for(self, label: str, certifications: Sequence[Certification]) -> list[Bloc]:
        """Blocs whose title speaks of the same thing: a lead to check with the certifier, never a promise."""
        wanted = set(keys(label))
        marks = ",".join("?" * len(certifications))
        scored = []
        for code, title, numero in self._base.execute(
            f"SELECT code, libelle, numero FROM bloc WHERE numero IN ({marks})",  # noqa: S608
            [one.numero for one in certifications],
        ):
            common = wanted.intersection(keys(title))
            if len(common) >= min(2, len(wanted)) and wanted:
                scored.append((-len(common) / len(wanted), code, Bloc(code, title, numero)))
        return [bloc for _, _, bloc in sorted(scored, key=lambda one: one[:2])[:BLOCS_PER_GAP]]

    def _read(self, row: sqlite3.Row) -> Certification:
        numero = row["numero"]
        ways = self._base.execute("SELECT voie FROM voie WHERE numero = ? ORDER BY voie", (numero,))
        later = self._base.execute(
            "SELECT nouvelle FROM continuite WHERE ancienne = ? ORDER BY nouvelle", (numero,)
        )
        return Certification(
            numero=numero,
            intitule=row["intitule"],
            abrege=row["abrege"],
            niveau=row["niveau"],
            active=bool(row["active"]),
            fin=date.fromisoformat(row["fin"]) if row["fin"] else None,
            voies=tuple(one[0] for one in ways),
            remplacee_par=tuple(one[0] for one in later),
        )
