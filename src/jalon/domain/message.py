"""When an answer to a message is expected: a usage of the house, said to both so that nobody waits without knowing."""

from datetime import date, datetime

from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.law import law_on

# Two working days: not a number of the law.
JOURS_POUR_REPONDRE = 2


def reponse_attendue(ecrit_le: datetime, fuseau: str, territoire: str) -> date:
    """The last day to answer, counted in working days of the bilan's territory, the day of the message aside."""
    day = local_day(ecrit_le, zone(fuseau))
    return Calendrier(Territoire(territoire), law_on(day)).nth_ouvre_after(day, JOURS_POUR_REPONDRE)
