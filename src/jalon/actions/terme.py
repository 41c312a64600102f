"""The end of the action: announced, reminded 14, 7 and 1 days before, then a named act. The destruction follows by itself."""

from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import cpf, envoi
from jalon.actions.date_de_fin import set_terme, stop_clocks
from jalon.actions.echeance import cancel, schedule
from jalon.actions.pause import close_with_bilan
from jalon.actions.piece import lock_bilan
from jalon.actions.suivi import plan_invitation
from jalon.domain.bilan import CLOSED, Etat, next_etat
from jalon.domain.conservation import plan_conservation
from jalon.domain.jours import end_of_day, zone
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Phase
from jalon.domain.regles import DESTRUCTION
from jalon.domain.seance import EtatSeance
from jalon.domain.suivi import MONTHS
from jalon.law import law_on
from jalon.records.evenements import Nom, record
from jalon.records.faits import bilan_facts, local_day
from jalon.records.models import Bilan, Echeance, Personne


@transaction.atomic
def announce_terme(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Bilan:
    """Say, or move, the day of the end. A day too near gives the reminders that still are to come."""
    access.require(Action.ANNOUNCE_TERME, by, bilan)
    bilan = lock_bilan(bilan)
    if bilan.etat in CLOSED:
        raise Refused(Obstacle("L’accompagnement est déjà terminé.", DESTRUCTION, code="etat"))
    if le < local_day(bilan, now):
        raise Refused(
            Obstacle(
                "La date de fin ne peut pas être dans le passé : choisissez un jour à venir.",
                code="date",
                field="le",
            )
        )
    set_terme(bilan, le, by=by, now=now)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return bilan


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """Told only while the folder has not been taken away: who has it needs no warning."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    if bilan.etat in CLOSED or bilan.emporte_le is not None or bilan.terme_prevu_le is None:
        return
    envoi.enqueue(
        f"terme_{echeance.reference}",
        personne=bilan.beneficiaire,
        bilan=bilan,
        now=now,
        donnees={"terme": bilan.terme_prevu_le.isoformat()},
    )
    record(Nom.TERME_RAPPELE, bilan, by=by, now=now, faits={"jours": int(echeance.reference)})


def finish_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """At the end of the announced day the action ends by itself when nothing is missing. What is missing is an alarm for
    the consultant, told on her page, and the clock tries again."""
    assert echeance.bilan is not None
    if echeance.bilan.etat in CLOSED:
        return
    finish_bilan(
        bilan=echeance.bilan,
        by=by,
        now=now,
        reasons={"emporte": Motif.CHOIX, "decisions": Motif.CHOIX},
    )


@transaction.atomic
def finish_bilan(
    *, bilan: Bilan, by: Personne, now: datetime, reasons: dict[str, Motif] | None = None
) -> Bilan:
    """The term: from here the law's clock runs (R. 6313-7)."""
    access.require(Action.FINISH_BILAN, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    if by.est_systeme and bilan.terme_prevu_le is not None:
        # The clock acts just after midnight, for the day that has ended.
        day = min(day, bilan.terme_prevu_le)
    bilan.etat = next_etat("finish", bilan_facts(bilan), law_on(day), day, reasons=reasons)
    bilan.termine_le = now
    bilan.save(update_fields=["etat", "termine_le"])
    record(
        Nom.BILAN_TERMINE,
        bilan,
        by=by,
        now=now,
        faits={"terme": day, "motifs": {k: v.value for k, v in (reasons or {}).items()}},
    )
    _close(bilan, day, by, now)
    return bilan


@transaction.atomic
def abandon_bilan(*, bilan: Bilan, by: Personne, now: datetime) -> Bilan:
    """Stopped by the person or with her: the day of the stop is the term. No reason is asked nor stored."""
    access.require(Action.ABANDON_BILAN, by, bilan)
    bilan = lock_bilan(bilan)
    day = local_day(bilan, now)
    bilan.etat = next_etat("abandon", bilan_facts(bilan), law_on(day), day)
    bilan.termine_le = now
    bilan.save(update_fields=["etat", "termine_le"])
    record(Nom.BILAN_ABANDONNE, bilan, by=by, now=now, faits={"terme": day})
    _close(bilan, day, by, now)
    return bilan


def _close(bilan: Bilan, day: date, by: Personne, now: datetime) -> None:
    _cancel_what_was_planned(bilan, by, now)
    stop_clocks(bilan, now=now)
    close_with_bilan(bilan, now=now)
    cancel("seance_rappel", now=now, bilan=bilan)
    cpf.after_end(bilan, now)
    plan = plan_conservation(day, law_on(day))
    plan_destruction(bilan, now, at=end_of_day(plan.destruction_travail_le, zone(bilan.fuseau)))
    if bilan.etat == Etat.TERMINE and bilan.recontact_accepte_le is not None:
        plan_suivi(bilan, day)
    envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


def _cancel_what_was_planned(bilan: Bilan, by: Personne, now: datetime) -> None:
    """Nobody is waited for after the end. A séance whose hour is past stays: it may still be said whether it took place."""
    planned = bilan.seances.filter(etat=EtatSeance.PREVUE, debut__gt=now).exclude(phase=Phase.SUIVI)
    for seance in list(planned):
        seance.etat = EtatSeance.ANNULEE
        seance.save(update_fields=["etat"])
        record(Nom.SEANCE_ANNULEE, bilan, by=by, now=now, faits={"seance": seance.pk})


def plan_suivi(bilan: Bilan, terme: date) -> None:
    """The invitation six months after the term, and a year after it if she wished."""
    for months in MONTHS if bilan.recontact_un_an else MONTHS[:1]:
        plan_invitation(bilan, terme, months, reference="" if months == MONTHS[0] else str(months))


def plan_destruction(bilan: Bilan, now: datetime, *, at: datetime) -> None:
    schedule("destruction", at, organisme=bilan.organisme, bilan=bilan)
