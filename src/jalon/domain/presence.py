"""Presence at a séance: when a signature kept without network may be received, and why signed hours are corrected."""

from datetime import datetime, timedelta

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

# What waits on a device is erased after a day.
ATTENTE = timedelta(hours=24)
# A device's clock may be a little ahead; a signature may be asked for a little before the end.
_AHEAD = timedelta(minutes=2)
_EARLY = timedelta(minutes=15)


class MotifCorrection(Labelled):
    SAISIE = "saisie", "Erreur de saisie"
    RETARD = "retard", "Début plus tard que noté"
    PROLONGEE = "prolongee", "Fin plus tard que noté"
    ABREGEE = "abregee", "Fin plus tôt que noté"
    PAUSE = "pause", "Une interruption n’avait pas été retirée"


def late_obstacles(instant: datetime, fin_reelle: datetime, now: datetime) -> list[Obstacle]:
    """The moment that a device gives for its signature: after what it signs, not to come, not older than what may wait."""
    if instant > now + _AHEAD:
        told = "L’heure de cette signature est encore à venir : réglez l’heure de l’appareil, puis signez de nouveau."
    elif instant < fin_reelle - _EARLY:
        told = "Cette signature est plus ancienne que la fin de la séance : signez de nouveau."
    elif now - instant > ATTENTE:
        told = "Cette signature a attendu plus d’un jour : signez de nouveau."
    else:
        return []
    return [Obstacle(told, code="instant")]
