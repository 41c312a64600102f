"""What stands in the way of a séance, whoever plans, moves or notes it: its phase, its times, the agendas and the rooms."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from jalon.actions.engagement import refuse_too_early
from jalon.actions.occupation import lock_salle, refuse_if_group, refuse_if_interview, refuse_if_room_taken
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Nature, Phase, TypeAction
from jalon.domain.regles import DURATION, PHASES, hours
from jalon.domain.seance import EtatSeance, planned_hours
from jalon.law import law_on
from jalon.records.faits import local_day, seance_facts
from jalon.records.models import Bilan, Seance


def refuse_before_start(bilan: Bilan, seance: Seance) -> None:
    if bilan.etat == Etat.PREPARATION and seance.phase != Phase.SUIVI:
        raise Refused(
            Obstacle(
                "La phase préliminaire n’a pas commencé : une séance ne peut pas encore être tenue.",
                PHASES,
                code="etat",
            )
        )


def refuse_impossible(bilan: Bilan, seance: Seance, now: datetime) -> None:
    found: list[Obstacle] = []
    if bilan.etat in CLOSED and seance.phase != Phase.SUIVI:
        found.append(
            Obstacle(
                "L’accompagnement est terminé : seul un entretien de suivi peut être prévu.",
                PHASES,
                code="etat",
            )
        )
    if seance.fin <= seance.debut:
        found.append(Obstacle("La fin doit être après le début.", code="horaires", field="fin"))
    if (seance.phase == Phase.SUIVI) != (seance.nature == Nature.SUIVI):
        found.append(
            Obstacle(
                "Un entretien de suivi vient après le terme, hors des trois phases.",
                PHASES,
                code="suivi",
                field="phase",
            )
        )
    if seance.lieu is not None and seance.lieu.organisme_id != bilan.organisme_id:
        found.append(Obstacle("Ce lieu n’est pas un lieu du cabinet.", code="lieu", field="lieu"))
    if seance.salle is not None and seance.salle.lieu_id != seance.lieu_id:
        found.append(Obstacle("Cette salle n’est pas dans ce lieu.", code="salle", field="salle"))
    if found:
        raise Refused(tuple(found))
    refuse_too_early(bilan, seance.debut)
    if _busy(bilan, seance).exists():
        raise Refused(
            Obstacle(
                "Ce moment est déjà pris par une autre séance ou un travail déjà noté : choisissez un autre horaire.",
                code="occupe",
                field="debut",
            )
        )
    if seance.nature != Nature.TRAVAIL_PERSONNEL:
        refuse_if_interview(seance.consultant_id, seance.debut, seance.fin)
        refuse_if_group(seance.consultant_id, seance.debut, seance.fin, sauf=seance.atelier_id)
    if seance.salle is not None:
        lock_salle(seance.salle_id)
        refuse_if_room_taken(seance.salle, seance.debut, seance.fin, seance=seance)
    others = [seance_facts(s) for s in bilan.seances.exclude(pk=seance.pk).prefetch_related("emargements")]
    refuse_above_limit(bilan, [*others, seance_facts(seance)], now)


def _busy(bilan: Bilan, seance: Seance) -> QuerySet[Seance]:
    """Whatever takes this time already. Personal work is the person's alone, and never stands in the way of an interview.

    What she does in another cabinet is not looked at: this one must not learn that it exists.
    """
    mine = Q(bilan__beneficiaire_id=bilan.beneficiaire_id, bilan__organisme_id=bilan.organisme_id)
    overlapping = Seance.objects.filter(
        debut__lt=seance.fin, fin__gt=seance.debut, etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE]
    ).exclude(pk=seance.pk)
    if seance.nature == Nature.TRAVAIL_PERSONNEL:
        return overlapping.filter(mine)
    if seance.atelier_id is not None:
        overlapping = overlapping.exclude(~mine, atelier=seance.atelier_id)
    return overlapping.filter(Q(consultant_id=seance.consultant_id) | mine).exclude(
        nature=Nature.TRAVAIL_PERSONNEL
    )


def refuse_above_limit(bilan: Bilan, facts: list[Any], now: datetime) -> None:
    """BC-03: planned and held together never pass the limit of the law."""
    if bilan.type_action != TypeAction.BILAN:
        return
    limit = law_on(local_day(bilan, now)).bilan_competences.duree_max_heures
    total = planned_hours(facts).total
    if total > limit.value * 60:
        raise Refused(
            Obstacle(
                f"Avec cette séance le bilan compterait {hours(total)} : il ne peut pas dépasser {limit.value} heures.",
                limit.source or DURATION,
                code="plus_de_24h",
                field="fin",
            )
        )
