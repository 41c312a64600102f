"""What is asked of a plan: the séances of a parcours in their order, the time between them, what the person can and wishes.

The objective, in points, the least being the best (`Poids`): each day away from the ideal rhythm 100, each change of hour 40,
each séance held otherwise than first wished 20, each day before the first séance 10, each day before the last one 1. Dates are
days of the bilan's own place; the work that the person does by herself asks for days of its own between two séances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.domain.disponibilite import Emploi, Intervalle
from jalon.domain.parcours import LEGAL_PHASES, Labelled, Ligne, Nature, Phase
from jalon.domain.seance import Modalite

# Ours: what a person who works by day gives of an evening to her own work.
TRAVAIL_PAR_JOUR = 120
UNE_HEURE = 60


class Contrainte(Labelled):
    """All that a plan bends to and that somebody could loosen, in the order in which it is told."""

    JOURS = "jours", "les jours de la semaine choisis"
    HEURES = "heures", "les heures choisies"
    MANIERE = "maniere", "le lieu ou la manière choisis"
    FIN = "fin", "la date de fin souhaitée"
    DEBUT = "debut", "la date de début souhaitée"
    RYTHME = "rythme", "l’écart le plus long entre deux séances"
    PAUSE = "pause", "le temps entre deux séances pour le travail personnel"
    SALLE = "salle", "les salles libres"
    PRIS = "pris", "les rendez-vous déjà pris"
    PAR_JOUR = "par_jour", "le nombre de séances par jour"
    PAR_SEMAINE = "par_semaine", "le nombre de séances par semaine"
    PREAVIS = "preavis", "le préavis de prise de rendez-vous"
    DEPART = "depart", "le premier jour permis par le financement"


class Rythme(Labelled):
    """How far apart: at least, ideally, at most, in days."""

    SEMAINE = "semaine", "Une séance par semaine"
    QUINZAINE = "quinzaine", "Une séance tous les quinze jours"
    SERRE = "serre", "Deux séances par semaine"
    LENT = "lent", "Une séance toutes les trois semaines"

    @property
    def jours(self) -> tuple[int, int, int]:
        return {"semaine": (5, 7, 14), "quinzaine": (10, 14, 21), "serre": (2, 3, 8), "lent": (14, 21, 30)}[
            self.value
        ]


@dataclass(frozen=True)
class Etape:
    """One séance to be placed. `travail`: minutes of her own work between the one before and this one."""

    phase: Phase
    minutes: int
    travail: int = 0


@dataclass(frozen=True)
class Souhaits:
    """What the person can and wishes. Empty means «no matter»."""

    du: date
    au: date
    rythme: Rythme = Rythme.SEMAINE
    jours: frozenset[int] = frozenset()
    depuis: time | None = None
    jusqu_a: time | None = None
    # In the order of preference.
    manieres: tuple[Modalite, ...] = tuple(Modalite)
    lieux: frozenset[str] = frozenset()
    fauteuil: bool = False


@dataclass(frozen=True)
class Porte:
    """A room, and when somebody is in it. `id` empty: a place that counts none."""

    id: str = ""
    fauteuil: bool = True
    occupe: tuple[Intervalle, ...] = ()


@dataclass(frozen=True)
class Endroit:
    """A place with its rooms; `horaires`: (day, from, to), empty when it is always open."""

    id: str
    salles: tuple[Porte, ...] = (Porte(),)
    horaires: tuple[tuple[int, time, time], ...] = ()


@dataclass(frozen=True)
class Terrain:
    """All that is known of the consultant, of the rooms and of the person, from `now` on."""

    emploi: Emploi
    now: datetime
    fuseau: ZoneInfo
    occupe: Sequence[Intervalle] = ()
    personne: Sequence[Intervalle] = ()
    endroits: Mapping[str, Endroit] = field(default_factory=dict)
    # Séances of this consultant, day by day, on her own calendar.
    prises: Mapping[date, int] = field(default_factory=dict)
    par_jour: int | None = None
    par_semaine: int | None = None
    # First day that the funding allows.
    depart: date | None = None
    # The last séance that stands already: the first one placed keeps its distance.
    derniere: date | None = None


@dataclass(frozen=True)
class Choix:
    """One séance placed."""

    etape: Etape
    debut: datetime
    modalite: Modalite
    lieu: str = ""
    salle: str = ""

    @property
    def fin(self) -> datetime:
        return self.debut + timedelta(minutes=self.etape.minutes)


@dataclass(frozen=True)
class Plan:
    choix: tuple[Choix, ...]
    points: int


@dataclass(frozen=True)
class Poids:
    regularite: int = 100
    heure: int = 40
    maniere: int = 20
    attente: int = 10
    fin: int = 1


REGULIER = Poids()
AU_PLUS_TOT = Poids(regularite=1, heure=2, maniere=2, attente=20, fin=100)


def etapes(
    lignes: Iterable[Ligne], faites: Mapping[Phase, int] | None = None, *, au_plus: int | None = None
) -> list[Etape]:
    """The interviews that remain, phase by phase. `faites`: minutes planned or held already. `au_plus`: séances of so many
    minutes at most, for whoever tires; the hours stay the same. Moments of group are fixed apart."""
    rows = [row for row in lignes if row.phase in LEGAL_PHASES and not row.collectif]
    found: list[Etape] = []
    for phase in LEGAL_PHASES:
        left = dict(faites or {}).get(phase, 0)
        lengths: list[int] = []
        for row in rows:
            if row.phase == phase and row.nature == Nature.ACCOMPAGNEMENT:
                lengths += [row.minutes] * row.nombre
        while lengths and left > 0:
            taken = min(left, lengths[0])
            left -= taken
            lengths[0] -= taken
            if lengths[0] < 15:
                lengths.pop(0)
        found += [Etape(phase, part) for minutes in lengths for part in _split(minutes, au_plus)]
    work = {
        phase: sum(r.total for r in rows if r.phase == phase and r.nature == Nature.TRAVAIL_PERSONNEL)
        for phase in LEGAL_PHASES
    }
    return _spread(found, work)


def _split(minutes: int, au_plus: int | None) -> list[int]:
    """Equal parts: 150 minutes by an hour at most are three times fifty."""
    if au_plus is None or minutes <= au_plus:
        return [minutes]
    parts = -(-minutes // au_plus)
    base, rest = divmod(minutes, parts)
    return [base + (1 if i < rest else 0) for i in range(parts)]


def _spread(found: list[Etape], work: Mapping[Phase, int]) -> list[Etape]:
    """The work of a phase goes between its séances and up to the next phase; before it when nothing follows."""
    before = [0] * len(found)
    for phase, minutes in work.items():
        mine = [i for i, one in enumerate(found) if one.phase == phase]
        gaps = [i + 1 for i in mine if i + 1 < len(found)] or [i for i in mine if i]
        for gap in gaps:
            before[gap] += minutes // len(gaps)
    return [Etape(one.phase, one.minutes, before[i]) for i, one in enumerate(found)]


def ecarts(etape: Etape, rythme: Rythme) -> tuple[int, int, int]:
    """Days from the séance before: at least, ideally, at most. Never two séances in one day."""
    least, ideal, most = rythme.jours
    if etape.travail:
        least = max(least, 1 + -(-etape.travail // TRAVAIL_PAR_JOUR))
    return least, max(least, ideal), max(least, most)
