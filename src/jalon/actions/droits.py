"""Requests by right: made in one gesture, dated, answered within the month (RGPD art. 12, § 3), never forgotten."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan
from jalon.domain.droits import RGPD, Issue, Nature, Objet, answer_by, extended_to
from jalon.domain.jours import Calendrier, Territoire, end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, DemandeDroit, Echeance, Membre, Personne

# The administration is told when the request arrives, and once more this long before its last day. Ours.
_BEFORE = timedelta(days=7)


@transaction.atomic
def ask_droit(
    *,
    bilan: Bilan,
    nature: Nature,
    by: Personne,
    now: datetime,
    objet: Objet | str = "",
    souhaite: Personne | None = None,
) -> DemandeDroit:
    """One open request of each kind and object: asking again gives the first, with its delay."""
    access.require(Action.ASK_DROIT, by, bilan)
    bilan = lock_bilan(bilan)
    known = DemandeDroit.objects.filter(
        bilan=bilan, nature=nature, objet=str(objet), repondue_le=None
    ).first()
    if known is not None:
        return known
    if nature == Nature.CHANGEMENT:
        _check_change(bilan, souhaite)
    day = local_day(bilan, now)
    delay = answer_by(nature, day, _calendar(bilan, day))
    made = DemandeDroit.objects.create(
        bilan=bilan,
        nature=nature,
        objet=str(objet),
        souhaite=souhaite,
        recue_le=now,
        repondre_avant=delay.jusqu_au,
    )
    _remind(made, bilan, now)
    record(
        Nom.DROIT_DEMANDE,
        bilan,
        by=by,
        now=now,
        faits={"demande": made.pk, "nature": nature, "repondre_avant": delay.jusqu_au},
    )
    _tell_administration(bilan, now)
    return made


def _check_change(bilan: Bilan, wished: Personne | None) -> None:
    from jalon.actions.ouverture import is_consultant
    from jalon.domain.bilan import CLOSED

    if bilan.etat in CLOSED:
        raise Refused(Obstacle("L’accompagnement est terminé.", code="etat"))
    if wished is not None and (
        wished.pk == bilan.consultant_id or not is_consultant(bilan.organisme, wished)
    ):
        raise Refused(
            Obstacle("Choisissez une autre personne de l’équipe.", code="souhaite", field="souhaite")
        )


def _calendar(bilan: Bilan, day: Any) -> Calendrier:
    return Calendrier(Territoire(bilan.territoire), law_on(day))


def _remind(asked: DemandeDroit, bilan: Bilan, now: datetime) -> None:
    at = end_of_day(asked.repondre_avant, zone(bilan.fuseau)) - _BEFORE
    if at > now:
        schedule("droit_reponse", at, organisme=bilan.organisme, bilan=bilan, reference=str(asked.pk))


def _tell_administration(bilan: Bilan, now: datetime) -> None:
    held = bilan.organisme.membres.filter(jusqu_au=None, role=Membre.Role.RESPONSABLE).select_related(
        "personne"
    )
    for membre in held:
        envoi.enqueue("dossier_a_lire", personne=membre.personne, bilan=bilan, now=now)


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    if DemandeDroit.objects.filter(pk=echeance.reference, repondue_le=None).exists():
        _tell_administration(bilan, now)


@transaction.atomic
def answer_droit(*, demande: DemandeDroit, issue: Issue, by: Personne, now: datetime) -> None:
    """Answered: what was said went to the person by the cabinet's own letter or voice; here, that it was, and when."""
    access.require(Action.ANSWER_DROIT, by, demande.bilan)
    if issue == Issue.RETIREE:
        raise Refused(Obstacle("Seule la personne peut retirer sa demande.", code="issue", field="issue"))
    _close(demande, issue, by=by, now=now, nom=Nom.DROIT_REPONDU)


@transaction.atomic
def withdraw_droit(*, demande: DemandeDroit, by: Personne, now: datetime) -> None:
    access.require(Action.ASK_DROIT, by, demande.bilan)
    _close(demande, Issue.RETIREE, by=by, now=now, nom=Nom.DROIT_RETIRE)


def _close(demande: DemandeDroit, issue: Issue, *, by: Personne, now: datetime, nom: Nom) -> None:
    bilan = lock_bilan(demande.bilan)
    row = DemandeDroit.objects.select_for_update().get(pk=demande.pk)
    if row.repondue_le is not None:
        raise Refused(Obstacle("Cette demande a déjà sa réponse.", code="repondue"))
    row.repondue_le, row.repondue_par, row.issue = now, by, issue
    row.save(update_fields=["repondue_le", "repondue_par", "issue"])
    cancel("droit_reponse", now=now, bilan=bilan, reference=str(row.pk))
    record(nom, bilan, by=by, now=now, faits={"demande": row.pk, "nature": row.nature, "issue": issue})
    if by.pk != bilan.beneficiaire_id:
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


@transaction.atomic
def extend_droit(*, demande: DemandeDroit, by: Personne, now: datetime) -> None:
    """Two more months, said to the person within the first one, and only where the text allows it."""
    access.require(Action.ANSWER_DROIT, by, demande.bilan)
    bilan = lock_bilan(demande.bilan)
    row = DemandeDroit.objects.select_for_update().get(pk=demande.pk)
    day = local_day(bilan, now)
    found = []
    if row.repondue_le is not None:
        found.append(Obstacle("Cette demande a déjà sa réponse.", code="repondue"))
    if Nature(row.nature) not in RGPD:
        found.append(Obstacle("Ce délai est une promesse du cabinet : il ne se prolonge pas.", code="nature"))
    if row.prolongee_le is not None or day > row.repondre_avant:
        found.append(
            Obstacle(
                "Une prolongation se décide une seule fois, et se dit dans le premier mois.",
                "RGPD, art. 12, § 3",
                code="delai",
            )
        )
    if found:
        raise Refused(tuple(found))
    asked = local_day(bilan, row.recue_le)
    row.prolongee_le = now
    row.repondre_avant = extended_to(asked, _calendar(bilan, asked)).jusqu_au
    row.save(update_fields=["prolongee_le", "repondre_avant"])
    _remind(row, bilan, now)
    record(
        Nom.DROIT_PROLONGE,
        bilan,
        by=by,
        now=now,
        faits={"demande": row.pk, "repondre_avant": row.repondre_avant},
    )
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


def satisfy_change(bilan: Bilan, *, by: Personne, now: datetime) -> None:
    """The consultant has changed: whoever had asked for it has her answer."""
    for asked in DemandeDroit.objects.filter(bilan=bilan, nature=Nature.CHANGEMENT, repondue_le=None):
        _close(asked, Issue.FAITE, by=by, now=now, nom=Nom.DROIT_REPONDU)
