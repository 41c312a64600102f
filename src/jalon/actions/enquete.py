"""An *enquête métier* on its sheet, and the reminder that she asked for; a project tried in real life."""

from datetime import date, datetime, time

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.ecrit import write_ecrit
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.enquete import EtatEnquete, enquete_obstacles, reminder_obstacles
from jalon.domain.essai import essai_obstacles
from jalon.domain.jours import zone
from jalon.domain.obstacle import Refused
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, Personne, Piece
from jalon.vault.pieces.enquete import Enquete
from jalon.vault.pieces.essai import Essai

# When one begins one's day, and can still call somebody.
_HEURE = time(8, 30)


@transaction.atomic
def write_enquete(
    *,
    bilan: Bilan,
    contenu: Enquete,
    by: Personne,
    now: datetime,
    reference: str = "",
    base_revision: int | None = None,
) -> Piece:
    """The reminder is a plain date with no word of what it is about; the mail that it sends has none either."""
    access.require(Action.WRITE_PROJET, by, bilan)
    rappel = date.fromisoformat(contenu.rappel_le) if contenu.rappel_le else None
    found = enquete_obstacles(
        contenu.etat,
        notes=contenu.notes,
        change=contenu.change,
        reponses=[one.reponse for one in contenu.questions],
    )
    found += reminder_obstacles(rappel, local_day(bilan, now), _reminder_before(bilan, reference))
    if found:
        raise Refused(*found)
    piece = write_ecrit(
        bilan=bilan, contenu=contenu, by=by, now=now, reference=reference, base_revision=base_revision
    )
    if rappel is None or contenu.etat == EtatEnquete.FAITE:
        forget_reminder(bilan, piece.reference, now)
    elif rappel > local_day(bilan, now):
        at = datetime.combine(rappel, _HEURE, tzinfo=zone(bilan.fuseau))
        schedule("enquete_rappel", at, organisme=bilan.organisme, bilan=bilan, reference=piece.reference)
    return piece


@transaction.atomic
def write_essai(
    *,
    bilan: Bilan,
    contenu: Essai,
    by: Personne,
    now: datetime,
    reference: str = "",
    base_revision: int | None = None,
) -> Piece:
    access.require(Action.WRITE_PROJET, by, bilan)
    found = essai_obstacles(
        contenu.etat,
        date.fromisoformat(contenu.debut) if contenu.debut else None,
        date.fromisoformat(contenu.fin) if contenu.fin else None,
        ecrit=any(text.strip() for text in (contenu.faits, contenu.confirme, contenu.contredit)),
        today=local_day(bilan, now),
    )
    if found:
        raise Refused(*found)
    return write_ecrit(
        bilan=bilan, contenu=contenu, by=by, now=now, reference=reference, base_revision=base_revision
    )


def forget_reminder(bilan: Bilan, reference: str, now: datetime) -> None:
    cancel("enquete_rappel", now=now, bilan=bilan, reference=reference)


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """A neutral mail to the person. Nothing when the sheet is gone, or when the bilan is over."""
    bilan = echeance.bilan
    if bilan is None or Etat(bilan.etat) in CLOSED or bilan.destruction_commencee_le is not None:
        return
    if Piece.objects.filter(bilan=bilan, nature="enquete", reference=echeance.reference).exists():
        envoi.enqueue("rappel_demande", personne=bilan.beneficiaire, bilan=bilan, now=now)


def _reminder_before(bilan: Bilan, reference: str) -> date | None:
    row = Piece.objects.filter(bilan=bilan, nature="enquete", reference=reference).first()
    if row is None:
        return None
    saved: Enquete = open_for_action(row)
    return date.fromisoformat(saved.rappel_le) if saved.rappel_le else None
