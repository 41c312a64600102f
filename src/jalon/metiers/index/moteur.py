"""Resemblance between a profile and every fiche, and what the official lists of its neighbours add.

A profile is a person or a fiche: the same arithmetic serves both, so that what is measured on fiches is what
people get. Each score can be taken apart again, because a proposal must be explained.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from jalon.metiers.index import poids
from jalon.metiers.index.canal import Canal, Query
from jalon.metiers.index.faits import Faits

Scores = list[float]
Voisins = list[tuple[int, float]]


@dataclass
class Profil:
    """What is compared: features by channel, and the fiches that the person comes from (one, for a fiche)."""

    queries: Mapping[str, Query]
    origines: frozenset[int] = frozenset()
    # What the person ticked herself, by code_ogr; empty for a fiche.
    tenus: Mapping[str, float] = field(default_factory=dict)


@dataclass
class Echelle:
    """Roots of cosines (so that one very near fiche does not flatten the others), and their mean and deviation:
    `factor × root + shift` counts in standard deviations."""

    roots: Scores
    factor: float
    shift: float

    def __getitem__(self, fiche: int) -> float:
        return self.factor * self.roots[fiche] + self.shift


@dataclass
class Contenu:
    """Resemblance by content alone: no official list is read for it."""

    total: Scores
    echelles: dict[str, Echelle]
    niveau: float
    couverture: Scores


class Moteur:
    def __init__(self, canaux: Mapping[str, Canal], faits: Faits) -> None:
        self.canaux = canaux
        self.faits = faits
        self._zero = [0.0] * faits.size
        self._tete = [poids.TETE if head else 0.0 for head in faits.tete]

    def profil_of_fiche(self, fiche: int) -> Profil:
        queries = {name: canal.of_fiche(fiche) for name, canal in self.canaux.items()}
        return Profil(queries, frozenset((fiche,)))

    def contenu(self, profil: Profil) -> Contenu:
        found = {
            name: measure(canal.cosines(query), profil.origines)
            if (query := profil.queries.get(name))
            else Echelle(self._zero, 0.0, 0.0)
            for name, canal in self.canaux.items()
        }
        return self.combine(found, profil)

    def combine(self, found: dict[str, Echelle], profil: Profil) -> Contenu:
        faits = self.faits
        level = math.fsum(faits.niveau[origin] for origin in profil.origines) / max(len(profil.origines), 1)
        items, metier, mots = found["items"], found["metier"], found["mots"]
        by_items, by_metier = poids.ITEMS * items.factor, poids.METIER * metier.factor
        by_mots, by_level = poids.MOTS * mots.factor, poids.NIVEAU * level
        shift = poids.ITEMS * items.shift + poids.METIER * metier.shift + poids.MOTS * mots.shift
        total = [
            by_items * a + by_metier * b + by_mots * c + head + by_level * other + shift
            for a, b, c, head, other in zip(
                items.roots, metier.roots, mots.roots, self._tete, faits.niveau, strict=True
            )
        ]
        covered = self._zero
        if profil.tenus:
            covered = [poids.COUVERTURE * share for share in self.canaux["items"].coverage(profil.tenus)]
            total = [a + b for a, b in zip(total, covered, strict=True)]
        return Contenu(total, found, level, covered)

    def parts(self, contenu: Contenu, fiche: int) -> dict[str, float]:
        """The score by content of one fiche, taken apart."""
        return {
            "vos_competences": contenu.couverture[fiche],
            "competences": poids.ITEMS * contenu.echelles["items"][fiche],
            "mots_du_metier": poids.METIER * contenu.echelles["metier"][fiche],
            "mots_des_competences": poids.MOTS * contenu.echelles["mots"][fiche],
            "metier_repere": self._tete[fiche],
            "niveau": poids.NIVEAU * contenu.niveau * self.faits.niveau[fiche],
        }

    def voisins(self, profil: Profil, contenu: Contenu) -> Voisins:
        """The nearest fiches, the profile's own left out, as a unit vector: a vague profile is not louder."""
        nearness = self._nearness(profil, contenu)
        for origin in profil.origines:
            nearness[origin] = -math.inf
        nearest = heapq.nlargest(
            min(poids.VOISINS, len(nearness) - len(profil.origines)),
            range(len(nearness)),
            key=nearness.__getitem__,
        )
        if not nearest:
            return []
        top = nearness[nearest[0]]
        weights = [math.exp(nearness[fiche] - top) for fiche in nearest]
        norm = math.sqrt(math.fsum(weight * weight for weight in weights))
        return [(fiche, weight / norm) for fiche, weight in zip(nearest, weights, strict=True)]

    def _nearness(self, profil: Profil, contenu: Contenu) -> Scores:
        weighed = (
            ("items", poids.V_ITEMS),
            ("metier", poids.V_METIER),
            ("mots", poids.V_MOTS),
            ("contextes", poids.V_CONTEXTES),
            ("macros", poids.V_MACROS),
        )
        by = [weight * contenu.echelles[name].factor for name, weight in weighed]
        p, q, r, s, t = by
        u = poids.V_NIVEAU * contenu.niveau
        nearness = [
            p * a + q * b + r * c + s * d + t * e + u * f
            for a, b, c, d, e, f in zip(
                *(contenu.echelles[name].roots for name, _ in weighed), self.faits.niveau, strict=True
            )
        ]
        # Same domain, same family as where one comes from; nothing for a person without past job.
        faits = self.faits
        share = 1 / max(len(profil.origines), 1)
        for origin in profil.origines:
            domaine = faits.domaine[origin]
            for members, weight in (
                (faits.domaines[domaine], poids.V_DOMAINE),
                (faits.domaines[domaine[0]], poids.V_GRAND_DOMAINE),
                (faits.familles[faits.parent[origin]], poids.V_PARENT),
            ):
                for fiche in members:
                    nearness[fiche] += share * weight
        return nearness

    def listes(self, voisins: Voisins, hidden: Collection[int] = (), themselves: bool = False) -> Scores:
        """Where the official lists of the neighbours lead. A hidden list is as if it had never been written.
        `themselves`: a person without past job may simply do the nearest occupation."""
        found = [0.0] * self.faits.size
        lists = self.faits.listes
        for fiche, weight in voisins:
            weight *= poids.LISTES
            if themselves:
                found[fiche] += weight
            if fiche not in hidden:
                for target in lists[fiche]:
                    found[target] += weight
        return found

    def famille(self, origines: Collection[int], hidden: Collection[int] = ()) -> dict[int, float]:
        """Where the official lists of the same historical family lead."""
        found: dict[int, float] = {}
        for origin in sorted(origines):
            brothers = self.faits.fratrie(origin)
            for brother in brothers:
                if brother not in hidden:
                    for target in self.faits.listes[brother]:
                        found[target] = found.get(target, 0.0) + poids.FAMILLE / len(brothers) / len(origines)
        return found


def measure(cosines: Scores, left_out: Collection[int] = ()) -> Echelle:
    roots = list(map(math.sqrt, cosines))
    count = len(roots) - len(left_out)
    if count < 2:
        return Echelle(roots, 0.0, 0.0)
    mean = (sum(roots) - sum(roots[one] for one in left_out)) / count
    square = (sum(cosines) - sum(cosines[one] for one in left_out)) / count
    deviation = math.sqrt(max(square - mean * mean, 0.0))
    if deviation < 1e-9:
        return Echelle(roots, 0.0, 0.0)
    return Echelle(roots, 1 / deviation, -mean / deviation)
