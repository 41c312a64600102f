"""All the papers of one dossier: made, signed by those who sign them, sealed with their evidence."""

from datetime import timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup


def run() -> list[dict[str, Any]]:
    setup()
    from django.db import transaction
    from tests.signatures import settled, with_link

    from bench.situation import NOW
    from jalon.actions.papiers import list_possible
    from jalon.actions.papiers.matiere import read_matiere
    from jalon.documents import render

    bilan = settled(NOW)
    with_link(bilan, NOW)
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    asked = [p.genre for p in list_possible(bilan, now=NOW)]
    missing = [p.genre for p in list_possible(bilan, now=NOW) if p.obstacles]
    if missing:
        raise RuntimeError(f"these papers miss something: {missing}")
    made: list[int] = []

    def everything() -> None:
        with transaction.atomic():
            made.append(_issue_and_sign(bilan, asked, NOW))
            transaction.set_rollback(True)

    from jalon.actions.papiers.ecrits import ECRITS

    matiere = read_matiere(bilan, now=NOW, numerote=False)
    drawn = [(genre, ECRITS[genre](matiere)) for genre in asked]
    alone = median_ms(lambda: [render(g, d, horodatage=NOW) for g, d in drawn], runs=3, warmup=1)
    whole = median_ms(everything, runs=5, warmup=1)
    return [
        measure(
            f"tous les papiers d’un dossier ({len(asked)} établis, {made[-1]} scellés)",
            whole,
            "ms",
            2500,
            f"mise en page seule {alone:.0f} ms, {loop}",
        )
    ]


def _issue_and_sign(bilan: Any, genres: list[str], now: Any) -> int:
    from tests.signatures import sign_by_drawing

    from jalon.actions.convention import transmit_convention
    from jalon.actions.papiers import issue_papiers

    issue_papiers(bilan=bilan, by=bilan.consultant, now=now)
    if bilan.documents.count() != len(genres):
        raise RuntimeError("a paper is missing")
    project = bilan.conventions.get()
    transmit_convention(convention=project, by=bilan.acces_employeur.get().personne, now=now)
    for circuit in bilan.circuits.all():
        for one in circuit.signataires.order_by("rang"):
            sign_by_drawing(circuit, one.qualite, now + timedelta(hours=1))
    done: int = bilan.documents.exclude(circuit__isnull=False).count()
    return done
