"""iCalendar (RFC 5545), written by hand: a few lines per appointment, quick, the same bytes for the same facts.

Nothing of what is written here says what the appointment is for: the title is one of a closed list, the place is an address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from jalon.domain.jours import zone

PRODUCTEUR = "-//Jalon//Rendez-vous//FR"
MOT_RETENU = "bilan"
NEUTRE = "Rendez-vous"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Participant:
    """By mail: who invites, or who is invited."""

    nom: str
    courriel: str


@dataclass(frozen=True)
class RendezVous:
    """One appointment as calendars elsewhere know it. `sequence` grows at each change."""

    uid: str
    debut: datetime
    fin: datetime
    fuseau: str
    sequence: int
    modifie_le: datetime
    titre: str = NEUTRE
    lieu: str = ""
    annule: bool = False


def write_calendar(
    found: Iterable[RendezVous],
    *,
    methode: str = "PUBLISH",
    organisateur: Participant | None = None,
    participant: Participant | None = None,
) -> bytes:
    """`REQUEST` and `CANCEL` go by mail and name both parties; an empty method is for what a CalDAV collection holds."""
    rows = list(found)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCTEUR}", "CALSCALE:GREGORIAN"]
    if methode:
        lines.append(f"METHOD:{methode}")
    if methode == "PUBLISH":
        lines += [f"X-WR-CALNAME:{NEUTRE}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    text = "\r\n".join(lines) + "\r\n"
    for name in sorted({one.fuseau for one in rows}):
        years = [one.debut.year for one in rows if one.fuseau == name]
        text += vtimezone(name, min(years), max(years) + 1)
    text += "".join(_event(one, organisateur, participant) for one in rows)
    return (text + "END:VCALENDAR\r\n").encode()


def print_of(calendar: bytes) -> str:
    return hashlib.sha256(calendar).hexdigest()


@lru_cache(maxsize=64)
def vtimezone(name: str, first: int, last: int) -> str:
    """The rules of a place, from one year to another: a reader needs no table of its own."""
    # Slow to load: the pages do not wait for it at their start.
    from icalendar import Timezone

    found = Timezone.from_tzinfo(zone(name), name, date(first - 1, 1, 1), date(last + 1, 1, 1))
    return str(found.to_ical().decode())


def _event(one: RendezVous, organisateur: Participant | None, participant: Participant | None) -> str:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{_utc(one.modifie_le)}",
        f"SEQUENCE:{one.sequence}",
        _when("DTSTART", one.debut, one.fuseau),
        _when("DTEND", one.fin, one.fuseau),
        _line("SUMMARY", one.titre, NEUTRE),
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if one.annule else 'CONFIRMED'}",
    ]
    place = _line("LOCATION", one.lieu, "")
    if place:
        lines.append(place)
    if organisateur is not None:
        lines.append(_fold(f"ORGANIZER;CN={_quoted(organisateur.nom)}:mailto:{organisateur.courriel}"))
    if participant is not None:
        lines.append(
            _fold(
                f"ATTENDEE;CN={_quoted(participant.nom)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE"
                f":mailto:{participant.courriel}"
            )
        )
    lines.append("END:VEVENT")
    return "\r\n".join(lines) + "\r\n"


def _when(name: str, moment: datetime, fuseau: str) -> str:
    return f"{name};TZID={fuseau}:{moment.astimezone(zone(fuseau)):%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _neutral(text: str) -> str:
    return "" if MOT_RETENU in text.casefold() else text


@lru_cache(maxsize=1024)
def _line(name: str, text: str, otherwise: str) -> str:
    """The same few words for hundreds of appointments: folded once."""
    said = _neutral(text) or otherwise
    return _fold(f"{name}:{said.translate(_ESCAPED)}") if said else ""


def _quoted(text: str) -> str:
    return '"' + "".join(c for c in _neutral(text) if c not in '"\r\n' and c.isprintable()) + '"'


def _fold(line: str) -> str:
    """75 octets a line, never inside a character."""
    if len(line) <= 60 and line.isascii():
        return line
    parts, current, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            parts.append(current)
            current, size = "", 1
        current, size = current + char, size + width
    return "\r\n ".join([*parts, current])
