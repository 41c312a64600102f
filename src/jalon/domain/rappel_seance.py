"""When a person is reminded of an appointment: at the hours that she chose, never in her quiet hours, in neutral words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.domain.parcours import Labelled

SILENCE_DEBUT, SILENCE_FIN = 21, 8


class Canal(Labelled):
    COURRIEL = "courriel", "Par courriel"
    SMS = "sms", "Par SMS"
    AUCUN = "aucun", "Aucun rappel"


class Avance(Labelled):
    SEMAINE = "semaine", "Une semaine avant, à 9 h"
    VEILLE_MATIN = "veille_9", "La veille à 9 h"
    VEILLE_SOIR = "veille_18", "La veille à 18 h"
    MATIN = "matin_8", "Le jour même à 8 h"
    DEUX_HEURES = "2h", "Deux heures avant"
    UNE_HEURE = "1h", "Une heure avant"


PAR_DEFAUT = (Avance.VEILLE_SOIR,)
# Days before, and the hour of that day.
_AT: dict[Avance, tuple[int, int]] = {
    Avance.SEMAINE: (7, 9),
    Avance.VEILLE_MATIN: (1, 9),
    Avance.VEILLE_SOIR: (1, 18),
    Avance.MATIN: (0, 8),
}
_BEFORE = {Avance.DEUX_HEURES: timedelta(hours=2), Avance.UNE_HEURE: timedelta(hours=1)}


class Formule(Labelled):
    """What stands in the subject of the mail and in the SMS: none says what the appointment is for."""

    RENDEZ_VOUS = "rendez_vous", "Rappel de votre rendez-vous"
    DATE = "date", "La date et l’heure, sans un mot de plus"
    ESPACE = "espace", "Une information vous attend dans votre espace"


@dataclass(frozen=True)
class Silence:
    """From `debut` o'clock to `fin` o'clock nothing is sent; equal: no quiet hours."""

    debut: int = SILENCE_DEBUT
    fin: int = SILENCE_FIN

    def covers(self, hour: time) -> bool:
        start, end = time(self.debut), time(self.fin)
        if start == end:
            return False
        if start < end:
            return start <= hour < end
        return hour >= start or hour < end

    def begun_before(self, moment: datetime) -> datetime:
        """The last beginning of the quiet hours that is not after `moment` (local)."""
        begun = datetime.combine(moment.date(), time(self.debut), tzinfo=moment.tzinfo)
        return begun if begun <= moment else begun - timedelta(days=1)


def rappels(
    debut: datetime, avances: Iterable[Avance], silence: Silence, fuseau: ZoneInfo
) -> list[tuple[Avance, datetime]]:
    """Each reminder with its instant, in order. One that would ring in the quiet hours leaves just before they begin."""
    found: dict[datetime, Avance] = {}
    for avance in avances:
        at = _instant(debut, avance, fuseau)
        local = at.astimezone(fuseau)
        if silence.covers(local.time()):
            at = (silence.begun_before(local) - timedelta(minutes=1)).astimezone(UTC)
        if at < debut:  # «le jour même à 8 h» comes too late for half past seven
            found.setdefault(at, avance)
    return [(avance, at) for at, avance in sorted(found.items())]


def _instant(debut: datetime, avance: Avance, fuseau: ZoneInfo) -> datetime:
    if avance in _BEFORE:
        return debut.astimezone(UTC) - _BEFORE[avance]
    days, hour = _AT[avance]
    day = debut.astimezone(fuseau).date() - timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=fuseau).astimezone(UTC)
