"""Make the whole demonstration: the cabinet, its dossiers and its first contacts, in the order in which it would have happened."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from jalon.demonstration.cabinet import Maison, open_house
from jalon.demonstration.deroule import play
from jalon.demonstration.histoire import Histoire, read_histoires
from jalon.demonstration.mobilier import announce
from jalon.demonstration.prospects import Prospect, read_prospects
from jalon.demonstration.regards import pas as regards
from jalon.demonstration.semaine import creneau
from jalon.demonstration.tripartite import pas as tripartite
from jalon.demonstration.vie import Vie
from jalon.demonstration.vitrine import Vitrine
from jalon.records.models import Organisme

# The first dossiers are a year old.
_AGE = timedelta(days=430)


class DejaChargee(Exception):
    """A cabinet is there: nothing was touched."""


@dataclass(frozen=True)
class Charge:
    """What was made, in figures."""

    dossiers: int
    actes: int
    prospects: int


def load(now: datetime, histoires: list[Histoire] | None = None) -> Charge:
    if Organisme.objects.exists():
        raise DejaChargee
    chosen = read_histoires() if histoires is None else histoires
    maison = open_house(now - _AGE)
    prospects = [Prospect(row, maison) for row in read_prospects()]
    lives = _lives(chosen, maison, now)
    steps = [one for life in lives for one in life.pas()]
    steps += regards(lives, maison, now)
    steps += [one for prospect in prospects for one in prospect.pas(now)]
    steps += Vitrine(maison).pas(now)
    steps += tripartite(maison, now)
    actes = play(steps, now)
    announce(maison.organisme, maison.consultants, now)
    return Charge(dossiers=len(chosen), actes=actes, prospects=len(prospects))


def _lives(histoires: list[Histoire], maison: Maison, now: datetime) -> list[Vie]:
    """Each consultant's hours of the week are given out one after the other."""
    taken: Counter[int] = Counter()
    lives = []
    for histoire in histoires:
        lives.append(Vie(histoire, maison, creneau(taken[histoire.consultant]), now))
        taken[histoire.consultant] += 1
    return lives
