"""The daily root over all chains of events, for each day that is over."""

from datetime import date, datetime, timedelta

from django.utils.timezone import get_default_timezone

from jalon.records.evenements import write_daily_root
from jalon.records.models import Racine

# A machine that slept longer does not attest each day of its sleep.
_CATCH_UP = 31


def write_roots(today: date, now: datetime) -> int:
    """From the day after the last root to yesterday. Each is taken at its own midnight, long enough ago that no act of that
    day is still being written."""
    last = Racine.objects.order_by("-jour").values_list("jour", flat=True).first()
    first = (
        max(last + timedelta(days=1), today - timedelta(days=_CATCH_UP))
        if last
        else today - timedelta(days=1)
    )
    days = [first + timedelta(days=rank) for rank in range((today - first).days)]
    for day in days:
        write_daily_root(day, _midnight_after(day))
    return len(days)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=get_default_timezone())
