"""What reliability is computed from: how many complete sheets, the mean of each item, how items vary together.

Two ways to the same figures: plain Python here, and NumPy for thousands at once (`domain/lot.py`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[float | None]


@dataclass(frozen=True)
class Moments:
    n: int
    moyennes: tuple[float, ...]
    # With n − 1; empty when there are fewer than two complete sheets.
    covariances: tuple[tuple[float, ...], ...]


def moments(rows: Sequence[Row]) -> Moments:
    """Of the complete rows only: a sheet with a gap is left out whole."""
    complete = [row for row in rows if all(value is not None for value in row)]
    n = len(complete)
    if not n:
        return Moments(0, (), ())
    columns = [
        [float(value) for value in column if value is not None] for column in zip(*complete, strict=True)
    ]
    means = tuple(math.fsum(column) / n for column in columns)
    if n < 2:
        return Moments(n, means, ())
    centred = [[value - mean for value in column] for column, mean in zip(columns, means, strict=True)]
    size = len(columns)
    table = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i, size):
            table[i][j] = table[j][i] = math.fsum(map(_product, centred[i], centred[j])) / (n - 1)
    return Moments(n, means, tuple(tuple(line) for line in table))


def _product(a: float, b: float) -> float:
    return a * b
