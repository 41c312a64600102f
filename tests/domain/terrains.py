"""Small and random terrains to plan on, and an honest way to try everything."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from jalon.domain.disponibilite import Emploi, Intervalle, Plage, Reglage
from jalon.domain.jours import Calendrier, Territoire, zone
from jalon.domain.planification import Terrain, ecarts
from jalon.domain.planification_grille import Grille
from jalon.law import law_on

PARIS = zone("Europe/Paris")
LUNDI = date(2026, 3, 2)
NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
LAW = law_on(LUNDI)


def emploi(plages=None, *, tampon=0, preavis=0, fuseau=PARIS):
    plages = plages or [Plage(j, time(9), time(12), "port", True) for j in range(5)]
    reglage = Reglage(
        duree=timedelta(minutes=45),
        tampon=timedelta(minutes=tampon),
        preavis=timedelta(hours=preavis),
        horizon=timedelta(days=400),
    )
    return Emploi(tuple(plages), (), reglage, fuseau, Calendrier(Territoire.METROPOLE, LAW))


def terrain(plages=None, *, tampon=0, preavis=0, **more):
    return Terrain(emploi(plages, tampon=tampon, preavis=preavis), NOW, PARIS, **more)


def taken(day, start, end):
    return Intervalle(
        datetime.combine(day, start, tzinfo=PARIS).astimezone(UTC),
        datetime.combine(day, end, tzinfo=PARIS).astimezone(UTC),
    )


def points(path, wanted, souhaits, poids):
    """The published objective, written again from its sentence."""
    total = poids.attente * max(0, (path[0][0] - souhaits.du).days)
    total += poids.fin * max(0, (path[-1][0] - souhaits.du).days)
    total += sum(poids.maniere * rank for _, _, rank in path)
    for (before, hour_before, _), (day, hour, _), one in zip(path, path[1:], wanted[1:], strict=False):
        _, ideal, _ = ecarts(one, souhaits.rythme)
        total += poids.regularite * abs((day - before).days - ideal)
        total += poids.heure * (hour != hour_before)
    return total


def exhaustive(wanted, souhaits, where, poids):
    """Every set of moments, one by one: the least points, or None."""
    grid = Grille(where, souhaits, souhaits.du, souhaits.au)
    options = []
    for one in wanted:
        cheapest = {}
        for case in grid.cases(one.minutes):
            key = (souhaits.du + timedelta(days=case.jour), case.heure)
            cheapest[key] = min(case.rang, cheapest.get(key, 99))
        options.append([(*key, rank) for key, rank in cheapest.items()])
    best = None
    for path in product(*options):
        if not _keeps_its_distances(path, wanted, souhaits) or not _within_weeks(path, where):
            continue
        found = points(path, wanted, souhaits, poids)
        best = found if best is None else min(best, found)
    return best


def _keeps_its_distances(path, wanted, souhaits):
    for before, after, one in zip(path, path[1:], wanted[1:], strict=False):
        least, _, most = ecarts(one, souhaits.rythme)
        if not least <= (after[0] - before[0]).days <= most:
            return False
    return True


def _within_weeks(path, where):
    if where.par_semaine is None:
        return True
    weeks = {}
    for day, _, _ in path:
        weeks[day.isocalendar()[:2]] = weeks.get(day.isocalendar()[:2], 0) + 1
    for day, count in where.prises.items():
        if day.isocalendar()[:2] in weeks:
            weeks[day.isocalendar()[:2]] += count
    return all(count <= where.par_semaine for count in weeks.values())
