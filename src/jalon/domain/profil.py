"""Read a profile without saying more than it knows: which scales stand out, which cannot be told apart, what a code of letters is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# What a person is shown: nineteen times out of twenty.
CONFIANCE = 0.95


@dataclass(frozen=True)
class Mesure:
    """One scale as it is compared: `erreur` is the standard error of `valeur`, None when it is not known."""

    code: str
    valeur: float
    erreur: float | None = None


@dataclass(frozen=True)
class Niveau:
    """Scales that this sheet cannot tell apart from the first of them."""

    codes: tuple[str, ...]


def distinct(a: Mesure, b: Mesure, quantile: float) -> bool:
    """Whether the difference is larger than the error of a difference. Two unknown errors tell nothing apart."""
    if a.erreur is None or b.erreur is None:
        return False
    return abs(a.valeur - b.valeur) > quantile * (a.erreur**2 + b.erreur**2) ** 0.5


def levels(mesures: Sequence[Mesure], quantile: float) -> list[Niveau]:
    """Highest first, cut where a scale is surely below the first one of its level."""
    ordered = sorted(mesures, key=lambda m: (-m.valeur, m.code))
    found: list[list[Mesure]] = []
    for mesure in ordered:
        if found and not distinct(found[-1][0], mesure, quantile):
            found[-1].append(mesure)
        else:
            found.append([mesure])
    return [Niveau(tuple(m.code for m in level)) for level in found]


class Pole(StrEnum):
    BAS = "bas"
    ENTRE = "entre"
    HAUT = "haut"


def pole(valeur: float, demi_bande: float | None, bas: float, haut: float) -> Pole:
    """Of a scale with two ends: the side only when the whole band lies on it, else between the two."""
    middle = (bas + haut) / 2
    if demi_bande is None or abs(valeur - middle) <= demi_bande:
        return Pole.ENTRE
    return Pole.HAUT if valeur > middle else Pole.BAS


def differentiation(profile: Mapping[str, float]) -> float | None:
    """Holland 1973: the highest minus the lowest."""
    return max(profile.values()) - min(profile.values()) if profile else None


def differentiation_iachan(profile: Mapping[str, float]) -> float | None:
    """Iachan 1984: x1 − (x2 + x4) / 2 of the ordered scores."""
    ordered = sorted(profile.values(), reverse=True)
    return ordered[0] - (ordered[1] + ordered[3]) / 2 if len(ordered) >= 4 else None
