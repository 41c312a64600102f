"""Norms: where a score stands in a named sample, for whoever loaded one. No norm is shipped, none is invented.

A *percentile rank* is the share of the sample below a score (half of those equal to it counted); a *percentile* is the
score below which a share lies. They are two things, and both are given.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jalon.domain.probabilites import normal_below, normal_quantile


@dataclass(frozen=True)
class Norme:
    """One scale of a norm table: a mean and a standard deviation, or `rangs`: scores with their percentile ranks, or both."""

    code: str
    moyenne: float | None = None
    ecart_type: float | None = None
    rangs: tuple[tuple[float, float], ...] = ()
    fidelite: float | None = None


@dataclass(frozen=True)
class NoteEtalonnee:
    z: float
    t: float
    sten: int
    stanine: int
    rang_percentile: float
    # Standard error of the score, when the table says the reliability of its sample.
    erreur: float | None


def standardise(note: float, norme: Norme) -> NoteEtalonnee | None:
    """z from the mean and standard deviation, or through the table's percentile ranks (normalised) when it has no others."""
    table = rank_in_table(note, norme.rangs) if norme.rangs else None
    if norme.moyenne is not None and norme.ecart_type:
        z = (note - norme.moyenne) / norme.ecart_type
    elif table is not None:
        # The ends of a table are not certainties: one in a thousand is as far as a normalised score goes.
        z = normal_quantile(min(max(table, 0.1), 99.9) / 100)
    else:
        return None
    rank = table if table is not None else 100 * normal_below(z)
    error = None
    if norme.ecart_type and norme.fidelite is not None and norme.fidelite <= 1:
        error = norme.ecart_type * math.sqrt(1 - norme.fidelite)
    return NoteEtalonnee(z, 50 + 10 * z, sten(z), stanine(z), rank, error)


def sten(z: float) -> int:
    """Halves go to the even side, as R and Python round."""
    return min(10, max(1, round(5.5 + 2 * z)))


def stanine(z: float) -> int:
    return min(9, max(1, round(5 + 2 * z)))


def percentile_rank(sample: Sequence[float], note: float) -> float:
    ordered = sorted(sample)
    below, upto = bisect_left(ordered, note), bisect_right(ordered, note)
    return 100 * (below + (upto - below) / 2) / len(ordered)


def percentile(sample: Sequence[float], share: float) -> float:
    """Linear between order statistics (Hyndman & Fan's type 7, the default of R and NumPy)."""
    ordered = sorted(sample)
    place = (len(ordered) - 1) * share / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def rank_in_table(note: float, rangs: Sequence[tuple[float, float]]) -> float:
    """Linear between two lines of the table; beyond its ends, the end's own rank."""
    if note <= rangs[0][0]:
        return rangs[0][1]
    for (low, low_rank), (high, high_rank) in pairwise(rangs):
        if note <= high:
            return low_rank + (high_rank - low_rank) * (note - low) / (high - low)
    return rangs[-1][1]
