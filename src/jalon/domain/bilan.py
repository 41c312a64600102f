"""What may happen to a bilan: the lifecycle as a table of transitions, each with the rules that may stand in its way."""

from dataclasses import dataclass
from datetime import date

from jalon.domain.faits import CLOSED, RUNNING, Etat, Facts
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused, Severity
from jalon.domain.parcours import Phase, TypeAction
from jalon.domain.regles import (
    PHASES,
    Rule,
    accompagnement_suffisant,
    conclusions_individuelles,
    consentement_donne,
    decisions_prises,
    demande_analysee,
    dossier_emporte,
    duree_dans_la_limite,
    employeur_a_sa_place,
    employeur_distinct,
    financement_du_cadre,
    hours,
    objectifs_definis,
    organisation_identifiee,
    plan_d_action_pose,
    preliminaire_close_par_les_deux,
    projet_ou_alternative,
    resultats_restitues,
    synthese_remise,
    terme_annonce,
    terme_atteint,
    trace_de,
    trois_phases_prevues,
)
from jalon.domain.regles_engagement import ENGAGEMENT_RULES
from jalon.domain.seance import done_hours
from jalon.law import Law

__all__ = [
    "CLOSED",
    "CLOSING",
    "RUNNING",
    "TRANSITIONS",
    "Etat",
    "Facts",
    "Transition",
    "certified_minutes",
    "next_etat",
    "obstacles",
    "possible",
]


@dataclass(frozen=True)
class Transition:
    name: str
    label: str
    origins: tuple[Etat, ...]
    to: Etat
    rules: tuple[Rule, ...] = ()


PLAN_RULES: tuple[Rule, ...] = (
    duree_dans_la_limite,
    trois_phases_prevues,
    accompagnement_suffisant,
    conclusions_individuelles,
    financement_du_cadre,
)

# What must be agreed before either closes the preliminary phase.
CLOSING: tuple[Rule, ...] = (demande_analysee, objectifs_definis)

TRANSITIONS: dict[str, Transition] = {
    t.name: t
    for t in (
        Transition(
            "start",
            "Commencer la phase préliminaire",
            (Etat.PREPARATION,),
            Etat.PRELIMINAIRE,
            (
                consentement_donne,
                *PLAN_RULES,
                employeur_distinct,
                employeur_a_sa_place,
                organisation_identifiee,
                *ENGAGEMENT_RULES,
            ),
        ),
        Transition(
            "investigate",
            "Ouvrir l’investigation",
            (Etat.PRELIMINAIRE,),
            Etat.INVESTIGATION,
            (
                consentement_donne,
                trace_de(Phase.PRELIMINAIRE),
                demande_analysee,
                objectifs_definis,
                preliminaire_close_par_les_deux,
            ),
        ),
        Transition(
            "conclude",
            "Ouvrir les conclusions",
            (Etat.INVESTIGATION,),
            Etat.CONCLUSIONS,
            (consentement_donne, trace_de(Phase.INVESTIGATION), projet_ou_alternative, resultats_restitues),
        ),
        Transition(
            "finish",
            "Terminer l’accompagnement",
            (Etat.CONCLUSIONS,),
            Etat.TERMINE,
            (
                trace_de(Phase.CONCLUSIONS),
                duree_dans_la_limite,
                plan_d_action_pose,
                synthese_remise,
                terme_annonce,
                terme_atteint,
                dossier_emporte,
                decisions_prises,
            ),
        ),
        Transition("abandon", "Arrêter l’accompagnement", RUNNING, Etat.ABANDONNE),
        Transition("decline", "Ne pas conclure", (Etat.PREPARATION,), Etat.NON_CONCLU),
        Transition("reopen", "Revenir à la phase préliminaire", (Etat.INVESTIGATION,), Etat.PRELIMINAIRE),
    )
}


def obstacles(name: str, facts: Facts, law: Law, day: date) -> list[Obstacle]:
    """Everything that stands in the way of one transition, refusals first; an impossible origin is one of them."""
    transition = TRANSITIONS[name]
    if facts.etat not in transition.origins:
        return [
            Obstacle(
                f"« {transition.label} » n’est pas possible : le dossier est à l’état « {facts.etat.label} ».",
                PHASES,
                code="etat",
            )
        ]
    found = [o for rule in transition.rules if (o := rule(facts, law, day))]
    return sorted(found, key=lambda o: o.severity != Severity.REFUSE)


def next_etat(
    name: str, facts: Facts, law: Law, day: date, *, reasons: dict[str, Motif] | None = None
) -> Etat:
    """The new state, or `Refused` with every obstacle. A warning passes once a reason for its code is recorded."""
    given = reasons or {}
    found = obstacles(name, facts, law, day)
    standing = [o for o in found if o.severity == Severity.REFUSE or not given.get(o.code)]
    if standing:
        raise Refused(tuple(standing))
    return TRANSITIONS[name].to


def possible(facts: Facts, law: Law, day: date) -> dict[str, list[Obstacle]]:
    """Each transition that starts from this state, with what stands in its way: pages and tests read this."""
    return {
        name: obstacles(name, facts, law, day) for name, t in TRANSITIONS.items() if facts.etat in t.origins
    }


def certified_minutes(facts: Facts, law: Law) -> int:
    """Hours really followed, for the certificat; above the limit nothing can be certified (BC-03, BC-42)."""
    limit = law.bilan_competences.duree_max_heures
    done = done_hours(list(facts.seances)).total
    if facts.type_action != TypeAction.BILAN:
        raise Refused(
            (
                Obstacle(
                    "Cette prestation est hors du cadre légal : elle ne donne pas lieu à un certificat de réalisation "
                    "de bilan de compétences.",
                    "Code du travail, art. L. 6313-1, 2°",
                    code="hors_cadre",
                ),
            )
        )
    if done > limit.value * 60:
        raise Refused(
            (
                Obstacle(
                    f"{hours(done)} ont été signées : un certificat ne peut pas dépasser {limit.value} heures.",
                    limit.source,
                    code="plus_de_24h",
                ),
            )
        )
    return done
