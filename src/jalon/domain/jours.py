"""Counting days as the law does: local calendar dates, never multiples of 24 hours.

The day of the event is not counted; a last day ends at 24:00 local time (CPC 641 by analogy).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from jalon.domain.parcours import Labelled
from jalon.law import Law

DAY = timedelta(days=1)
SATURDAY = 5


class Territoire(Labelled):
    """Where the holidays of L. 3133-1, L. 3134-13 and L. 3422-2 are those of the law."""

    METROPOLE = "metropole", "Métropole"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace et Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    REUNION = "reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"


class FuseauInconnu(ValueError):
    """The name is not one of the IANA time zones."""


@cache
def zone(fuseau: str) -> ZoneInfo:
    """A time zone by its IANA name. Only listed names: `localtime` would answer for the machine."""
    if fuseau not in _fuseaux():
        raise FuseauInconnu(fuseau)
    return ZoneInfo(fuseau)


@cache
def _fuseaux() -> frozenset[str]:
    listed = Path(tzdata.__file__).with_name("zones").read_text(encoding="utf-8").split()
    return frozenset(listed) - {"Factory"}


def local_day(instant: datetime, fuseau: ZoneInfo) -> date:
    """The calendar day on which an instant falls, there."""
    if instant.tzinfo is None:
        raise ValueError("an instant without offset has no day")
    return instant.astimezone(fuseau).date()


def end_of_day(day: date, fuseau: ZoneInfo) -> datetime:
    """24:00 local of that day, in UTC and exclusive: right through the changes of hour."""
    tomorrow = day + DAY
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=fuseau).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or the last day of a month that is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same date, years later; 29 February becomes 28 February."""
    return add_months(day, 12 * years)


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1024)
def _resolve(listed: tuple[str, ...], year: int) -> frozenset[date]:
    """The dates of one year for a list like « 05-01 », « paques+1 »."""
    found = set()
    for word in listed:
        if word.startswith("paques"):
            found.add(easter(year) + timedelta(days=int(word.removeprefix("paques"))))
        else:
            month, day = word.split("-")
            found.add(date(year, int(month), int(day)))
    return frozenset(found)


@dataclass(frozen=True)
class Calendrier:
    """The working days of one territory, under the law of one day."""

    territoire: Territoire
    law: Law

    @property
    def source(self) -> str:
        return str(self.law[f"jours_feries.{self.territoire}"].source)

    def is_holiday(self, day: date) -> bool:
        return day in _resolve(self.law[f"jours_feries.{self.territoire}"].value, day.year)

    def is_ouvre(self, day: date) -> bool:
        """Monday to Friday, holidays aside."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def ouvres_after(self, day: date) -> Iterator[date]:
        """The working days that follow a day, which is not counted itself."""
        while True:
            day += DAY
            if self.is_ouvre(day):
                yield day

    def nth_ouvre_after(self, day: date, rank: int) -> date:
        found = self.ouvres_after(day)
        for _ in range(rank - 1):
            next(found)
        return next(found)

    def postponed(self, day: date) -> date:
        """The day itself, or the next working day when it falls on a Saturday, Sunday or holiday."""
        return day if self.is_ouvre(day) else self.nth_ouvre_after(day, 1)
