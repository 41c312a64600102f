"""The best set of dates, exactly: each séance after the one before, at a distance that counts, on a grid of days and hours.

The points of a plan are a sum over its séances and over each pair that follows, so the best way to reach a moment is the best
way to reach one of those that may come before it: nothing else has to be tried. A limit per week adds how many of ours the
week already holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import add

from jalon.domain.planification import REGULIER, Choix, Etape, Plan, Poids, Souhaits, Terrain, ecarts
from jalon.domain.planification_grille import Case, Grille

INF = 10**12
Table = list[list[int]]


class Recherche:
    """One grid, asked for several plans."""

    def __init__(self, wanted: Sequence[Etape], souhaits: Souhaits, terrain: Terrain, grille: Grille) -> None:
        self._wanted, self._souhaits, self._terrain, self._grille = wanted, souhaits, terrain, grille
        self._cases: dict[int, dict[tuple[int, int], Case]] = {}
        for minutes in {one.minutes for one in wanted}:
            best: dict[tuple[int, int], Case] = {}
            for case in grille.cases(minutes):
                known = best.get(case[:2])
                if known is None or case.rang < known.rang:
                    best[case[:2]] = case
            self._cases[minutes] = best
        self._hours = sorted({heure for found in self._cases.values() for _, heure in found})
        self._days = grille.longueur

    def best(self, poids: Poids = REGULIER, *, sauf: frozenset[tuple[int, int]] = frozenset()) -> Plan | None:
        """`sauf`: (day of the week, hour) that must not serve, to find something else than a first plan."""
        if not self._wanted or not self._hours:
            return None
        nodes = {minutes: self._table(minutes, poids, sauf) for minutes in self._cases}
        layers = self._layers()
        stages = [self._first(nodes[self._wanted[0].minutes], poids, layers)]
        for one in self._wanted[1:]:
            stages.append(self._next(stages[-1], nodes[one.minutes], one, poids))
        return self._read(stages, nodes, poids)

    def _table(self, minutes: int, poids: Poids, sauf: frozenset[tuple[int, int]]) -> Table:
        rank = {heure: i for i, heure in enumerate(self._hours)}
        table = [[INF] * self._days for _ in self._hours]
        offset = self._grille.first.weekday()
        for (jour, heure), case in self._cases[minutes].items():
            if ((jour + offset) % 7, heure) not in sauf:
                table[rank[heure]][jour] = poids.maniere * case.rang
        return table

    def _layers(self) -> int:
        """How many of ours one week may hold where a limit bites; one layer when it cannot."""
        left = self._grille.reste_par_semaine()
        least = min((ecarts(e, self._souhaits.rythme)[0] for e in self._wanted[1:]), default=7)
        most = 1 + 6 // least
        return most if any(n < most for n in left.values()) else 1

    def _room(self, layers: int) -> list[int]:
        """For each day, how many of ours its week takes."""
        left = self._grille.reste_par_semaine()
        return [
            layers if not left else min(layers, max(0, left[self._grille.semaine(d)]))
            for d in range(self._days)
        ]

    def _first(self, node: Table, poids: Poids, layers: int) -> list[Table]:
        room = self._room(layers)
        start = (self._souhaits.du - self._grille.first).days
        after = self._terrain.derniere
        costs = [poids.attente * max(0, d - start) for d in range(self._days)]
        if after is not None:
            least, ideal, most = ecarts(self._wanted[0], self._souhaits.rythme)
            for d in range(self._days):
                gap = d + (self._grille.first - after).days
                costs[d] = INF if gap < least else poids.regularite * max(0, abs(gap - ideal))
                # Later than the longest gap is still possible: the one before may be long past.
                if gap > most:
                    costs[d] = poids.regularite * (gap - ideal)
        found = [
            [min(INF, row[d] + costs[d]) if room[d] >= 1 else INF for d in range(self._days)] for row in node
        ]
        empty = [[INF] * self._days for _ in node]
        return [found, *(empty for _ in range(layers - 1))]

    def _next(self, before: list[Table], node: Table, one: Etape, poids: Poids) -> list[Table]:
        least, ideal, most = ecarts(one, self._souhaits.rythme)
        # From the longest gap to the shortest: the order of the days that come before.
        fares = [poids.regularite * abs(gap - ideal) for gap in range(most, least - 1, -1)]
        layers = len(before)
        if layers == 1:
            return [self._reach(before[0], node, fares, least, most, poids.heure, None, 0)]
        merged = [list(map(min, *(table[h] for table in before))) for h in range(len(node))]
        return [
            self._reach(merged if k == 0 else before[k - 1], node, fares, least, most, poids.heure, k, layers)
            for k in range(layers)
        ]

    def _reach(
        self,
        before: Table,
        node: Table,
        fares: list[int],
        least: int,
        most: int,
        change: int,
        layer: int | None,
        layers: int,
    ) -> Table:
        """`layer` 0: the one before was in an earlier week; above: in the same. None: weeks do not matter."""
        anywhere = before[0] if len(before) == 1 else list(map(min, *before))
        room = self._room(layers) if layer is not None else None
        table = [[INF] * self._days for _ in node]
        offset = self._grille.first.weekday()
        for d in range(least, self._days):
            low, high = max(0, d - most), d - least
            if layer is not None:
                assert room is not None
                if layer >= room[d]:
                    continue
                monday = d - (d + offset) % 7
                low, high = (low, min(high, monday - 1)) if layer == 0 else (max(low, monday), high)
                if high < low:
                    continue
            skipped = low - (d - most)
            part = fares[skipped : skipped + high - low + 1]
            other = min(map(add, anywhere[low : high + 1], part)) + change
            if other >= INF:
                continue
            for row, out, source in zip(node, table, before, strict=True):
                if row[d] < INF:
                    same = min(map(add, source[low : high + 1], part))
                    out[d] = row[d] + (same if same < other else other)
        return table

    def _read(self, stages: list[list[Table]], nodes: dict[int, Table], poids: Poids) -> Plan | None:
        start = (self._souhaits.du - self._grille.first).days
        ends = [
            (cost + poids.fin * max(0, d - start), d, h, k)
            for k, table in enumerate(stages[-1])
            for h, row in enumerate(table)
            for d, cost in enumerate(row)
            if cost < INF
        ]
        if not ends:
            return None
        points, d, h, k = min(ends)
        path = [(d, h)]
        for rank in range(len(stages) - 1, 0, -1):
            one = self._wanted[rank]
            due = stages[rank][k][h][d] - nodes[one.minutes][h][d]
            d, h, k = self._before(stages[rank - 1], one, poids, (d, h, k), due)
            path.append((d, h))
        path.reverse()
        return Plan(tuple(map(self._choice, self._wanted, path)), points)

    def _before(
        self, before: list[Table], one: Etape, poids: Poids, at: tuple[int, int, int], due: int
    ) -> tuple[int, int, int]:
        """Where that cost comes from: the same hour first, then the earliest day."""
        least, ideal, most = ecarts(one, self._souhaits.rythme)
        d, h, k = at
        layers = len(before)
        offset = self._grille.first.weekday()
        for hour in (h, *(x for x in range(len(before[0])) if x != h)):
            for day in range(max(0, d - most), d - least + 1):
                same_week = day >= d - (d + offset) % 7
                if layers > 1 and same_week != (k > 0):
                    continue
                for layer in range(layers) if k == 0 or layers == 1 else (k - 1,):
                    fare = poids.regularite * abs(d - day - ideal) + (poids.heure if hour != h else 0)
                    if before[layer][hour][day] + fare == due:
                        return day, hour, layer
        raise AssertionError("a cost without a way to it")

    def _choice(self, one: Etape, at: tuple[int, int]) -> Choix:
        case = self._cases[one.minutes][(at[0], self._hours[at[1]])]
        return Choix(one, case.debut, case.modalite, case.lieu, case.salle)


def elsewhere(plan: Plan, terrain: Terrain) -> list[frozenset[tuple[int, int]]]:
    """What to do without, to find a plan that is really another: the day that it uses most; failing that, those hours."""
    used: dict[tuple[int, int], int] = {}
    for one in plan.choix:
        wall = one.debut.astimezone(terrain.fuseau)
        key = (wall.weekday(), wall.hour * 60 + wall.minute)
        used[key] = used.get(key, 0) + 1
    day, hour = max(used, key=lambda key: (used[key], key))
    whole_day = frozenset((day, minute) for minute in range(24 * 60))
    around = frozenset((d, minute) for d in range(7) for minute in range(hour - 90, hour + 91))
    return [whole_day, around]


def open_grid(souhaits: Souhaits, terrain: Terrain, last: date | None = None) -> Grille:
    return Grille(terrain, souhaits, souhaits.du, last or souhaits.au)
