"""When no plan exists: the fewest constraints that, together, already make it impossible, and which one to loosen.

Feasibility alone is asked here, many times: the days on which a séance may stand are the bits of one number, and «so many days
later» is a shift.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from jalon.domain.planification import Contrainte, Etape, Souhaits, Terrain, ecarts
from jalon.domain.planification_grille import BIT, Grille

# Beyond the wished end, to see whether another end would do; and before the wished beginning.
_AFTER, _BEFORE = timedelta(weeks=26), timedelta(weeks=2)
_ALL = tuple(Contrainte)
_LARGEST = 4


@dataclass(frozen=True)
class Blocage:
    """`ensemble` empty: nobody receives at all. `suffit`: loosening that one alone gives a plan."""

    ensemble: tuple[Contrainte, ...]
    suffit: tuple[Contrainte, ...]


def explain(wanted: Sequence[Etape], souhaits: Souhaits, terrain: Terrain) -> Blocage:
    """To be asked only when there is no plan."""
    question = _Question(wanted, souhaits, terrain)
    found = question.smallest()
    enough = tuple(c for c in found if question.feasible(tuple(x for x in _ALL if x != c)))
    return Blocage(found, enough)


class _Question:
    def __init__(self, wanted: Sequence[Etape], souhaits: Souhaits, terrain: Terrain) -> None:
        self._wanted, self._souhaits, self._terrain = wanted, souhaits, terrain
        self._grid = Grille(terrain, souhaits, souhaits.du - _BEFORE, souhaits.au + _AFTER)
        self._length = self._grid.longueur
        self._full = (1 << self._length) - 1
        # For each length of séance, the days of each way of bending the constraints.
        self._bent: dict[int, dict[int, int]] = {}
        for minutes in {one.minutes for one in wanted}:
            days: dict[int, int] = {}
            for case in self._grid.cases(minutes, permises=False):
                days[case.viole] = days.get(case.viole, 0) | 1 << case.jour
            self._bent[minutes] = days
        self._left = self._grid.reste_par_semaine()
        self._weeks = self._week_masks()
        self._stays = [self._same_week(gap) for gap in range(7)]

    def _week_masks(self) -> dict[int, int]:
        """By how many of ours a week takes: its days."""
        found: dict[int, int] = {}
        for number in range(self._length):
            left = max(0, self._left.get(self._grid.semaine(number), 7))
            found[left] = found.get(left, 0) | 1 << number
        return found

    def smallest(self) -> tuple[Contrainte, ...]:
        if not self.feasible(()):
            return ()
        active = [c for c in _ALL if self._counts(c)]
        for size in range(1, _LARGEST + 1):
            for kept in combinations(active, size):
                if not self.feasible(kept):
                    return kept
        # More than four at once: one that can lose none of its own, if not the smallest of all.
        kept = tuple(active)
        for one in active:
            without = tuple(c for c in kept if c != one)
            if not self.feasible(without):
                kept = without
        return kept

    def _counts(self, one: Contrainte) -> bool:
        if one in (Contrainte.RYTHME, Contrainte.PAUSE):
            return True
        if one == Contrainte.PAR_SEMAINE:
            return bool(self._left)
        return any(bent & BIT[one] for days in self._bent.values() for bent in days)

    def feasible(self, kept: Sequence[Contrainte]) -> bool:
        """With these constraints alone, can all séances stand?"""
        mask = sum(BIT[c] for c in kept)
        allowed = {
            minutes: self._or(days for bent, days in bents.items() if not bent & mask)
            for minutes, bents in self._bent.items()
        }
        layers = min(7, self._terrain.par_semaine or 0) if Contrainte.PAR_SEMAINE in kept else 0
        reach = self._begin(allowed[self._wanted[0].minutes], kept, layers)
        for one in self._wanted[1:]:
            least, _, most = ecarts(one, self._souhaits.rythme)
            if Contrainte.PAUSE not in kept:
                least = 1
            if Contrainte.RYTHME not in kept:
                most = self._length
            reach = self._step(reach, allowed[one.minutes], least, most, layers)
        return any(reach)

    def _begin(self, allowed: int, kept: Sequence[Contrainte], layers: int) -> list[int]:
        after = self._terrain.derniere
        if after is not None and Contrainte.PAUSE in kept:
            least = ecarts(self._wanted[0], self._souhaits.rythme)[0]
            allowed &= self._full << max(0, least - (self._grid.first - after).days)
        allowed &= self._full
        if not layers:
            return [allowed]
        return [allowed & self._takes(1), *(0 for _ in range(layers - 1))]

    def _step(self, reach: list[int], allowed: int, least: int, most: int, layers: int) -> list[int]:
        if not layers:
            return [self._shifted(reach[0], least, most) & allowed & self._full]
        found = [0] * layers
        for gap in range(least, min(most, 6) + 1):
            for layer, days in enumerate(reach):
                found[0] |= (days & ~self._stays[gap]) << gap
                if layer + 1 < layers:
                    found[layer + 1] |= (days & self._stays[gap]) << gap
        if most > 6:
            found[0] |= self._shifted(self._or(reach), max(least, 7), most)
        return [days & allowed & self._full & self._takes(k + 1) for k, days in enumerate(found)]

    def _shifted(self, days: int, least: int, most: int) -> int:
        """Every day from `least` to `most` days after one of these, by doubling."""
        found, width, wanted = days << least, 1, min(most, self._length) - least + 1
        if wanted <= 0:
            return 0
        while width < wanted:
            step = min(width, wanted - width)
            found |= found << step
            width += step
        return found

    def _same_week(self, gap: int) -> int:
        """The days that are still in the same week so many days later."""
        offset = self._grid.first.weekday()
        return self._or(1 << n for n in range(self._length) if (n + offset) % 7 + gap <= 6)

    def _takes(self, count: int) -> int:
        return self._or(days for left, days in self._weeks.items() if left >= count)

    @staticmethod
    def _or(masks: Iterable[int]) -> int:
        found = 0
        for one in masks:
            found |= one
        return found
