"""What the link of a reminder does: confirm, move or cancel one's own séance, within the notice that the cabinet asks for.

The mailbox proves the person, as for a code; the link dies as soon as the séance moves, is cancelled or is held.
"""

from datetime import datetime, timedelta

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.rappel_seance import free_moments, reglage_seances
from jalon.actions.piece import lock_bilan
from jalon.actions.seance import cancel_seance, move_seance
from jalon.domain.issue import Issue
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import EtatSeance
from jalon.records.evenements import Nom, record
from jalon.records.models import Seance


@transaction.atomic
def confirm_rendez_vous(*, seance: Seance, now: datetime) -> Seance:
    """Confirming twice changes nothing."""
    by = seance.bilan.beneficiaire
    access.require(Action.MOVE_OWN_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    found = Seance.objects.select_for_update().get(pk=seance.pk)
    if found.etat != EtatSeance.PREVUE or found.debut <= now:
        raise Refused(_PAST)
    if found.confirmee_le is None:
        found.confirmee_le = now
        found.save(update_fields=["confirmee_le"])
        record(Nom.SEANCE_CONFIRMEE, bilan, by=by, now=now, faits={"seance": found.pk})
    return found


def cancel_rendez_vous(*, seance: Seance, now: datetime) -> Seance:
    _refuse_late(seance, now)
    return cancel_seance(
        seance=seance,
        by=seance.bilan.beneficiaire,
        now=now,
        issue=Issue.PREVENUE,
        droit=Action.MOVE_OWN_SEANCE,
    )


def move_rendez_vous(*, seance: Seance, debut: datetime, now: datetime) -> Seance:
    """To a moment that its consultant has opened, as long as the first one."""
    _refuse_late(seance, now)
    free = {moment.debut for moment in free_moments(seance, now)}
    if debut not in free:
        raise Refused(
            Obstacle("Ce moment n’est plus libre : choisissez-en un autre.", code="occupe", field="moment")
        )
    return move_seance(
        seance=seance,
        debut=debut,
        fin=debut + (seance.fin - seance.debut),
        by=seance.bilan.beneficiaire,
        now=now,
        salle=None,
        droit=Action.MOVE_OWN_SEANCE,
    )


def changes_until(seance: Seance) -> datetime:
    """The last instant at which the person changes it by herself."""
    return seance.debut - timedelta(hours=reglage_seances(seance.bilan.organisme).preavis_heures)


def _refuse_late(seance: Seance, now: datetime) -> None:
    if seance.debut <= now:
        raise Refused(_PAST)
    if now > changes_until(seance):
        hours = reglage_seances(seance.bilan.organisme).preavis_heures
        raise Refused(
            Obstacle(
                f"Il reste moins de {hours} heures : ce rendez-vous ne se change plus par ce lien. Appelez, ou écrivez.",
                "Règle du cabinet",
                code="preavis",
            )
        )


_PAST = Obstacle("L’heure est passée : ce lien ne change plus rien.", code="passe")
