"""When an answer to a message is expected: what the cabinet promises, said to both so that nobody waits without knowing."""

from collections.abc import Sequence
from datetime import date, datetime

from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.law import law_on

# A usage of the house and no number of the law: each cabinet sets its own.
REPONSE_MAX = 10


def reponse_attendue(ecrit_le: datetime, fuseau: str, territoire: str, jours: int) -> date:
    """The last day to answer, counted in working days of the bilan's territory, the day of the message aside."""
    day = local_day(ecrit_le, zone(fuseau))
    return Calendrier(Territoire(territoire), law_on(day)).nth_ouvre_after(day, jours)


def oldest_unanswered(ecrits: Sequence[tuple[bool, datetime]]) -> datetime | None:
    """Of messages in order, each with whether the person wrote it: when she began to wait. None when she was answered."""
    since = None
    for hers, moment in ecrits:
        since = (since or moment) if hers else None
    return since
