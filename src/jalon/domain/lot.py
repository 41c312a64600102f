"""Thousands of sheets at once, with NumPy (extra `calcul`). The same rules as one sheet, and tested to give the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jalon.domain.cotation import Bounds, EchelleCle
from jalon.domain.moments import Moments


def available() -> bool:
    try:
        import numpy  # noqa: F401
    except ModuleNotFoundError:
        return False
    return True


@dataclass(frozen=True)
class Colonnes:
    """Of one scale, a column each: prorated sums and means (NaN below the minimum), and answers counted."""

    sommes: Any
    n: Any
    moyennes: Any


def straighten(cle: EchelleCle, table: Any, places: Mapping[str, int], bounds: Bounds) -> Any:
    """The columns of one scale, reversed items turned. `table`: sheets × items, NaN where nothing was answered."""
    import numpy as np

    values = table[:, [places[item] for item in cle.items]]
    signs = np.array([-1.0 if item in cle.inverses else 1.0 for item in cle.items])
    shifts = np.array([sum(bounds[item]) if item in cle.inverses else 0.0 for item in cle.items])
    return values * signs + shifts


def score_many(cle: EchelleCle, table: Any, places: Mapping[str, int], bounds: Bounds) -> Colonnes:
    import numpy as np

    values = straighten(cle, table, places, bounds)
    there = ~np.isnan(values)
    n = there.sum(axis=1)
    sums = np.where(there, values, 0.0).sum(axis=1)
    enough = n >= max(cle.minimum, 1)
    divisor = np.where(enough, n, 1)
    return Colonnes(
        np.where(enough, sums * len(cle.items) / divisor, np.nan), n, np.where(enough, sums / divisor, np.nan)
    )


def out_of_range(table: Any, items: Sequence[str], bounds: Bounds) -> tuple[int, str] | None:
    """The first sheet, and its first item, whose answer is not a possible one."""
    import numpy as np

    low = np.array([bounds[item][0] for item in items])
    high = np.array([bounds[item][1] for item in items])
    wrong = (table < low) | (table > high)
    if not wrong.any():
        return None
    row, column = (int(place) for place in np.argwhere(wrong)[0])
    return row, items[column]


def moments_many(values: Any) -> Moments:
    """Of the complete rows of one scale."""
    import numpy as np

    complete = values[~np.isnan(values).any(axis=1)]
    n = len(complete)
    if not n:
        return Moments(0, (), ())
    means = complete.mean(axis=0)
    if n < 2:
        return Moments(n, tuple(means.tolist()), ())
    centred = complete - means
    covariances = centred.T @ centred / (n - 1)
    return Moments(n, tuple(means.tolist()), tuple(tuple(line) for line in covariances.tolist()))
