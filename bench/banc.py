"""What every measure shares: a data folder of its own, a populated database, and medians.

The figures of a shared machine drift: each is printed beside a reference measured in the same run.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(RACINE / "src"), str(RACINE)]


def setup(settings: str = "bench.reglages") -> Path:
    """Django on an empty data folder, migrated, with its vault. Called once, before anything of Jalon is imported."""
    home = Path(os.environ.setdefault("JALON_HOME", tempfile.mkdtemp(prefix="jalon-banc-")))
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()
    if not (home / "trousseau.sqlite3").exists():
        from django.core.management import call_command

        from jalon.vault import Coffre
        from jalon.vault.maitresse import new_master, write_master

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        master = new_master()
        write_master(home / "cle-maitresse", master)
        Coffre.create(home, master)
    return home


def median_ms(action: Callable[[], Any], *, runs: int = 15, warmup: int = 2) -> float:
    for _ in range(warmup):
        action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def fixed_loop_ms() -> float:
    """The reference of the machine: a loop that never changes."""

    def loop() -> int:
        total = 0
        for i in range(200_000):
            total += i * i % 7
        return total

    return median_ms(loop, runs=7)


def measure(nom: str, valeur: float, unite: str, cible: float | None, reference: str) -> dict[str, Any]:
    return {"nom": nom, "valeur": round(valeur, 3), "unite": unite, "cible": cible, "reference": reference}
