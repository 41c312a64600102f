"""The day of the end, and its clocks: set by an announcement, moved by a pause, or by a séance planned after it."""

from datetime import date, datetime, timedelta

from jalon.actions.echeance import cancel, schedule
from jalon.domain.jours import end_of_day, zone
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne

# Days before the announced end on which the person is told that her folder was not taken away. Ours, not the law's.
REMINDERS = (14, 7, 1)
REMINDER_HOUR = timedelta(hours=9)


def set_terme(bilan: Bilan, le: date, *, by: Personne, now: datetime) -> None:
    """The caller holds the lock and has checked. A day too near gives the reminders that still are to come."""
    bilan.terme_prevu_le = le
    bilan.save(update_fields=["terme_prevu_le"])
    stop_clocks(bilan, now=now)
    place = zone(bilan.fuseau)
    for days in REMINDERS:
        at = datetime.combine(le - timedelta(days=days), datetime.min.time(), tzinfo=place) + REMINDER_HOUR
        if at > now:
            schedule("terme_rappel", at, organisme=bilan.organisme, bilan=bilan, reference=str(days))
    if not bilan.pauses.filter(reprise_le=None).exists():
        schedule("terme", end_of_day(le, place), organisme=bilan.organisme, bilan=bilan)
    record(Nom.TERME_ANNONCE, bilan, by=by, now=now, faits={"le": le})


def stop_clocks(bilan: Bilan, *, now: datetime) -> None:
    cancel("terme_rappel", now=now, bilan=bilan)
    cancel("terme", now=now, bilan=bilan)


def follow_seance(bilan: Bilan, day: date, *, by: Personne, now: datetime) -> None:
    """The last act of the conclusions is the term (droit.md 5.2): a séance placed after the announced day moves it."""
    if bilan.terme_prevu_le is not None and day > bilan.terme_prevu_le:
        set_terme(bilan, day, by=by, now=now)
