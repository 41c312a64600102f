"""Score one sheet: sums with reversed items, prorated when enough items were answered; the person's own order, and its uncertainty.

Ipsative reading: scales are compared with each other on one sheet, never with other people. A norm is another file's affair
(`domain/etalonnage.py`), and only where one was loaded.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalon.domain.probabilites import student_quantile


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


Answers = Mapping[str, float | None]
Bounds = Mapping[str, tuple[float, float]]


def straightened(cle: EchelleCle, answers: Answers, bounds: Bounds) -> list[float]:
    """What counts for this scale, in its direction. A reversed item counts low + high − answer."""
    values = []
    for item in cle.items:
        value = answers.get(item)
        if value is None:
            continue
        low, high = bounds[item]
        if not low <= value <= high:
            raise ValueError(f"answer out of range for {item!r}")
        values.append(low + high - value if item in cle.inverses else value)
    return values


def score(cle: EchelleCle, answers: Answers, bounds: Bounds) -> Note:
    """`bounds`: lowest and highest value of each item."""
    values = straightened(cle, answers, bounds)
    n = len(values)
    if n < cle.minimum or not n:
        return Note(cle.code, None, n, None)
    total = sum(values)
    return Note(cle.code, total * len(cle.items) / n, n, total / n)


def rank(notes: Sequence[Note]) -> list[Note]:
    """The person's own order, highest first; scales without a value come last."""
    return sorted(notes, key=lambda note: (note.moyenne is None, -(note.moyenne or 0), note.code))


def ranks(values: Sequence[float]) -> list[float]:
    """1 for the highest; equal values share the mean of their ranks."""
    return [
        sum(other > value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


# Variance of an answer that had to be a whole step.
_ROUNDING = 1 / 12


@dataclass(frozen=True)
class Imprecision:
    """How unsure the means of one sheet are, from that sheet alone."""

    variance: float
    degres: int

    def standard_error(self, n: int) -> float:
        """Of the mean of a scale with `n` answers."""
        return math.sqrt(self.variance / n)

    def half_band(self, n: int, confiance: float) -> float:
        return student_quantile((1 + confiance) / 2, self.degres) * self.standard_error(n)


def imprecision(cles: Sequence[EchelleCle], answers: Answers, bounds: Bounds) -> Imprecision | None:
    """The person's own scatter around her scale means, pooled over the scales of one answer format.

    Conditional error variance of generalizability theory (Brennan 1998, Applied Psychological Measurement 22, 307-331): it needs
    neither a sample nor a norm. Never below what rounding to whole steps already costs. None when one answer a scale leaves nothing to estimate it from.
    """
    squares, degrees = 0.0, 0
    for cle in cles:
        values = straightened(cle, answers, bounds)
        if len(values) > 1:
            mean = sum(values) / len(values)
            squares += math.fsum((value - mean) ** 2 for value in values)
            degrees += len(values) - 1
    return Imprecision(max(squares / degrees, _ROUNDING), degrees) if degrees else None
