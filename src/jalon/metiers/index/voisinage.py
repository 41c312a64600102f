"""What is worth computing once, at the import: the neighbours of every fiche, and who is near the watched ones.

A few occupations (trainer, quality manager, shop manager) are in hundreds of official lists and would be proposed
to everybody. Such a one may be among the first ten of a profile only if few fiches are nearer to it. That rule must
forget a hidden list exactly: what is stored here rests on content alone, the lists are added when the rule is asked.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping

from jalon.metiers.index import poids
from jalon.metiers.index.canal import Canal, Table
from jalon.metiers.index.faits import Faits
from jalon.metiers.index.moteur import Moteur, Voisins, measure
from jalon.metiers.referentiel import Referentiel


def watched(faits: Faits) -> list[int]:
    least = poids.REPERE * faits.size
    return [fiche for fiche, sources in enumerate(faits.citee_par) if len(sources) >= max(least, 2)]


def pack_voisinage(referentiel: Referentiel, canaux: Mapping[str, Canal]) -> Iterator[tuple[str, bytes]]:
    faits = Faits.of_referentiel(referentiel)
    moteur = Moteur(canaux, faits)
    near = watched(faits)
    starts, fiches, weights = array("I", [0]), array("H"), array("f")
    columns = [array("f") for _ in near]
    tables = {name: Table(canal) for name, canal in canaux.items()}
    for fiche in range(faits.size):
        profil = moteur.profil_of_fiche(fiche)
        contenu = moteur.combine(
            {name: measure(table.row(fiche), profil.origines) for name, table in tables.items()}, profil
        )
        for other, weight in moteur.voisins(profil, contenu):
            fiches.append(other)
            weights.append(weight)
        starts.append(len(fiches))
        for column, target in zip(columns, near, strict=True):
            column.append(contenu.total[target])
    blocs = {
        "voisins.debuts": starts.tobytes(),
        "voisins.fiches": fiches.tobytes(),
        "voisins.poids": weights.tobytes(),
        "reperes.fiches": array("H", near).tobytes(),
        "reperes.contenu": b"".join(column.tobytes() for column in columns),
    }
    voisinage = Voisinage(moteur, blocs)
    blocs["reperes.seuils"] = array("f", (voisinage.threshold(target) or 0.0 for target in near)).tobytes()
    yield from blocs.items()


class Voisinage:
    """The stored neighbours, and the ceiling on the watched occupations."""

    def __init__(self, moteur: Moteur, blocs: Mapping[str, bytes]) -> None:
        self.moteur = moteur
        self._starts = _load("I", blocs, "voisins.debuts")
        self._fiches = _load("H", blocs, "voisins.fiches")
        self._weights = _load("f", blocs, "voisins.poids")
        self._watched = {fiche: rank for rank, fiche in enumerate(_load("H", blocs, "reperes.fiches"))}
        self._contenu = _load("f", blocs, "reperes.contenu")
        self._reverse: list[Voisins] | None = None
        plain = _load("f", blocs, "reperes.seuils") if "reperes.seuils" in blocs else ()
        self._thresholds = {
            (fiche, frozenset[int]()): value for fiche, value in zip(self._watched, plain, strict=False)
        }

    def of_fiche(self, fiche: int) -> Voisins:
        start, end = self._starts[fiche], self._starts[fiche + 1]
        return list(zip(self._fiches[start:end], self._weights[start:end], strict=True))

    @property
    def watched(self) -> list[int]:
        return list(self._watched)

    def threshold(self, target: int, hidden: Collection[int] = ()) -> float | None:
        """The score under which a watched occupation is too far to be among the first; None if it is not watched."""
        if target not in self._watched:
            return None
        faits = self.moteur.faits
        # Hidden lists that do not name the target change nothing to it.
        concerned = frozenset(hidden).intersection(faits.citee_par[target]) if hidden else frozenset()
        if len(faits.citee_par[target]) - len(concerned) < poids.REPERE * faits.size:
            return None
        asked = (target, concerned)
        if asked not in self._thresholds:
            scores = sorted(self._column(target, concerned), reverse=True)
            places = max(int(poids.PLAFOND * faits.size), 1)
            self._thresholds[asked] = scores[min(places, len(scores)) - 1]
        return self._thresholds[asked]

    def _column(self, target: int, hidden: frozenset[int]) -> list[float]:
        """The score that every other fiche gives to the target, by the same arithmetic as a profile's."""
        faits = self.moteur.faits
        start = self._watched[target] * faits.size
        column = list(self._contenu[start : start + faits.size])
        reverse = self._near_to()
        for source in faits.citee_par[target]:
            if source in hidden:
                continue
            for fiche, weight in reverse[source]:
                column[fiche] += poids.LISTES * weight
            brothers = faits.fratrie(source)
            for brother in brothers:
                column[brother] += poids.FAMILLE / len(brothers)
        del column[target]
        return column

    def _near_to(self) -> list[Voisins]:
        """For each fiche, those that have it as a neighbour."""
        if self._reverse is None:
            self._reverse = [[] for _ in range(self.moteur.faits.size)]
            for fiche in range(self.moteur.faits.size):
                for other, weight in self.of_fiche(fiche):
                    self._reverse[other].append((fiche, weight))
        return self._reverse


def _load(code: str, blocs: Mapping[str, bytes], name: str) -> array:
    values = array(code)
    values.frombytes(blocs[name])
    return values
