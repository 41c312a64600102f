"""Score one sheet: sums with reversed items, prorated when enough items were answered. Ipsative reading only: no norm here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class EchelleCle:
    """The key of one scale: its items in order, those that count backwards, and how many answers it needs."""

    code: str
    items: Sequence[str]
    inverses: frozenset[str]
    minimum: int


@dataclass(frozen=True)
class Note:
    """`somme` is prorated to all items (None below the minimum); `moyenne` is per item, on the scale of the answers."""

    code: str
    somme: float | None
    n: int
    moyenne: float | None


def score(cle: EchelleCle, answers: Mapping[str, int | None], bounds: Mapping[str, tuple[int, int]]) -> Note:
    """`bounds`: lowest and highest value of each item. A reversed item counts low + high − answer."""
    values = []
    for item in cle.items:
        value = answers.get(item)
        if value is None:
            continue
        low, high = bounds[item]
        if not low <= value <= high:
            raise ValueError(f"answer out of range for {item!r}")
        values.append(low + high - value if item in cle.inverses else value)
    n = len(values)
    if n < cle.minimum or not n:
        return Note(cle.code, None, n, None)
    mean = sum(values) / n
    return Note(cle.code, mean * len(cle.items), n, mean)


def rank(notes: Sequence[Note]) -> list[Note]:
    """The person's own order, highest first; scales without a value come last."""
    return sorted(notes, key=lambda note: (note.moyenne is None, -(note.moyenne or 0), note.code))
