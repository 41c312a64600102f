"""What a parcours is made of: phases (R. 6313-4), natures of time, and lines whose sums are computed, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Labelled(StrEnum):
    """A code's word with its French label beside it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Phase(Labelled):
    PRELIMINAIRE = "preliminaire", "Phase préliminaire"
    INVESTIGATION = "investigation", "Phase d’investigation"
    CONCLUSIONS = "conclusions", "Phase de conclusions"
    SUIVI = "suivi", "Suivi"


class Nature(Labelled):
    ACCOMPAGNEMENT = "accompagnement", "Entretien"
    TRAVAIL_PERSONNEL = "travail_personnel", "Travail personnel"
    SUIVI = "suivi", "Entretien de suivi"


class TypeAction(Labelled):
    """A bilan of L. 6313-1 2°, or a service outside the legal frame, which can never borrow its name (droit.md 7.6)."""

    BILAN = "bilan", "Bilan de compétences"
    HORS_CADRE = "hors_cadre", "Bilan professionnel d’orientation, hors du cadre légal"


LEGAL_PHASES = (Phase.PRELIMINAIRE, Phase.INVESTIGATION, Phase.CONCLUSIONS)


@dataclass(frozen=True)
class Ligne:
    """`nombre` moments of `minutes` each, in one phase."""

    phase: Phase
    nature: Nature
    nombre: int
    minutes: int
    collectif: bool = False

    @property
    def total(self) -> int:
        return self.nombre * self.minutes


@dataclass(frozen=True)
class Heures:
    """Minutes of one bilan, in the three counters of the law's reading (droit.md 4.4)."""

    accompagnement: int = 0
    travail_personnel: int = 0
    suivi: int = 0

    @property
    def total(self) -> int:
        """What counts against the 24 hours: everything but the follow-up, which comes after the term."""
        return self.accompagnement + self.travail_personnel


def sum_lignes(lignes: Iterable[Ligne]) -> Heures:
    totals = dict.fromkeys(Nature, 0)
    for ligne in lignes:
        totals[ligne.nature] += ligne.total
    return Heures(totals[Nature.ACCOMPAGNEMENT], totals[Nature.TRAVAIL_PERSONNEL], totals[Nature.SUIVI])
