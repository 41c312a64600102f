"""Every moment at which a séance of so many minutes could stand, and what each of them would bend."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jalon.domain.disponibilite import PAS, Fenetre, Intervalle, fenetres
from jalon.domain.jours import DAY
from jalon.domain.planification import Contrainte, Souhaits, Terrain
from jalon.domain.seance import Modalite

BIT = {one: 1 << rank for rank, one in enumerate(Contrainte)}


class Case(NamedTuple):
    """`jour`: days since the wished beginning of the grid, at the bilan's place. `heure`: minutes of the wall, there."""

    jour: int
    heure: int
    debut: datetime
    modalite: Modalite
    lieu: str
    salle: str
    rang: int
    viole: int


class Pris:
    """Intervals that may overlap, asked many times: does this stretch meet one?"""

    def __init__(self, intervals: Sequence[Intervalle], tampon: timedelta = timedelta()) -> None:
        margin = tampon.total_seconds()
        self._starts: list[float] = []
        self._ends: list[float] = []
        for one in sorted((i.debut.timestamp() - margin, i.fin.timestamp() + margin) for i in intervals):
            if self._ends and one[0] <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], one[1])
            else:
                self._starts.append(one[0])
                self._ends.append(one[1])

    def meets(self, start: float, end: float) -> bool:
        before = bisect_right(self._starts, start)
        if before and self._ends[before - 1] > start:
            return True
        return before < len(self._starts) and self._starts[before] < end


class Grille:
    """Reads a terrain once; `cases` then gives the moments, for one length of séance."""

    def __init__(self, terrain: Terrain, souhaits: Souhaits, first: date, last: date) -> None:
        self.terrain, self.souhaits, self.first, self.last = terrain, souhaits, first, last
        self._busy = Pris(terrain.occupe, terrain.emploi.reglage.tampon)
        self._person = Pris(terrain.personne)
        self._rooms = {
            (place.id, room.id): Pris(room.occupe)
            for place in terrain.endroits.values()
            for room in place.salles
        }
        self._days = self._open_days()
        self._full = self._full_weeks()

    @property
    def longueur(self) -> int:
        return (self.last - self.first).days + 1

    def cases(self, minutes: int, *, permises: bool = True) -> Iterator[Case]:
        """`permises`: only those that bend nothing; else all, each with what it bends."""
        length = timedelta(minutes=minutes)
        for shared, open_at in self._days:
            if permises and shared:
                continue
            for debut, wall in _starts(open_at.quand, length, self.terrain.fuseau):
                number = (wall.date() - self.first).days
                if 0 <= number < self.longueur:
                    yield from self._at(open_at, debut, wall, number, length, shared, permises)

    def _open_days(self) -> list[tuple[int, Fenetre]]:
        """Each open stretch with what its whole day bends, on the consultant's own calendar."""
        found = []
        day = self.first - DAY
        while day <= self.last + DAY:
            taken = self.terrain.prises.get(day, 0)
            full = self.terrain.par_jour is not None and taken >= self.terrain.par_jour
            found += [
                (BIT[Contrainte.PAR_JOUR] if full else 0, one) for one in fenetres(self.terrain.emploi, day)
            ]
            day += DAY
        return found

    def _full_weeks(self) -> frozenset[int]:
        return frozenset(
            week for week, left in self.reste_par_semaine().items() if self.terrain.par_semaine and left <= 0
        )

    def reste_par_semaine(self) -> dict[int, int]:
        """How many more séances each week of the grid takes (by rank of week), when she has set a limit."""
        if self.terrain.par_semaine is None:
            return {}
        left: dict[int, int] = {}
        for number in range(self.longueur):
            left.setdefault(self.semaine(number), self.terrain.par_semaine)
        for day, count in self.terrain.prises.items():
            week = self.semaine((day - self.first).days)
            if week in left:
                left[week] -= count
        return left

    def semaine(self, number: int) -> int:
        return (number + self.first.weekday()) // 7

    def _at(
        self,
        open_at: Fenetre,
        debut: datetime,
        wall: datetime,
        number: int,
        length: timedelta,
        shared: int,
        permises: bool,
    ) -> Iterator[Case]:
        bent = shared | self._bent_by_time(debut, wall, number, length)
        if permises and bent:
            return
        wishes = self.souhaits
        for rank, modalite in enumerate(wishes.manieres):
            if not open_at.serves(modalite) or modalite not in self.terrain.emploi.reglage.modalites:
                continue
            if modalite != Modalite.PRESENTIEL:
                yield self._case(open_at, debut, wall, number, modalite, "", "", rank, bent)
                continue
            more = BIT[Contrainte.MANIERE] if wishes.lieux and open_at.lieu not in wishes.lieux else 0
            room = self._room(open_at.lieu, debut, wall, length)
            if room is None:
                more |= BIT[Contrainte.SALLE]
            if not (permises and more):
                yield self._case(
                    open_at, debut, wall, number, modalite, open_at.lieu, room or "", rank, bent | more
                )
        if not permises:
            for modalite in Modalite:
                if modalite not in wishes.manieres and open_at.serves(modalite):
                    place = open_at.lieu if modalite == Modalite.PRESENTIEL else ""
                    yield self._case(
                        open_at, debut, wall, number, modalite, place, "", 9, bent | BIT[Contrainte.MANIERE]
                    )

    def _case(
        self,
        open_at: Fenetre,
        debut: datetime,
        wall: datetime,
        number: int,
        modalite: Modalite,
        lieu: str,
        salle: str,
        rank: int,
        bent: int,
    ) -> Case:
        return Case(number, wall.hour * 60 + wall.minute, debut, modalite, lieu, salle, rank, bent)

    def _bent_by_time(self, debut: datetime, wall: datetime, number: int, length: timedelta) -> int:
        terrain, wishes = self.terrain, self.souhaits
        start = debut.timestamp()
        end = start + length.total_seconds()
        day = wall.date()
        bent = 0
        if self._busy.meets(start, end) or self._person.meets(start, end):
            bent |= BIT[Contrainte.PRIS]
        if wishes.jours and day.weekday() not in wishes.jours:
            bent |= BIT[Contrainte.JOURS]
        if wishes.depuis is not None and wall.time() < wishes.depuis:
            bent |= BIT[Contrainte.HEURES]
        if wishes.jusqu_a is not None:
            until = wall.replace(tzinfo=None) + length
            if until.date() > day or until.time() > wishes.jusqu_a:
                bent |= BIT[Contrainte.HEURES]
        if day < wishes.du:
            bent |= BIT[Contrainte.DEBUT]
        if day > wishes.au:
            bent |= BIT[Contrainte.FIN]
        if terrain.depart is not None and day < terrain.depart:
            bent |= BIT[Contrainte.DEPART]
        if debut < terrain.now + terrain.emploi.reglage.preavis:
            bent |= BIT[Contrainte.PREAVIS]
        if self.semaine(number) in self._full:
            bent |= BIT[Contrainte.PAR_SEMAINE]
        return bent

    def _room(self, lieu: str, debut: datetime, wall: datetime, length: timedelta) -> str | None:
        """A door that is free then; empty where the place counts none."""
        place = self.terrain.endroits.get(lieu)
        if place is None:
            return ""
        end = (wall + length).time()
        if place.horaires and not any(
            jour == wall.weekday() and de <= wall.time() and end <= a for jour, de, a in place.horaires
        ):
            return None
        start = debut.timestamp()
        for room in place.salles:
            if self.souhaits.fauteuil and not room.fauteuil:
                continue
            if not self._rooms[(lieu, room.id)].meets(start, start + length.total_seconds()):
                return room.id
        return None


def _starts(quand: Intervalle, length: timedelta, fuseau: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Each beginning with its hour of the wall, there. An hour that exists twice is nobody's."""
    debut, wall = quand.debut, quand.debut.astimezone(fuseau)
    still = wall.utcoffset() == quand.fin.astimezone(fuseau).utcoffset()
    while debut + length <= quand.fin:
        if still:
            yield debut, wall
            wall += PAS
        else:
            wall = debut.astimezone(fuseau)
            if wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset():
                yield debut, wall
        debut += PAS
