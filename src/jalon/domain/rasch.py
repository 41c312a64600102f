"""Exercises of known difficulty: estimate where a person succeeds one time in two, choose the next exercise, know when to stop.

Rasch's model. Difficulties are declared with each instrument, by construction and provisionally: nothing here is a norm, and a
position is read only against the exercises themselves.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

_STEP = 0.2


@dataclass(frozen=True)
class Estimation:
    """`theta` in logits, on the scale of the difficulties; `erreur` is the standard deviation that remains."""

    theta: float
    erreur: float


@dataclass(frozen=True)
class Arret:
    """When enough was asked: as sure as `erreur`, or `maximum` exercises; never before `minimum`."""

    erreur: float
    minimum: int
    maximum: int


def probability(theta: float, difficulte: float) -> float:
    return 1 / (1 + math.exp(difficulte - theta))


def information(theta: float, difficulte: float) -> float:
    p = probability(theta, difficulte)
    return p * (1 - p)


@cache
def _grid(spread: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    reach = round(5 * spread / _STEP)
    points = tuple(i * _STEP for i in range(-reach, reach + 1))
    return points, tuple(math.exp(-0.5 * (x / spread) ** 2) for x in points)


@cache
def _curve(difficulte: float, juste: bool, spread: float) -> tuple[float, ...]:
    points, _ = _grid(spread)
    return tuple(probability(x, difficulte) if juste else 1 - probability(x, difficulte) for x in points)


def estimate(answers: Iterable[tuple[float, bool]], etendue: float) -> Estimation:
    """Mean and deviation of what the answers leave plausible (EAP), from a wide start centred on 0, of deviation `etendue`.

    `answers`: the difficulty of each exercise, and whether it was solved.
    """
    points, weights = _grid(etendue)
    left: Sequence[float] = weights
    for difficulte, juste in answers:
        left = [a * b for a, b in zip(left, _curve(difficulte, juste, etendue), strict=True)]
    whole = math.fsum(left)
    theta = math.fsum(map(_product, points, left)) / whole
    variance = math.fsum((x - theta) ** 2 * w for x, w in zip(points, left, strict=True)) / whole
    return Estimation(theta, math.sqrt(variance))


def _product(a: float, b: float) -> float:
    return a * b


def next_item(theta: float, pool: Sequence[tuple[str, float]]) -> str | None:
    """The exercise that tells most there; among equals the first of the pool. None when the pool is empty."""
    if not pool:
        return None
    return min(pool, key=lambda item: round(abs(item[1] - theta), 9))[0]


def is_enough(found: Estimation, answered: int, arret: Arret) -> bool:
    return answered >= arret.maximum or (answered >= arret.minimum and found.erreur <= arret.erreur)
