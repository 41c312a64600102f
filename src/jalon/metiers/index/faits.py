"""The facts of every fiche that the matching rests on, numbered as in the base."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.metiers.referentiel import Fiche, Referentiel

LEVEL = {"O": 1, "N": -1}


@dataclass
class Faits:
    codes: list[str]
    domaine: list[str]
    parent: list[str]
    niveau: list[int]
    # Targets of the official list of each fiche, nearest first; and who has it in its list.
    listes: list[tuple[int, ...]]
    citee_par: list[tuple[int, ...]]
    familles: dict[str, list[int]]
    # By domaine professionnel («M18») and by grand domaine («M»).
    domaines: dict[str, list[int]]
    tete: list[bool]

    @property
    def size(self) -> int:
        return len(self.codes)

    def fratrie(self, fiche: int) -> list[int]:
        """The other fiches that came from the same historical fiche."""
        return [other for other in self.familles[self.parent[fiche]] if other != fiche]

    @classmethod
    def of_referentiel(cls, made: Referentiel) -> Faits:
        place = {fiche.code: number for number, fiche in enumerate(made.fiches)}
        edges = {(place[one.code], place[one.cible]): one.ordre for one in made.mobilites}
        return cls._make(made.fiches, ((fiche, target, order) for (fiche, target), order in edges.items()))

    @classmethod
    def of_base(cls, base: sqlite3.Connection) -> Faits:
        rows = base.execute("SELECT code, '', '', domaine, parent, '', '', cadre FROM fiche ORDER BY id")
        fiches = [Fiche(*row) for row in rows]
        return cls._make(fiches, base.execute("SELECT fiche, cible, ordre FROM mobilite"))

    @classmethod
    def _make(cls, fiches: Sequence[Fiche], edges: Iterable[Sequence[int]]) -> Faits:
        out: list[list[tuple[int, int]]] = [[] for _ in fiches]
        into: list[list[int]] = [[] for _ in fiches]
        for source, target, order in sorted(tuple(edge) for edge in edges):
            out[source].append((order, target))
            into[target].append(source)
        families: dict[str, list[int]] = defaultdict(list)
        domains: dict[str, list[int]] = defaultdict(list)
        for number, fiche in enumerate(fiches):
            families[fiche.parent].append(number)
            domains[fiche.domaine].append(number)
            domains[fiche.domaine[0]].append(number)
        return cls(
            codes=[fiche.code for fiche in fiches],
            domaine=[fiche.domaine for fiche in fiches],
            parent=[fiche.parent for fiche in fiches],
            niveau=[LEVEL.get(fiche.cadre, 0) for fiche in fiches],
            listes=[tuple(target for _, target in sorted(targets)) for targets in out],
            citee_par=[tuple(sources) for sources in into],
            familles=dict(families),
            domaines=dict(domains),
            tete=[fiche.code == fiche.parent for fiche in fiches],
        )
