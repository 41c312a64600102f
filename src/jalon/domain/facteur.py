"""One common factor by maximum likelihood, in plain Python: what McDonald's omega needs."""

import math
from collections.abc import Sequence

_ENOUGH = 1e-12
# A matrix that has no clear factor is given up rather than searched for ever.
_LIMIT = 1_500
_POWERS = 4


def one_factor(covariances: Sequence[Sequence[float]]) -> tuple[list[float], list[float]] | None:
    """Loadings and unique variances on the scale of the items, or None: no solution inside the admissible ones (Heywood case).

    Lawley's fixed point: for given unique variances the loadings are those of the first principal axis of the matrix that
    they scale; the unique variances are then what the factor leaves of each variance.
    """
    size = len(covariances)
    spread = [math.sqrt(covariances[i][i]) if covariances[i][i] > 0 else 0.0 for i in range(size)]
    if size < 3 or not all(spread):
        return None
    r = [[covariances[i][j] / (spread[i] * spread[j]) for j in range(size)] for i in range(size)]
    unique = [0.5] * size
    axis = [1 / math.sqrt(size)] * size
    for _ in range(_LIMIT):
        scale = [math.sqrt(u) for u in unique]
        first, axis = _first_axis(
            [[r[i][j] / (scale[i] * scale[j]) for j in range(size)] for i in range(size)], axis
        )
        if first <= 1:
            return None
        strength = math.sqrt(first - 1)
        loadings = [scale[i] * axis[i] * strength for i in range(size)]
        left = [1 - load * load for load in loadings]
        if min(left) <= 1e-6:
            return None
        moved = max(abs(a - b) for a, b in zip(left, unique, strict=True))
        unique = left
        if moved < _ENOUGH:
            sign = 1 if sum(loadings) >= 0 else -1
            return [sign * load * s for load, s in zip(loadings, spread, strict=True)], [
                u * s * s for u, s in zip(unique, spread, strict=True)
            ]
    return None


def _first_axis(matrix: list[list[float]], start: list[float]) -> tuple[float, list[float]]:
    """Nearer to the largest eigenvalue and its axis, by a few powers of the matrix from where the last search ended."""
    axis, value = start, 0.0
    for _ in range(_POWERS):
        moved = [sum(map(_times, line, axis)) for line in matrix]
        value = math.sqrt(sum(x * x for x in moved))
        if not value:
            return 0.0, axis
        axis = [x / value for x in moved]
    return value, axis


def _times(a: float, b: float) -> float:
    return a * b
