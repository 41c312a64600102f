"""What a calendar from elsewhere says of somebody's time: busy or not. Titles, places and guests are never kept, not even read.

A calendar is a stranger's file: bounded in size, in events and in time, and whatever is wrong with it is told by a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jalon.domain.disponibilite import Intervalle

OCTETS_MAX = 5 * 1024 * 1024
EVENEMENTS_MAX = 20_000
PLAGES_MAX = 20_000
_KEPT = frozenset(
    {
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "SEQUENCE",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)


class AgendaIllisible(Exception):
    """Not a calendar, or too much of one. `code` is for the page; nothing of the file is quoted."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def busy_intervals(data: bytes, start: datetime, end: datetime, fuseau: ZoneInfo) -> list[Intervalle]:
    """Busy between two instants, merged. `fuseau`: for the hours that belong to no place, and for whole days."""
    if len(data) > OCTETS_MAX:
        raise AgendaIllisible("trop_gros")
    # Slow to load, and used by the worker alone: no page waits for it.
    import icalendar

    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except Exception:  # a stranger's bytes: any reader's error is theirs
        raise AgendaIllisible("illisible") from None
    calendars = [c for c in calendars if getattr(c, "name", "") == "VCALENDAR"]
    if not calendars:
        raise AgendaIllisible("illisible")
    found: list[Intervalle] = []
    for calendar in calendars:
        _check_size(calendar)
        found += _free_busy(calendar)
        found += _events(calendar, start, end, fuseau)
        if len(found) > PLAGES_MAX:
            raise AgendaIllisible("trop_gros")
    return merge(found, start, end)


def merge(found: Iterable[Intervalle], start: datetime, end: datetime) -> list[Intervalle]:
    """In order, without overlap, inside the window."""
    kept: list[Intervalle] = []
    for one in sorted(found, key=lambda i: (i.debut, i.fin)):
        debut, fin = max(one.debut, start), min(one.fin, end)
        if fin <= debut:
            continue
        if kept and debut <= kept[-1].fin:
            kept[-1] = Intervalle(kept[-1].debut, max(kept[-1].fin, fin))
        else:
            kept.append(Intervalle(debut, fin))
    return kept


def _check_size(calendar: Any) -> None:
    if len(calendar.subcomponents) > EVENEMENTS_MAX:
        raise AgendaIllisible("trop_gros")
    for one in calendar.subcomponents:
        if one.name == "VEVENT":
            for name in [n for n in one if n not in _KEPT]:
                del one[name]
            one.subcomponents = []
            rule = one.get("RRULE")
            # An event every second for ever would take the worker's whole night.
            rules = rule if isinstance(rule, list) else [rule] if rule else []
            if any(_too_often(r) for r in rules):
                raise AgendaIllisible("trop_frequent")


def _too_often(rule: Any) -> bool:
    return str(rule.get("FREQ", [""])[0]).upper() in ("SECONDLY", "MINUTELY", "HOURLY") or bool(
        rule.get("BYSECOND") or len(rule.get("BYMINUTE", [])) > 4 or len(rule.get("BYHOUR", [])) > 24
    )


def _events(calendar: Any, start: datetime, end: datetime, fuseau: ZoneInfo) -> Iterator[Intervalle]:
    import recurring_ical_events

    try:
        rows = recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end)
    except Exception:
        raise AgendaIllisible("illisible") from None
    for one in rows:
        if str(one.get("STATUS", "")).upper() == "CANCELLED" or _is_free(one):
            continue
        debut = one.get("DTSTART")
        if debut is None:
            continue
        begins = _instant(debut.dt, fuseau)
        ends = _end(one, debut.dt, begins, fuseau)
        if ends > begins:
            yield Intervalle(begins, ends)


def _is_free(one: Any) -> bool:
    return (
        str(one.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(one.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )


def _end(one: Any, debut: Any, begins: datetime, fuseau: ZoneInfo) -> datetime:
    if one.get("DTEND") is not None:
        return _instant(one["DTEND"].dt, fuseau)
    if one.get("DURATION") is not None:
        return begins + one["DURATION"].dt
    # A whole day without an end is that day; a moment without an end takes no time.
    return _instant(debut + timedelta(days=1), fuseau) if not isinstance(debut, datetime) else begins


def _instant(moment: date | datetime, fuseau: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=fuseau)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=fuseau)
    return moment.astimezone(UTC)


def _free_busy(calendar: Any) -> Iterator[Intervalle]:
    """A server that answers with its periods only."""
    for one in calendar.walk("VFREEBUSY"):
        rows = one.get("FREEBUSY", [])
        for period in rows if isinstance(rows, list) else [rows]:
            kind = str(period.params.get("FBTYPE", "BUSY")).upper() if hasattr(period, "params") else "BUSY"
            for begins, ends in _periods(period):
                if kind != "FREE":
                    yield Intervalle(_instant(begins, ZoneInfo("UTC")), _instant(ends, ZoneInfo("UTC")))


def _periods(period: Any) -> Iterator[tuple[datetime, datetime]]:
    for one in getattr(period, "dts", None) or [period]:
        value = getattr(one, "dt", one)
        if isinstance(value, tuple):
            begins, ends = value
            yield begins, begins + ends if isinstance(ends, timedelta) else ends
