"""Which fiches may be proposed: by domain, letters, tags, refused conditions, and the distance one accepts."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import IntEnum

from jalon.metiers.index.faits import Faits

COLUMNS = ("cadre", "reglemente", "transition_num", "transition_demo")


class Distance(IntEnum):
    """How far an occupation is from where one comes, in the tree of ROME."""

    FAMILLE = 0
    DOMAINE = 1
    GRAND_DOMAINE = 2
    AILLEURS = 3

    @property
    def libelle(self) -> str:
        return ("même famille", "même domaine", "même grand domaine", "autre domaine")[self]


@dataclass(frozen=True)
class Filtre:
    """`domaines`: «M» or «M18». `riasec`: letters that must all be among the fiche's. `etiquettes`: column → «O»/«N».
    `contextes_refuses`: code_ogr of working conditions the person refuses. `ecartes`: codes that were dropped."""

    domaines: Collection[str] = ()
    riasec: str = ""
    etiquettes: dict[str, str] = field(default_factory=dict)
    transition_eco: bool = False
    competences: Collection[str] = ()
    contextes_refuses: Collection[str] = ()
    ecartes: Collection[str] = ()
    distance_min: Distance = Distance.FAMILLE
    distance_max: Distance = Distance.AILLEURS

    def select(
        self, base: sqlite3.Connection, faits: Faits, origines: Collection[int] = ()
    ) -> set[int] | None:
        """The fiches that pass; None when nothing is asked."""
        if self == Filtre():
            return None
        clauses, values = self._clauses()
        where = " AND ".join(clauses) or "1"
        passed = {row[0] for row in base.execute(f"SELECT id FROM fiche WHERE {where}", values)}  # noqa: S608
        if self.contextes_refuses:
            passed -= _holders(base, self.contextes_refuses)
        for ogr in self.competences:
            passed &= _holders(base, (ogr,))
        if origines:
            passed = {
                fiche
                for fiche in passed
                if self.distance_min <= nearest_distance(faits, fiche, origines) <= self.distance_max
            }
        return passed

    def _clauses(self) -> tuple[list[str], list[str]]:
        clauses: list[str] = []
        values: list[str] = []
        if self.domaines:
            clauses.append("(" + " OR ".join("domaine LIKE ?" for _ in self.domaines) + ")")
            values += [domaine.strip().upper().replace("%", "") + "%" for domaine in self.domaines]
        for letter in self.riasec.upper():
            clauses.append("? IN (riasec_majeur, riasec_mineur)")
            values.append(letter)
        for column, value in self.etiquettes.items():
            if column not in COLUMNS:
                raise ValueError(f"unknown tag: {column}")
            clauses.append(f"{column} = ?")
            values.append(value)
        if self.transition_eco:
            clauses.append("transition_eco NOT IN ('', 'N', 'Emploi Blanc', 'Emploi Brun')")
        if self.ecartes:
            clauses.append(f"code NOT IN ({','.join('?' * len(self.ecartes))})")
            values += list(self.ecartes)
        return clauses, values


def nearest_distance(faits: Faits, fiche: int, origines: Collection[int]) -> Distance:
    return min((distance(faits, fiche, origin) for origin in origines), default=Distance.AILLEURS)


def distance(faits: Faits, fiche: int, origin: int) -> Distance:
    if faits.parent[fiche] == faits.parent[origin]:
        return Distance.FAMILLE
    if faits.domaine[fiche] == faits.domaine[origin]:
        return Distance.DOMAINE
    if faits.domaine[fiche][0] == faits.domaine[origin][0]:
        return Distance.GRAND_DOMAINE
    return Distance.AILLEURS


def _holders(base: sqlite3.Connection, ogrs: Collection[str]) -> set[int]:
    marks = ",".join("?" * len(ogrs))
    rows = base.execute(
        f"SELECT fiche FROM lien JOIN item ON item.id = lien.item WHERE code_ogr IN ({marks})",  # noqa: S608
        list(ogrs),
    )
    return {row[0] for row in rows}
