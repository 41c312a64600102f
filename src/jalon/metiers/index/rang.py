"""The order in which occupations are proposed to a profile."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from dataclasses import dataclass

from jalon.metiers.index import poids
from jalon.metiers.index.moteur import Contenu, Moteur, Profil, Scores, Voisins
from jalon.metiers.index.voisinage import Voisinage

# Stored numbers have seven digits: a fiche must not miss its own place by the last one.
ROUNDING = 1e-4


@dataclass
class Classement:
    """Every fiche's score with its parts, and the order of the nearest."""

    profil: Profil
    contenu: Contenu
    total: Scores
    listes: Scores
    famille: dict[int, float]
    voisins: Voisins
    ordre: list[int]

    def parts(self, moteur: Moteur, fiche: int) -> dict[str, float]:
        parts = moteur.parts(self.contenu, fiche)
        if self.listes:
            parts["mobilites_de_metiers_proches"] = self.listes[fiche]
            parts["mobilites_de_la_famille"] = self.famille.get(fiche, 0.0)
        return parts


def rank_by_content(
    profil: Profil, contenu: Contenu, count: int, allowed: Collection[int] | None = None
) -> Classement:
    """By content alone: no official list, of any fiche, is read."""
    order = _best(contenu.total, profil, count, allowed)
    return Classement(profil, contenu, contenu.total, [], {}, [], order)


def rank(
    moteur: Moteur,
    voisinage: Voisinage,
    profil: Profil,
    contenu: Contenu,
    count: int,
    hidden: Collection[int] = (),
    allowed: Collection[int] | None = None,
) -> Classement:
    """With the official lists of other fiches. Those of the profile's own past jobs are the official answer, shown
    as such elsewhere: they are never read here, nor the edges that lead back to it."""
    voisins = moteur.voisins(profil, contenu)
    listes = moteur.listes(voisins, hidden, themselves=not profil.origines)
    famille = moteur.famille(profil.origines, hidden)
    total = [a + b for a, b in zip(contenu.total, listes, strict=True)]
    for fiche, value in famille.items():
        total[fiche] += value
    best = _best(total, profil, count + len(voisinage.watched), allowed)
    first: list[int] = []
    later: list[int] = []
    for fiche in best:
        threshold = voisinage.threshold(fiche, hidden)
        too_far = threshold is not None and total[fiche] < threshold - ROUNDING
        (later if too_far else first).append(fiche)
    kept = first[: poids.PREMIERS]
    rest = sorted(first[poids.PREMIERS :] + later, key=lambda fiche: (-total[fiche], fiche))
    return Classement(profil, contenu, total, listes, famille, voisins, (kept + rest)[:count])


def _best(scores: Scores, profil: Profil, count: int, allowed: Collection[int] | None) -> list[int]:
    """The highest scores; equal scores in the order of the codes."""
    candidates = range(len(scores)) if allowed is None else sorted(allowed)
    wanted = heapq.nlargest(count + len(profil.origines), candidates, key=scores.__getitem__)
    return [fiche for fiche in wanted if fiche not in profil.origines][:count]
