"""Occupations by their titles and appellations, as one types."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from jalon.metiers.recherche.cascade import Terme, find, likeness, read_query
from jalon.metiers.recherche.synonymes import Synonymes
from jalon.metiers.recherche.vocabulaire import Vocabulaire

TITLE_BONUS = 0.04
# A historical head of family first, its specialities after, when all else is equal.
HEAD_BONUS = 0.02
RARE_MALUS = 0.08
# An everyday word that stands for another one is a little less sure than the word itself.
SYNONYM = 0.97


@dataclass(frozen=True)
class Trouve:
    """A fiche, and the appellation by which it was found (none: by its own title)."""

    fiche: int
    libelle: str
    appellation: str | None
    code_ogr: str | None
    score: float


class RechercheTitres:
    def __init__(self, base: sqlite3.Connection, vocabulaire: Vocabulaire, synonymes: Synonymes) -> None:
        self._base = base
        self._vocabulaire = vocabulaire
        self._synonymes = synonymes

    def search(self, text: str, count: int, allowed: Collection[int] | None = None) -> list[Trouve]:
        best: dict[int, Trouve] = {}
        typed = read_query(text, self._vocabulaire)
        corrected = " ".join(terme.alternatives[0] if terme.alternatives else terme.key for terme in typed)
        official = self._synonymes.of(text) or self._synonymes.of(corrected)
        for asked, factor in ((text, 1.0), *((other, SYNONYM) for other in official)):
            termes = typed if asked is text else read_query(asked, self._vocabulaire)
            numbers = find(self._base, "titres", termes, self._vocabulaire, every=factor < 1)
            for found in self._matches(termes, numbers, factor):
                if allowed is not None and found.fiche not in allowed:
                    continue
                if found.fiche not in best or found.score > best[found.fiche].score:
                    best[found.fiche] = found
        return sorted(best.values(), key=lambda found: (-found.score, len(found.libelle), found.fiche))[
            :count
        ]

    def _matches(self, termes: list[Terme], numbers: list[int], factor: float) -> list[Trouve]:
        marks = ",".join("?" * len(numbers))
        rows = self._base.execute(
            "SELECT entree.fiche, fiche.libelle, appellation, entree.libelle, cles, retrait, "  # noqa: S608
            "fiche.code = fiche.parent FROM entree JOIN fiche ON fiche.id = entree.fiche "
            f"WHERE entree.id IN ({marks})",
            numbers,
        )
        found = []
        for fiche, title, ogr, label, keys, rare, head in rows:
            value = likeness(termes, keys.split(), self._vocabulaire)
            if value <= 0:
                continue
            value += TITLE_BONUS * (not ogr) + HEAD_BONUS * head - RARE_MALUS * rare
            score = round(100 * factor * value, 2)
            found.append(Trouve(fiche, title, label if ogr else None, ogr or None, score))
        return found
