"""Eight séances in twelve weeks, against the consultant's calendar and the room's, a thousand events each."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

EVENTS, LIMIT = 1_000, 50


def run() -> list[dict[str, Any]]:
    setup()
    from jalon.domain.planification import Etape, Souhaits
    from jalon.domain.planification_calcul import Recherche, open_grid
    from jalon.domain.planification_propositions import propose

    where, wanted = _terrain(), _wanted(Etape)
    souhaits = Souhaits(MONDAY, MONDAY + timedelta(weeks=12))

    def best() -> Any:
        return Recherche(wanted, souhaits, where, open_grid(souhaits, where)).best()

    assert best() is not None
    blocked = Souhaits(MONDAY, MONDAY + timedelta(weeks=4))
    assert propose(wanted, blocked, where).obstacles
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    return [
        measure("planifier 8 séances en 12 semaines", median_ms(best), "ms", LIMIT, loop),
        measure("trois propositions", median_ms(lambda: propose(wanted, souhaits, where)), "ms", None, loop),
        measure("dire ce qui bloque", median_ms(lambda: propose(wanted, blocked, where)), "ms", None, loop),
    ]


MONDAY = date(2026, 3, 2)


def _wanted(etape: Any) -> list[Any]:
    from jalon.domain.parcours import Phase

    phases = [Phase.PRELIMINAIRE] + [Phase.INVESTIGATION] * 4 + [Phase.CONCLUSIONS] * 3
    return [etape(phase, 120, 60 if rank else 0) for rank, phase in enumerate(phases)]


def _terrain() -> Any:
    from jalon.domain.disponibilite import Emploi, Intervalle, Plage, Reglage
    from jalon.domain.jours import Calendrier, Territoire, zone
    from jalon.domain.planification import Endroit, Porte, Terrain
    from jalon.law import law_on

    chance = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def calendar() -> tuple[Any, ...]:
        found = []
        for _ in range(EVENTS):
            debut = start + timedelta(minutes=15 * chance.randrange(365 * 96))
            found.append(Intervalle(debut, debut + timedelta(minutes=chance.choice((30, 60, 90)))))
        return tuple(found)

    plages = tuple(
        Plage(jour, debut, fin, "port", True)
        for jour in range(5)
        for debut, fin in ((time(8), time(12)), (time(13), time(19)))
    )
    reglage = Reglage(timedelta(hours=2), timedelta(minutes=15), timedelta(hours=24), timedelta(days=400))
    paris = zone("Europe/Paris")
    emploi = Emploi(plages, (), reglage, paris, Calendrier(Territoire.METROPOLE, law_on(MONDAY)))
    return Terrain(
        emploi,
        datetime(2026, 2, 20, 9, 0, tzinfo=UTC),
        paris,
        occupe=calendar(),
        endroits={"port": Endroit("port", (Porte("salle", True, calendar()),))},
    )
