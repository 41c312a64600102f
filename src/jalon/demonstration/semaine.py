"""When the séances of the demonstration take place: each dossier has one hour of the week with its consultant, so that none meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jalon.domain.jours import Calendrier, Territoire, local_day, zone
from jalon.law import law_on

FUSEAU = zone("Europe/Paris")
_HEURES = (time(9), time(14), time(16, 15))
# Where no séance ever stands: first interviews meet nobody there.
_ENTRE = (time(11, 15), time(12), time(12, 45), time(18, 30), time(19, 15))
# One consultant cannot follow more dossiers than this without two of them meeting.
CRENEAUX = tuple((jour, heure) for heure in _HEURES for jour in range(5))


@dataclass(frozen=True)
class Creneau:
    """A day of the week (0: Monday) and an hour."""

    jour: int
    heure: time

    def at(self, day: date) -> datetime:
        return datetime.combine(day, self.heure, tzinfo=FUSEAU)


def working_day(moment: datetime) -> date:
    """That day, or the last one before it that is not of a weekend."""
    day = local_day(moment, FUSEAU)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def between_seances(day: date) -> list[datetime]:
    return [datetime.combine(day, hour, tzinfo=FUSEAU) for hour in _ENTRE]


def creneau(rang: int) -> Creneau:
    return Creneau(*CRENEAUX[rang])


def seances(
    creneau: Creneau, now: datetime, *, nombre: int, passees: int, semaines: int = 1, recul: int = 0
) -> list[datetime]:
    """The starts of all séances: `passees` of them over by `now`, `recul` weeks after the last one, `semaines` apart.

    A holiday is skipped: that week has no séance.
    """
    today = local_day(now, FUSEAU)
    calendrier = Calendrier(Territoire.METROPOLE, law_on(today))
    present = now - timedelta(weeks=recul)
    # Six hours: the papers and recaps of the last séance are done too.
    before = _days(creneau, calendrier, present - timedelta(hours=6), -1)
    last = next(before) if passees else None
    if last is None:
        # Opened a few days ago: the funding is settled, and its delays still run.
        ahead = _days(creneau, calendrier, now + timedelta(days=13), 1)
        return [creneau.at(next(ahead))] + [_skip(ahead, creneau, semaines) for _ in range(nombre - 1)]
    past = [creneau.at(last)] + [_skip(before, creneau, semaines) for _ in range(passees - 1)]
    ahead = _days(creneau, calendrier, max(creneau.at(last) + timedelta(days=1), present), 1)
    return past[::-1] + [_skip(ahead, creneau, semaines) for _ in range(nombre - passees)]


def _skip(days: Iterator[date], creneau: Creneau, semaines: int) -> datetime:
    for _ in range(semaines - 1):
        next(days)
    return creneau.at(next(days))


def _days(creneau: Creneau, calendrier: Calendrier, start: datetime, step: int) -> Iterator[date]:
    """Working days on that weekday, forward or backward, whose séance starts on the right side of `start`."""
    day = local_day(start, FUSEAU)
    while day.weekday() != creneau.jour:
        day += timedelta(days=step)
    while True:
        moment = creneau.at(day)
        if calendrier.is_ouvre(day) and (moment > start if step > 0 else moment < start):
            yield day
        day += timedelta(days=7 * step)
