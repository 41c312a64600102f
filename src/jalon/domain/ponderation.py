"""Projects compared by the person's own criteria: a weight, a mark, and the whole computation under her eyes.

A criterion counts only when every project has its mark: a blank is no zero. A total decides nothing; what would change the first
place says more than the total does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

POIDS_MAX = NOTE_MAX = 5


@dataclass(frozen=True)
class Critere:
    """`notes`: the marks that were given, by project."""

    nom: str
    poids: int
    notes: Mapping[str, int]


@dataclass(frozen=True)
class Ligne:
    critere: str
    poids: int
    note: int

    @property
    def points(self) -> int:
        return self.poids * self.note


@dataclass(frozen=True)
class Total:
    projet: str
    lignes: tuple[Ligne, ...]

    @property
    def points(self) -> int:
        return sum(ligne.points for ligne in self.lignes)


@dataclass(frozen=True)
class Bascule:
    """One thing changed alone after which the first place is no longer the same. `projet`: whose mark it is; empty for a weight."""

    critere: str
    de: int
    a: int
    premiers: tuple[str, ...]
    projet: str = ""


@dataclass(frozen=True)
class Pesee:
    """`totaux`: highest first. `muets`: criteria left out, with the projects that have no mark there."""

    totaux: tuple[Total, ...]
    maximum: int
    muets: tuple[tuple[str, tuple[str, ...]], ...]
    poids: tuple[Bascule, ...]
    notes: tuple[Bascule, ...]

    @property
    def premiers(self) -> tuple[str, ...]:
        return _first({total.projet: total.points for total in self.totaux})


def weigh(projets: Sequence[str], criteres: Sequence[Critere]) -> Pesee:
    """`projets`: their references, in the order in which equal ones are shown."""
    whole = [one for one in criteres if all(p in one.notes for p in projets)]
    muets = tuple(
        (one.nom, tuple(p for p in projets if p not in one.notes)) for one in criteres if one not in whole
    )
    totals = (
        [Total(p, tuple(Ligne(one.nom, one.poids, one.notes[p]) for one in whole)) for p in projets]
        if whole
        else []
    )
    totals.sort(key=lambda total: -total.points)
    compared = whole if len(projets) > 1 else []
    return Pesee(
        tuple(totals),
        sum(one.poids for one in whole) * NOTE_MAX,
        muets,
        tuple(_weights(projets, compared)),
        tuple(_marks(projets, compared)),
    )


def _scores(projets: Sequence[str], criteres: Sequence[Critere]) -> dict[str, int]:
    return {p: sum(one.poids * one.notes[p] for one in criteres) for p in projets}


def _first(scores: Mapping[str, int]) -> tuple[str, ...]:
    best = max(scores.values(), default=0)
    return tuple(p for p, points in scores.items() if points == best)


def _weights(projets: Sequence[str], criteres: Sequence[Critere]) -> list[Bascule]:
    """For each criterion the nearest weight, lower and higher, that changes who comes first."""
    scores = _scores(projets, criteres)
    before = set(_first(scores))
    found = []
    for one in criteres:
        for way in (range(one.poids - 1, -1, -1), range(one.poids + 1, POIDS_MAX + 1)):
            for weight in way:
                moved = {p: points + (weight - one.poids) * one.notes[p] for p, points in scores.items()}
                first = _first(moved)
                if set(first) != before:
                    found.append(Bascule(one.nom, one.poids, weight, first))
                    break
    return sorted(found, key=lambda b: abs(b.a - b.de))


def _marks(projets: Sequence[str], criteres: Sequence[Critere]) -> list[Bascule]:
    """The marks of which a single point, more or less, changes who comes first."""
    scores = _scores(projets, criteres)
    before = set(_first(scores))
    found = []
    for one in criteres:
        for p in projets:
            for mark in (one.notes[p] - 1, one.notes[p] + 1):
                if not 0 <= mark <= NOTE_MAX:
                    continue
                first = _first(scores | {p: scores[p] + one.poids * (mark - one.notes[p])})
                if set(first) != before:
                    found.append(Bascule(one.nom, one.notes[p], mark, first, p))
    return found


def say_totals(pesee: Pesee, noms: Mapping[str, str]) -> str:
    """Who comes first, and by how much: in words, and never as a verdict."""
    if len(pesee.totaux) < 2:
        return ""
    first = pesee.premiers
    if len(first) > 1:
        return f"{_named(first, noms)} arrivent à égalité, avec {_points(pesee.totaux[0].points)}."
    gap = pesee.totaux[0].points - pesee.totaux[1].points
    return f"Sur ces critères, {_named(first, noms)} arrive devant {_named((pesee.totaux[1].projet,), noms)}, de {_points(gap)}."


def say_change(bascule: Bascule, pesee: Pesee, noms: Mapping[str, str]) -> str:
    """«L’ordre change si …»."""
    if bascule.projet:
        cause = (
            f"vous mettez {bascule.a} au lieu de {bascule.de} à {_named((bascule.projet,), noms)} "
            f"pour « {bascule.critere} »"
        )
    elif bascule.a == 0:
        cause = f"« {bascule.critere} » ne compte plus"
    else:
        cause = f"« {bascule.critere} » compte pour {bascule.a} au lieu de {bascule.de}"
    return f"L’ordre change si {cause} : {_then(bascule.premiers, pesee.premiers, noms)}."


def _then(after: Sequence[str], before: Sequence[str], noms: Mapping[str, str]) -> str:
    if len(after) > 1:
        return f"{_named(after, noms)} arrivent à égalité"
    if set(after) <= set(before):
        return f"{_named(after, noms)} arrive seul en tête"
    return f"{_named(after, noms)} passe devant"


def _named(projets: Sequence[str], noms: Mapping[str, str]) -> str:
    told = [f"« {noms.get(p, p)} »" for p in projets]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} et {told[-1]}"


def _points(count: int) -> str:
    return f"{count} point" if count < 2 else f"{count} points"
