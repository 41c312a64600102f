"""Skills and knowledge by their words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from jalon.metiers.recherche.cascade import find, likeness, read_query
from jalon.metiers.recherche.vocabulaire import Vocabulaire
from jalon.metiers.texte import keys


@dataclass(frozen=True)
class ItemTrouve:
    """`fiches`: how many occupations hold it; few means that it says much."""

    code_ogr: str
    libelle: str
    nature: str
    fiches: int
    score: float


class RechercheSavoirs:
    def __init__(self, base: sqlite3.Connection, vocabulaire: Vocabulaire) -> None:
        self._base = base
        self._vocabulaire = vocabulaire

    def search(self, text: str, count: int) -> list[ItemTrouve]:
        termes = read_query(text, self._vocabulaire)
        numbers = find(self._base, "savoirs", termes, self._vocabulaire)
        marks = ",".join("?" * len(numbers))
        rows = self._base.execute(
            f"SELECT code_ogr, libelle, nature, frequence FROM item WHERE frequence > 0 AND id IN ({marks})",  # noqa: S608
            numbers,
        )
        found = []
        for ogr, label, nature, fiches in rows:
            value = likeness(termes, list(dict.fromkeys(keys(label))), self._vocabulaire)
            if value > 0:
                found.append(ItemTrouve(ogr, label, nature, fiches, round(100 * value, 2)))
        # Between two labels as near, the one that more occupations share is the more useful to tick.
        return sorted(found, key=lambda item: (-item.score, -item.fiches, item.libelle))[:count]
