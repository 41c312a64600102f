"""A value of the law, with where it comes from and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Certainty(StrEnum):
    """How the value is known: read in the text, told by a page, or remembered and to be confirmed."""

    VERIFIED = "verified"
    REPORTED = "reported"
    MEMORY = "memory"


class NonCouvert(LookupError):
    """The law has no value yet on that day. Never a default: a silent default would be a wrong answer."""

    def __init__(self, name: str, day: date, first: date) -> None:
        self.name = name
        self.day = day
        self.first = first
        super().__init__(
            f"{name} : non couvert le {day.isoformat()} (première valeur le {first.isoformat()})"
        )


@dataclass(frozen=True)
class Projet:
    """A draft: shown and simulated, never applied."""

    value: Any
    statut: str


@dataclass(frozen=True)
class Parameter:
    """One parameter as it stands on one day. `value` is None when no limit is in force."""

    name: str
    title: str
    unit: str
    value: Any
    since: date
    source: str
    checked_on: date
    certainty: Certainty
    projet: Projet | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The articles one by one; in the file they are separated by « ; »."""
        return tuple(part.strip() for part in self.source.split(" ; "))
