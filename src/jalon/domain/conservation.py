"""Destruction at the term, and the two exceptions that the law allows (R. 6313-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.domain.jours import add_months, add_years
from jalon.domain.obstacle import Obstacle
from jalon.law import Law


@dataclass(frozen=True)
class Accord:
    """The beneficiary's written agreement. Without a length of its own, it runs as long as the law allows."""

    signe_le: date
    fonde_sur_suivi: bool
    duree_mois: int | None = None
    retire_le: date | None = None


@dataclass(frozen=True)
class Conservation:
    """Last days on which each thing may exist; None where nothing is kept."""

    destruction_travail_le: date
    synthese_jusqu_au: date | None
    documents_accord_jusqu_au: date | None
    refus: tuple[Obstacle, ...]


def plan_conservation(
    terme: date, law: Law, *, accord: Accord | None = None, demande_cep_le: date | None = None
) -> Conservation:
    """What dies and what may stay, under the law of the term's day."""
    longest = add_years(terme, law.bilan_competences.retention_exception_annees.value)
    refused_accord = agreement_refusals(accord, terme, law) if accord else ()
    late = late_cep_request(demande_cep_le, terme, law) if demande_cep_le else None
    kept = accord if accord and not refused_accord else None
    return Conservation(
        destruction_travail_le=terme + timedelta(days=law.bilan_competences.destruction_delai_jours.value),
        synthese_jusqu_au=longest if demande_cep_le and late is None else None,
        documents_accord_jusqu_au=_end_of(kept, terme, longest) if kept else None,
        refus=(*refused_accord, *((late,) if late else ())),
    )


def _end_of(accord: Accord, terme: date, longest: date) -> date:
    """An agreement may be shorter than the law, and is revocable at any time: then its documents die that day."""
    ends = [longest]
    if accord.duree_mois is not None:
        ends.append(add_months(terme, accord.duree_mois))
    if accord.retire_le is not None:
        ends.append(accord.retire_le)
    return min(ends)


def agreement_refusals(accord: Accord, terme: date, law: Law) -> tuple[Obstacle, ...]:
    """Why an agreement keeps nothing; all the reasons at once."""
    limit = law.bilan_competences.retention_exception_annees
    found = []
    if accord.signe_le > terme:
        found.append(
            Obstacle(
                "L’accord est signé après le terme : les documents devraient déjà être détruits.",
                limit.source,
                code="accord_apres_terme",
                field="signe_le",
            )
        )
    if not accord.fonde_sur_suivi:
        found.append(
            Obstacle(
                "L’accord n’est pas fondé sur la nécessité d’un suivi de la situation de la personne.",
                limit.source,
                code="accord_sans_suivi",
                field="fonde_sur_suivi",
            )
        )
    if accord.duree_mois is not None and accord.duree_mois > 12 * limit.value:
        found.append(
            Obstacle(
                f"L’accord dépasse la durée maximale de conservation, de {12 * limit.value} mois après le terme.",
                limit.source,
                code="duree_excessive",
                field="duree_mois",
            )
        )
    return tuple(found)


def late_cep_request(demande_cep_le: date, terme: date, law: Law) -> Obstacle | None:
    """Only a synthèse that still exists can be sent to the CEP operator."""
    if demande_cep_le <= terme:
        return None
    return Obstacle(
        "La demande de communication au conseil en évolution professionnelle est faite après le terme.",
        law.bilan_competences.retention_exception_annees.source,
        code="demande_apres_terme",
        field="demande_cep_le",
    )
