"""What each route demands before a bilan may start: rules of the lifecycle, each an obstacle or nothing."""

from __future__ import annotations

from datetime import date

from jalon.domain.cpf import Financeur
from jalon.domain.depart import CONTRACT, PLATFORM, TRIPARTITE, earliest_start, read_retractation, source_of
from jalon.domain.engagement import ACCORD, CONVENTION, CPF, EngagementFacts
from jalon.domain.faits import Etat, Facts
from jalon.domain.financement import Financement
from jalon.domain.francais import jour_complet
from jalon.domain.obstacle import Obstacle, Severity
from jalon.domain.parcours import TypeAction
from jalon.law import Law

CERTIFICATION = "Code du travail, art. L. 6316-1"
SETTLED = "Code du travail, art. L. 6353-1 et L. 6353-3"
# Public or pooled money: paid only to a certified organisme.
CERTIFIED_ONLY = frozenset({*CPF, Financement.FRANCE_TRAVAIL, Financement.OPCO, Financement.AGEFIPH})


def _of(facts: Facts) -> EngagementFacts | None:
    """Settled for this route, or not at all."""
    found = facts.engagement
    return found if found is not None and found.voie == facts.financement else None


def engagement_regle(facts: Facts, law: Law, day: date) -> Obstacle | None:
    found = _of(facts)
    if found is None or found.prix is None:
        return Obstacle(
            "Le financement n’est pas réglé : dites le prix et ce que paie chacun, dans la page « Financement » du dossier.",
            SETTLED,
            code="engagement",
        )
    return None


def certificat_valable(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-35: on the very day of the start, not only when the dossier was opened."""
    found = _of(facts)
    if (
        found is None
        or facts.type_action != TypeAction.BILAN
        or facts.financement not in CERTIFIED_ONLY
        or not law.qualite.certification_requise.value
        or found.certified_on(day)
    ):
        return None
    return Obstacle(
        f"Aucun certificat valable pour les bilans de compétences le {jour_complet(day)} : ce financeur ne pourrait "
        "pas payer. Notez le nouveau certificat dans les réglages.",
        CERTIFICATION,
        code="certification",
    )


def commande_confirmee(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """D. 6353-1 III: on the platform, the confirmed order stands for the convention."""
    found = _of(facts)
    if found is None or found.voie not in CPF or found.cpf_acceptation_le is not None:
        return None
    return Obstacle(
        "La commande n’est pas confirmée sur Mon Compte Formation : rien n’engage encore la personne ni le cabinet.",
        PLATFORM,
        code="cpf_commande",
    )


def onze_jours_passes(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-24."""
    found = _of(facts)
    if found is None or found.voie not in CPF or found.cpf_proposition_le is None:
        return None
    depart = earliest_start(found, facts.type_action, law, day)
    first = depart.premier_jour or depart.au_mieux
    if first is None or day >= first:
        return None
    return Obstacle(
        f"Le premier jour possible est le {jour_complet(first)}. {depart.raison}",
        depart.source,
        code="cpf_onze_jours",
    )


def convention_conclue(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-13: three signatures; silence of the employee is a refusal, so nothing stands for them."""
    found = _of(facts)
    if found is None or found.voie not in CONVENTION or found.conclu_le is not None:
        return None
    return Obstacle(
        "La convention n’est pas signée par toutes les parties : rien ne commence avant.",
        TRIPARTITE,
        code="convention",
    )


def contrat_conclu(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-28."""
    found = _of(facts)
    if found is None or found.voie != Financement.PERSONNEL or found.conclu_le is not None:
        return None
    source = CONTRACT if facts.type_action == TypeAction.BILAN else "Code de la consommation, art. L. 221-13"
    return Obstacle(
        "Le contrat avec la personne n’est pas signé : il précède tout paiement et tout début.",
        source,
        code="contrat",
    )


def contrat_non_retracte(facts: Facts, law: Law, day: date) -> Obstacle | None:
    found = _of(facts)
    if found is None or found.retracte_le is None:
        return None
    return Obstacle(
        f"La personne a renoncé au contrat le {jour_complet(found.retracte_le)} : il ne vaut plus. Un nouveau contrat, "
        "ou un autre financement, est nécessaire.",
        source_of(found, facts.type_action),
        code="retracte",
    )


def retractation_passee(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """BC-29 and BC-32: before the end of the period, only at her express request."""
    found = _of(facts)
    if (
        found is None
        or found.voie != Financement.PERSONNEL
        or found.conclu_le is None
        or found.demande_expresse
    ):
        return None
    period = read_retractation(found, facts.type_action, found.conclu_le)
    if period is None or day > period.dernier_jour:
        return None
    return Obstacle(
        f"La personne peut renoncer jusqu’au {jour_complet(period.dernier_jour)} inclus. Pour commencer avant, elle le "
        "demande expressément depuis son espace ; ce choix n’appartient qu’à elle.",
        source_of(found, facts.type_action),
        code="retractation",
    )


def accords_recus(facts: Facts, law: Law, day: date) -> Obstacle | None:
    """Starting without the funder's agreement is no offence: it is a risk, told and taken with a reason."""
    found = _of(facts)
    if found is None or found.voie not in ACCORD:
        return None
    own = {Financeur.PERSONNE, Financeur.CPF}
    if found.voie != Financement.AGENT_PUBLIC:
        # Elsewhere the employer agrees by signing the convention.
        own.add(Financeur.EMPLOYEUR)
    waiting = [p.nom or p.payeur.label for p in found.parts if p.payeur not in own and p.accord_le is None]
    if not waiting:
        return None
    return Obstacle(
        f"Accord de prise en charge non reçu : {', '.join(dict.fromkeys(waiting))}. Sans lui, ce financeur peut ne rien payer.",
        "Accord de prise en charge",
        Severity.WARN,
        code="accord",
    )


ENGAGEMENT_RULES = (
    engagement_regle,
    certificat_valable,
    commande_confirmee,
    onze_jours_passes,
    convention_conclue,
    contrat_conclu,
    contrat_non_retracte,
    retractation_passee,
    accords_recus,
)


def engagement_obstacles(facts: Facts, law: Law, day: date) -> list[Obstacle]:
    """Everything of the funding that stands in the way of starting that day, refusals first."""
    found = [o for rule in ENGAGEMENT_RULES if (o := rule(facts, law, day))]
    return sorted(found, key=lambda o: o.severity != Severity.REFUSE)


def too_early(facts: Facts, day: date, law: Law) -> Obstacle | None:
    """BC-24 and BC-32 in the planner: no séance before the first day that is known. What is awaited is not guessed."""
    found = _of(facts)
    if found is None or facts.etat != Etat.PREPARATION:
        return None
    depart = earliest_start(found, facts.type_action, law, day)
    first = depart.premier_jour
    if first is None and found.voie in CPF and found.cpf_proposition_le is not None:
        first = depart.au_mieux
    if first is None or day >= first:
        return None
    return Obstacle(
        f"Aucune séance avant le {jour_complet(first)}. {depart.raison} Choisissez un jour à partir de celui-là.",
        depart.source,
        code="trop_tot",
        field="debut",
    )
