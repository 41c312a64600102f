"""The private feed of somebody with two thousand appointments; a cabinet's week of ten consultants beside the reference page."""

from datetime import timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

RENDEZ_VOUS, FLUX_MS, LIMIT = 2_000, 150, 2.5


def run() -> list[dict[str, Any]]:
    home = setup()
    from django.db import connection
    from django.urls import reverse

    from bench.pages import _measure
    from bench.situation import NOW, populate
    from jalon.access.agenda import feed_version, read_feed
    from jalon.documents.ics import write_calendar
    from jalon.records.models import Bilan, Seance

    found = populate(50)
    rows = list(Bilan.objects.exclude(consultant=found.consultant).order_by("numero")[:20])

    def seance(bilan: Any, debut: Any) -> Any:
        return Seance(
            bilan=bilan,
            consultant=bilan.consultant,
            phase="conclusions",
            nature="accompagnement",
            modalite="telephone",
            debut=debut,
            fin=debut + timedelta(hours=1),
            modifiee_le=NOW,
        )

    monday = NOW - timedelta(days=NOW.weekday())
    Seance.objects.bulk_create(
        seance(bilan, monday + timedelta(days=day, hours=rank % 4))
        for rank, bilan in enumerate(rows)
        for day in range(5)
    )
    Seance.objects.bulk_create(
        (seance(found.bilan, NOW + timedelta(hours=n)) for n in range(RENDEZ_VOUS)), batch_size=500
    )
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    feed = median_ms(lambda: write_calendar(read_feed(found.consultant, NOW)), runs=9)
    same = median_ms(lambda: feed_version(found.consultant, NOW), runs=9)
    Seance.objects.filter(bilan=found.bilan, debut__gte=NOW).delete()
    pages = {
        "référence": ("/banc/reference/", found.consultant),
        "semaine": (reverse("organisme_planning"), found.responsable),
    }
    connection.close()
    times = _measure(home, pages, found)
    return [
        measure(f"flux privé, {RENDEZ_VOUS} rendez-vous", feed, "ms", FLUX_MS, loop),
        measure("flux privé, inchangé", same, "ms", None, loop),
        measure(
            "semaine de dix consultants",
            times["semaine"] / times["référence"],
            "× la page de référence",
            LIMIT,
            f"référence {times['référence']:.1f} ms, {loop}",
        ),
    ]
