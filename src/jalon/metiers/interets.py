"""The six letters of interests, beside the matching and never in it: they answer another question.

ROME gives one or two letters, so that 44 occupations tie on average. The six numbers below are Jalon's own, made
half of the official letters and half of the letters of the macro-compétences: they are not validated, and a page
that shows them must say so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jalon.metiers.referentiel import COMPETENCE, Item

LETTERS = "RIASEC"
MAJOR, MINOR = 2 / 3, 1 / 3
NOTICE = (
    "Profil en six nombres calculé par Jalon à partir des lettres officielles et de celles des compétences : "
    "il n’est pas validé et sert seulement à ranger."
)


def profile_of(letters: str, items: Sequence[Item], of_ogr: Mapping[str, Item]) -> tuple[float, ...] | None:
    """Six shares in the order RIASEC, or nothing when no letter is known."""
    by_items = [0.0] * 6
    for item in items:
        macro = of_ogr.get(item.groupe) if item.nature == COMPETENCE else item
        if macro is not None and macro.riasec:
            _add(by_items, macro.riasec)
    official = [0.0] * 6
    _add(official, letters)
    parts = [_shares(part) for part in (by_items, official) if any(part)]
    if not parts:
        return None
    return tuple(sum(values) / len(parts) for values in zip(*parts, strict=True))


def correlation(person: Mapping[str, float], occupation: Sequence[float]) -> float | None:
    """Pearson r of the person's six scores with the occupation's; a flat profile has none."""
    mine = [float(person[letter]) for letter in LETTERS]
    mean, other = sum(mine) / 6, sum(occupation) / 6
    a = [value - mean for value in mine]
    b = [value - other for value in occupation]
    size = math.sqrt(math.fsum(x * x for x in a) * math.fsum(x * x for x in b))
    if size < 1e-12:
        return None
    return math.fsum(x * y for x, y in zip(a, b, strict=True)) / size


def _add(profile: list[float], letters: str) -> None:
    known = [letter for letter in letters if letter in LETTERS]
    for letter, weight in zip(known, (MAJOR, MINOR) if len(known) > 1 else (1.0,), strict=False):
        profile[LETTERS.index(letter)] += weight


def _shares(profile: Sequence[float]) -> list[float]:
    whole = sum(profile)
    return [value / whole for value in profile]
