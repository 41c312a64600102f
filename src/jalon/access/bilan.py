"""Where bilans stand, without a word of content: what the pages need to say what is done, what waits and what blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jalon.domain.bilan import Etat, Facts, possible
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Heures, sum_lignes
from jalon.domain.seance import done_hours, planned_hours
from jalon.law import Law, law_on
from jalon.records.faits import PieceFacts, local_day, read_rows
from jalon.records.models import Bilan

__all__ = ["PieceFacts", "Situation", "bilan_day", "read_situation", "read_situations"]


@dataclass(frozen=True)
class Situation:
    """One bilan on one local day, with the law of that day."""

    bilan: Bilan
    facts: Facts
    pieces: tuple[PieceFacts, ...]
    consentement_le: datetime | None
    now: datetime
    jour: date
    law: Law

    @property
    def etat(self) -> Etat:
        return self.facts.etat

    @property
    def convenues(self) -> Heures:
        """What was agreed, from the lines of the parcours."""
        return sum_lignes(self.facts.lignes)

    @property
    def prevues(self) -> Heures:
        """What is in the agenda, held or to come."""
        return planned_hours(list(self.facts.seances))

    @property
    def faites(self) -> Heures:
        """Held and signed."""
        return done_hours(list(self.facts.seances))

    @property
    def limite_minutes(self) -> int:
        return int(self.law.bilan_competences.duree_max_heures.value * 60)

    @property
    def possible(self) -> dict[str, list[Obstacle]]:
        return possible(self.facts, self.law, self.jour)

    def of(self, nature: str) -> tuple[PieceFacts, ...]:
        return tuple(piece for piece in self.pieces if piece.nature == nature)


def read_situations(bilans: Iterable[Bilan], *, now: datetime) -> dict[Any, Situation]:
    """For bilans that a door has already given. The same six queries for one as for a hundred."""
    found = list(bilans)
    rows = read_rows(found)
    situations = {}
    for bilan in found:
        day = local_day(bilan, now)
        row = rows[bilan.pk]
        situations[bilan.pk] = Situation(
            bilan, row.facts, row.pieces, row.consentement_le, now, day, law_on(day)
        )
    return situations


def read_situation(bilan: Bilan, *, now: datetime) -> Situation:
    return read_situations([bilan], now=now)[bilan.pk]


def bilan_day(bilan: Bilan, now: datetime) -> date:
    return local_day(bilan, now)
