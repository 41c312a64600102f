"""A hundred clocks that fall due, and the queue of the cabinet: among five hundred open ones, then among fifty thousand."""

import statistics
import time
from datetime import timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

DUE, FEW, MANY = 100, 500, 50_000
RUNS = 5
# The same cost, within what two runs of one measure differ by.
GROWTH = 1.25


def run() -> list[dict[str, Any]]:
    setup()
    from bench.situation import NOW, populate

    found = populate(1_000)
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    _open(found, NOW, FEW - DUE)
    few = _measure(found, NOW)
    _open(found, NOW, MANY - FEW)
    many = _measure(found, NOW)
    said = {
        "trouver": f"trouver {DUE} échéances dues",
        "faire": f"faire {DUE} échéances dues",
        "file": "la file « À faire » du cabinet",
    }
    return [
        measure(
            f"{label}, {MANY} ouvertes",
            many[name] / few[name],
            f"× la même parmi {FEW}",
            GROWTH,
            f"{few[name]:.1f} ms parmi {FEW}, {many[name]:.1f} ms, {loop}",
        )
        for name, label in said.items()
    ]


def _bilans(found: Any) -> list[Any]:
    return list(found.organisme.bilans.order_by("numero")[:1_000])


def _open(found: Any, now: Any, number: int) -> None:
    """Clocks that lie ahead: a reminder of each kind, years of them."""
    from jalon.records.models import Echeance

    bilans = _bilans(found)
    start = Echeance.objects.count()
    Echeance.objects.bulk_create(
        (
            Echeance(
                organisme=found.organisme,
                bilan=bilans[i % len(bilans)],
                nom="seance_rappel",
                reference=f"plus-tard-{start + i}",
                echoit_le=now + timedelta(days=10, minutes=start + i),
            )
            for i in range(number)
        ),
        batch_size=2_000,
    )


def _measure(found: Any, now: Any) -> dict[str, float]:
    from jalon.access.a_faire import read_journee
    from jalon.actions.echeance import run_due
    from jalon.records.models import Echeance

    bilans = _bilans(found)
    finding, doing = [], []
    for turn in range(RUNS + 1):
        Echeance.objects.bulk_create(
            Echeance(
                organisme=found.organisme,
                bilan=bilans[i],
                nom="cpf_reponse",
                reference=f"due-{turn}",
                echoit_le=now - timedelta(minutes=i + 1),
            )
            for i in range(DUE)
        )
        begun = time.perf_counter()
        due = Echeance.objects.filter(faite_le=None, annulee_le=None, echoit_le__lte=now)
        assert len(list(due.order_by("echoit_le", "id").values_list("pk", flat=True)[:200])) == DUE
        finding.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        tally = run_due(now)
        doing.append(time.perf_counter() - begun)
        assert len(tally.faites) == DUE, tally.en_echec
    # The first turn opens files and fills caches.
    return {
        "trouver": 1000 * statistics.median(finding[1:]),
        "faire": 1000 * statistics.median(doing[1:]),
        "file": median_ms(lambda: read_journee(found.responsable, found.organisme, now), runs=9),
    }
