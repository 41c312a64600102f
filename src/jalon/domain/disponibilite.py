"""From weekly hours and exceptions to the moments that may be booked, right through the changes of hour.

Hours are typed as the clock on the wall shows them; what follows is counted on instants. A moment whose hour exists
twice that night, or not at all, is never offered: nobody could say which one was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.domain.jours import DAY, Calendrier, local_day
from jalon.domain.obstacle import Obstacle
from jalon.domain.seance import Modalite

# Every quarter of an hour would be a wall of buttons; every half hour is how people meet.
PAS = timedelta(minutes=30)
# Ours: from this hour on it is the evening, for who works by day.
SOIR = time(18)
SAMEDI = 5
JOURS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")


@dataclass(frozen=True)
class Plage:
    """Every week, that day, between these hours of the wall; `lieu` is an identifier, empty at a distance only."""

    jour: int
    debut: time
    fin: time
    lieu: str = ""
    a_distance: bool = True


@dataclass(frozen=True)
class Ecart:
    """Certain days are not like the others: closed (whole days or some hours), or open besides the week.

    With a `lieu`, a closure closes that place alone: who works there may still be met at a distance.
    """

    du: date
    au: date
    ouvert: bool = False
    debut: time | None = None
    fin: time | None = None
    lieu: str = ""
    a_distance: bool = True


@dataclass(frozen=True)
class Reglage:
    """How somebody lets herself be booked."""

    duree: timedelta
    tampon: timedelta
    preavis: timedelta
    horizon: timedelta
    par_jour: int | None = None
    par_semaine: int | None = None
    jours_feries: bool = False
    modalites: frozenset[Modalite] = frozenset(Modalite)


@dataclass(frozen=True)
class Intervalle:
    """Two instants, in UTC, the end not included."""

    debut: datetime
    fin: datetime

    def meets(self, other: Intervalle) -> bool:
        return self.debut < other.fin and other.debut < self.fin


@dataclass(frozen=True)
class Fenetre:
    """An open stretch of one day."""

    quand: Intervalle
    lieu: str
    a_distance: bool

    def serves(self, modalite: Modalite) -> bool:
        return bool(self.lieu) if modalite == Modalite.PRESENTIEL else self.a_distance


@dataclass(frozen=True)
class Creneau:
    """One moment that may be booked, in one way. `lieu` only when one comes."""

    debut: datetime
    fin: datetime
    modalite: Modalite
    lieu: str = ""


@dataclass(frozen=True)
class Emploi:
    """All that says when one person may be booked."""

    plages: tuple[Plage, ...]
    ecarts: tuple[Ecart, ...]
    reglage: Reglage
    fuseau: ZoneInfo
    calendrier: Calendrier


def fenetres(emploi: Emploi, day: date) -> list[Fenetre]:
    """The open stretches of a day, in order: the week's, unless a holiday or a closure, and those opened for that day."""
    mine = [e for e in emploi.ecarts if e.du <= day <= e.au]
    closed_for_holiday = not emploi.reglage.jours_feries and emploi.calendrier.is_holiday(day)
    weekly = [] if closed_for_holiday else [p for p in emploi.plages if p.jour == day.weekday()]
    found = [Fenetre(_between(day, p.debut, p.fin, emploi.fuseau), p.lieu, p.a_distance) for p in weekly]
    for ecart in mine:
        if ecart.ouvert and ecart.debut is not None and ecart.fin is not None:
            quand = _between(day, ecart.debut, ecart.fin, emploi.fuseau)
            found.append(Fenetre(quand, ecart.lieu, ecart.a_distance))
    for ecart in mine:
        if not ecart.ouvert:
            found = [left for one in found for left in _without(one, ecart, day, emploi.fuseau)]
    return sorted((f for f in found if f.quand.debut < f.quand.fin), key=lambda f: (f.quand.debut, f.lieu))


def creneaux(
    emploi: Emploi,
    days: Iterable[date],
    modalite: Modalite,
    *,
    occupe: Sequence[Intervalle],
    pris: Mapping[date, int],
    now: datetime,
) -> list[Creneau]:
    """Every moment that may still be booked on these days. `pris`: interviews already booked, day by day."""
    reglage = emploi.reglage
    if modalite not in reglage.modalites:
        return []
    taken = sorted(
        (Intervalle(o.debut - reglage.tampon, o.fin + reglage.tampon) for o in occupe), key=lambda o: o.debut
    )
    earliest = now + reglage.preavis
    last_day = local_day(now, emploi.fuseau) + reglage.horizon
    found: dict[datetime, Creneau] = {}
    for day in days:
        if day > last_day or _is_full(day, reglage, pris):
            continue
        for fenetre in fenetres(emploi, day):
            if fenetre.serves(modalite):
                for debut in _starts(fenetre.quand, reglage.duree, emploi.fuseau):
                    quand = Intervalle(debut, debut + reglage.duree)
                    if debut >= earliest and not any(quand.meets(one) for one in taken):
                        place = fenetre.lieu if modalite == Modalite.PRESENTIEL else ""
                        found.setdefault(debut, Creneau(quand.debut, quand.fin, modalite, place))
    return [found[debut] for debut in sorted(found)]


def is_evening(debut: datetime, fuseau: ZoneInfo) -> bool:
    return debut.astimezone(fuseau).time() >= SOIR


def is_saturday(debut: datetime, fuseau: ZoneInfo) -> bool:
    return debut.astimezone(fuseau).weekday() == SAMEDI


def plage_obstacles(plages: Sequence[Plage], known: frozenset[str]) -> list[Obstacle]:
    """What is wrong with a week as it was typed; `known`: the places of the cabinet."""
    found = []
    for rank, one in enumerate(plages):
        if one.fin <= one.debut:
            found.append(
                Obstacle(
                    "La fin doit être après le début. Une plage qui passe minuit s’écrit en deux.",
                    code="horaires",
                    field=f"plage-{rank}-fin",
                )
            )
        if not one.lieu and not one.a_distance:
            found.append(
                Obstacle(
                    "Dites où : choisissez un lieu, ou cochez « À distance ».",
                    code="ou",
                    field=f"plage-{rank}-lieu",
                )
            )
        if one.lieu and one.lieu not in known:
            found.append(
                Obstacle(
                    "Ce lieu ne sert plus : choisissez-en un autre.", code="lieu", field=f"plage-{rank}-lieu"
                )
            )
        if any(
            other.jour == one.jour and one.debut < other.fin and other.debut < one.fin
            for other in plages[:rank]
        ):
            found.append(
                Obstacle(
                    "Deux plages du même jour se chevauchent : réunissez-les.",
                    code="chevauchement",
                    field=f"plage-{rank}-debut",
                )
            )
    return found


def _is_full(day: date, reglage: Reglage, pris: Mapping[date, int]) -> bool:
    if reglage.par_jour is not None and pris.get(day, 0) >= reglage.par_jour:
        return True
    if reglage.par_semaine is None:
        return False
    monday = day - timedelta(days=day.weekday())
    return sum(pris.get(monday + n * DAY, 0) for n in range(7)) >= reglage.par_semaine


def _between(day: date, debut: time, fin: time, fuseau: ZoneInfo) -> Intervalle:
    """From the first reading of the beginning to the last of the end: an hour lived twice is open twice as long."""
    return Intervalle(_at(day, debut, fuseau, fold=0), _at(day, fin, fuseau, fold=1))


def _at(day: date, hour: time, fuseau: ZoneInfo, *, fold: int) -> datetime:
    return datetime.combine(day, hour.replace(fold=fold), tzinfo=fuseau).astimezone(UTC)


def _without(fenetre: Fenetre, ecart: Ecart, day: date, fuseau: ZoneInfo) -> Iterator[Fenetre]:
    if ecart.lieu and ecart.lieu != fenetre.lieu:
        yield fenetre
        return
    if ecart.debut is None or ecart.fin is None:
        closed = Intervalle(_at(day, time(), fuseau, fold=0), _at(day + DAY, time(), fuseau, fold=0))
    else:
        closed = _between(day, ecart.debut, ecart.fin, fuseau)
    if not fenetre.quand.meets(closed):
        yield fenetre
        return
    inside = Intervalle(max(fenetre.quand.debut, closed.debut), min(fenetre.quand.fin, closed.fin))
    yield Fenetre(Intervalle(fenetre.quand.debut, inside.debut), fenetre.lieu, fenetre.a_distance)
    # A place that is closed does not keep anybody from being met at a distance.
    if ecart.lieu and fenetre.a_distance:
        yield Fenetre(inside, "", True)
    yield Fenetre(Intervalle(inside.fin, fenetre.quand.fin), fenetre.lieu, fenetre.a_distance)


def _starts(quand: Intervalle, duree: timedelta, fuseau: ZoneInfo) -> Iterator[datetime]:
    debut = quand.debut
    while debut + duree <= quand.fin:
        wall = debut.astimezone(fuseau)
        if wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset():
            yield debut
        debut += PAS
