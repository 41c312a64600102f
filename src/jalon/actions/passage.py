"""The time of a séance while it goes on: started, paused, resumed. Held here, so that a reload or another device shows the same."""

from datetime import datetime, timedelta

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.piece import lock_bilan
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Phase
from jalon.domain.regles import PHASES
from jalon.domain.seance import EtatSeance
from jalon.records.evenements import Nom, record
from jalon.records.models import Passage, Personne, Seance

# People come early; a clock started on another day is a mistake.
_TOO_EARLY = timedelta(hours=3)


@transaction.atomic
def start_passage(*, seance: Seance, by: Personne, now: datetime) -> Passage:
    """The beginning, or the end of a pause. Two devices that press at once start one clock."""
    access.require(Action.HOLD_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    seance = Seance.objects.select_for_update().get(pk=seance.pk)
    if seance.etat != EtatSeance.PREVUE:
        raise Refused(Obstacle("Cette séance n’est plus à tenir : son temps ne se compte plus.", code="etat"))
    if bilan.etat == Etat.PREPARATION and seance.phase != Phase.SUIVI:
        raise Refused(
            Obstacle(
                "La phase préliminaire n’a pas commencé : ouvrez-la d’abord sur la page du dossier.",
                PHASES,
                code="phase",
            )
        )
    if now < seance.debut - _TOO_EARLY:
        raise Refused(
            Obstacle(
                "Cette séance est prévue plus tard : déplacez-la si vous la tenez maintenant.",
                code="trop_tot",
            )
        )
    running = seance.passages.filter(fin=None).first()
    if running is not None:
        return running
    again = seance.passages.exists()
    begun = Passage.objects.create(seance=seance, debut=now)
    name = Nom.SEANCE_REPRISE if again else Nom.SEANCE_COMMENCEE
    record(name, bilan, by=by, now=now, faits={"seance": seance.pk})
    return begun


@transaction.atomic
def stop_passage(*, seance: Seance, by: Personne, now: datetime) -> None:
    """A pause, or the end: which of the two is known when the real times are noted."""
    access.require(Action.HOLD_SEANCE, by, seance.bilan)
    bilan = lock_bilan(seance.bilan)
    stopped = Passage.objects.filter(seance=seance, fin=None).update(fin=now)
    if stopped:
        record(Nom.SEANCE_PAUSE, bilan, by=by, now=now, faits={"seance": seance.pk})
