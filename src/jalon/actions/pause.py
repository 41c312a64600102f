"""A pause: hers to take, hers to end. Our clocks wait; those that the law set go on, and she is told which before."""

from datetime import date, datetime, timedelta

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import envoi
from jalon.actions.date_de_fin import set_terme, stop_clocks
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan
from jalon.actions.seance import cancel_seance
from jalon.domain.bilan import RUNNING, Etat
from jalon.domain.droits import PAUSE_MAX_DAYS
from jalon.domain.jours import end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Phase
from jalon.domain.regles import PHASES
from jalon.domain.seance import EtatSeance
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, Pause, Personne


@transaction.atomic
def take_pause(*, bilan: Bilan, reprise: date | None, by: Personne, now: datetime) -> Pause:
    """No reason is asked. Séances planned meanwhile are cancelled; the announced end waits as long as she does."""
    access.require(Action.TAKE_PAUSE, by, bilan)
    bilan = lock_bilan(bilan)
    today = local_day(bilan, now)
    found = []
    if Etat(bilan.etat) not in RUNNING:
        found.append(Obstacle("Une pause se prend pendant l’accompagnement.", PHASES, code="etat"))
    if bilan.pauses.filter(reprise_le=None).exists():
        found.append(Obstacle("Vous êtes déjà en pause.", code="deja"))
    longest = today + timedelta(days=PAUSE_MAX_DAYS)
    if reprise is not None and not today < reprise <= longest:
        found.append(
            Obstacle(
                "La reprise doit être après aujourd’hui, et dans les six mois. Au-delà, mieux vaut arrêter, puis recommencer.",
                code="date",
                field="reprise",
            )
        )
    if found:
        raise Refused(tuple(found))
    pause = Pause.objects.create(bilan=bilan, demandee_le=now, reprise_prevue_le=reprise)
    last = reprise or longest
    place = zone(bilan.fuseau)
    for seance in list(
        bilan.seances.filter(
            etat=EtatSeance.PREVUE, debut__gt=now, debut__lt=end_of_day(last - timedelta(days=1), place)
        ).exclude(phase=Phase.SUIVI)
    ):
        cancel_seance(seance=seance, by=by, now=now, droit=Action.TAKE_PAUSE)
    stop_clocks(bilan, now=now)
    schedule("pause_fin", end_of_day(last - timedelta(days=1), place), organisme=bilan.organisme, bilan=bilan)
    record(Nom.PAUSE_PRISE, bilan, by=by, now=now, faits={"pause": pause.pk, "reprise": reprise})
    envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)
    return pause


@transaction.atomic
def end_pause(*, bilan: Bilan, by: Personne, now: datetime) -> None:
    """The announced end moves by the days that the pause lasted."""
    access.require(Action.TAKE_PAUSE, by, bilan)
    bilan = lock_bilan(bilan)
    pause = bilan.pauses.select_for_update().filter(reprise_le=None).first()
    if pause is None:
        return
    _end(bilan, pause, by=by, now=now)
    envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)


def _end(bilan: Bilan, pause: Pause, *, by: Personne, now: datetime) -> None:
    lasted = (local_day(bilan, now) - local_day(bilan, pause.demandee_le)).days
    pause.reprise_le = now
    pause.terme_repousse_de = lasted if bilan.terme_prevu_le is not None else 0
    pause.save(update_fields=["reprise_le", "terme_repousse_de"])
    cancel("pause_fin", now=now, bilan=bilan)
    record(Nom.PAUSE_FINIE, bilan, by=by, now=now, faits={"pause": pause.pk, "jours": lasted})
    if bilan.terme_prevu_le is not None and Etat(bilan.etat) in RUNNING:
        set_terme(bilan, bilan.terme_prevu_le + timedelta(days=lasted), by=by, now=now)


def end_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """On the foreseen day it ends by itself, and both are told."""
    assert echeance.bilan is not None
    bilan = lock_bilan(echeance.bilan)
    pause = bilan.pauses.filter(reprise_le=None).first()
    if pause is None or Etat(bilan.etat) not in RUNNING:
        return
    _end(bilan, pause, by=by, now=now)
    for one in (bilan.beneficiaire, bilan.consultant):
        envoi.enqueue("dossier_a_lire", personne=one, bilan=bilan, now=now)


def close_with_bilan(bilan: Bilan, *, now: datetime) -> None:
    """The end ends the pause too."""
    bilan.pauses.filter(reprise_le=None).update(reprise_le=now)
    cancel("pause_fin", now=now, bilan=bilan)
