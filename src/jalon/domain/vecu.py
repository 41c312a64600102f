"""The line of a life: what may be written on it, and where each thing stands on the scale of the years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled


class GenreVecu(Labelled):
    EMPLOI = "emploi", "Travail"
    FORMATION = "formation", "Études, formation"
    BENEVOLAT = "benevolat", "Bénévolat, engagement"
    FAMILLE = "famille", "Famille, proches"
    LIEU = "lieu", "Lieu de vie"
    LOISIR = "loisir", "Passion, loisir"
    RENCONTRE = "rencontre", "Rencontre"
    INTERRUPTION = "interruption", "Pause, chômage"
    SANTE = "sante", "Santé"
    AUTRE = "autre", "Autre chose"


class Ton(Labelled):
    AUCUN = "", "Sans le dire"
    PORTEUR = "porteur", "Cela m’a porté"
    MELE = "mele", "Les deux à la fois"
    DIFFICILE = "difficile", "Cela m’a pesé"


def vecu_obstacles(genre: str, debut: str, fin: str, *, accord: bool) -> list[Obstacle]:
    """Health is never asked; whoever chooses to write of it says that it is her own choice."""
    found = []
    if genre == GenreVecu.SANTE and not accord:
        found.append(
            Obstacle(
                "Rien n’oblige à parler de santé ici. Pour l’écrire quand même, cochez que c’est votre choix.",
                "RGPD, art. 9, 2, a",
                code="accord",
                field="accord",
            )
        )
    return found + periode_obstacles(debut, fin)


def periode_obstacles(debut: str, fin: str) -> list[Obstacle]:
    if debut and fin and end_of(fin) <= start_of(debut):
        return [
            Obstacle("La fin vient avant le début : corrigez l’une des deux dates.", code="fin", field="fin")
        ]
    return []


@dataclass(frozen=True)
class Moment:
    """`debut` and `fin` as people remember: a year, or a year and a month. `dure`: without an end, it goes on."""

    reference: str
    debut: str
    fin: str = ""
    dure: bool = False


@dataclass(frozen=True)
class Trait:
    """Where a moment stands, from 0 (the left end of the scale) to 1; None when it has no date. `point`: no length is known."""

    reference: str
    de: float | None
    a: float | None
    point: bool = False


@dataclass(frozen=True)
class Ligne:
    """`reperes`: the years written under the scale, each at its place."""

    traits: tuple[Trait, ...]
    reperes: tuple[tuple[int, float], ...]
    premiere: int = 0
    derniere: int = 0


# Years between two marks: the smallest step that leaves no more than six on the width of a phone.
_PAS = (1, 2, 5, 10, 20, 50)
_REPERES = 6


def draw(moments: Iterable[Moment], today: str) -> Ligne:
    """In time order, the undated ones last; `today` (`AAAA-MM`) ends what goes on."""
    ordered = in_order(moments)
    dated = [one for one in ordered if one.debut or one.fin]
    if not dated:
        return Ligne(tuple(Trait(one.reference, None, None) for one in ordered), ())
    spans = {one.reference: _span(one, today) for one in dated}
    first = int(min(start for start, _ in spans.values()))
    last = -int(-max(end for _, end in spans.values()) // 1)
    width = max(1, last - first)
    return Ligne(
        tuple(_trait(one, spans.get(one.reference), first, width) for one in ordered),
        tuple((year, (year - first) / width) for year in _years(first, last)),
        first,
        last,
    )


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    return sorted(
        moments, key=lambda one: (not (one.debut or one.fin), start_of(one.debut or one.fin or "9999"))
    )


def _span(one: Moment, today: str) -> tuple[float, float]:
    start = start_of(one.debut or one.fin)
    if one.fin:
        return start, max(start, end_of(one.fin))
    if one.dure:
        return start, max(start, end_of(today))
    return start, start


def _trait(one: Moment, span: tuple[float, float] | None, first: int, width: int) -> Trait:
    if span is None:
        return Trait(one.reference, None, None)
    start, end = span
    return Trait(one.reference, (start - first) / width, (end - first) / width, point=end == start)


def _years(first: int, last: int) -> Sequence[int]:
    step = next((step for step in _PAS if (last - first) / step < _REPERES), _PAS[-1])
    return range(-(-first // step) * step, last + 1, step)


def start_of(text: str) -> float:
    """«2012» begins in January, «2012-09» in September."""
    year, _, month = text.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def end_of(text: str) -> float:
    """«2012» lasts until its December included."""
    year, _, month = text.partition("-")
    return int(year) + int(month) / 12 if month else int(year) + 1.0
