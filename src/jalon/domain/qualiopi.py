"""The quality certificate: which indicators concern a bilan, and the dates of the cycle (R. 6316-1, droit.md 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalon.domain.jours import DAY, add_months, add_years
from jalon.law import Law


@dataclass(frozen=True)
class Referentiel:
    """The référentiel of the audit's day."""

    nom: str
    total: int
    applicables: tuple[int, ...]
    sans_objet: tuple[int, ...]


def referentiel(law: Law, *, sous_traitance: bool = True) -> Referentiel:
    """Chosen by the day of the audit, not by the day of the bilans that it looks at."""
    quality = law.qualite
    spared = () if sous_traitance else quality.indicateurs_sous_traitance.value
    applicables = tuple(number for number in quality.indicateurs_bilan.value if number not in spared)
    total = quality.total_indicateurs.value
    others = tuple(number for number in range(1, total + 1) if number not in applicables)
    return Referentiel(quality.referentiel.value, total, applicables, others)


@dataclass(frozen=True)
class Cycle:
    surveillance_du: date
    surveillance_au: date
    expire_le: date


def cycle(obtenu_le: date, law: Law) -> Cycle:
    """When the surveillance audit may take place, and the last day of the certificate."""
    quality = law.qualite
    return Cycle(
        add_months(obtenu_le, quality.surveillance_debut_mois.value),
        add_months(obtenu_le, quality.surveillance_fin_mois.value),
        add_years(obtenu_le, quality.certificat_annees.value) - DAY,
    )
