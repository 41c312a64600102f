"""Take a full bilan away, plain and under a phrase, bring it back; and find what is due among a hundred thousand closed ones."""

import os
import statistics
import time
import uuid
from datetime import timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

PIECES, FILES, WEIGHT = 60, 10, 2_000_000
CLOSED, FEW = 100_000, 1_000
PHRASE = "cheval agrafe pile correct"


def run() -> list[dict[str, Any]]:
    setup()
    from bench.situation import NOW, populate

    found = populate(20)
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    return [*_take(found, NOW, loop), *_sweep(found, NOW, loop)]


def _take(found: Any, now: Any, loop: str) -> list[dict[str, Any]]:
    from jalon.actions.emport import take_away
    from jalon.actions.fichier import deposit_fichier
    from jalon.actions.piece import write_piece
    from jalon.actions.reprise import resume_dossier
    from jalon.records.models import Bilan
    from jalon.vault.pieces.experience import Experience

    bilan, her = found.bilan, found.bilan.beneficiaire
    text = "Ce que j’y faisais, jour après jour, et ce que j’en ai appris. " * 60
    for i in range(PIECES):
        content = Experience(intitule=f"Expérience {i}", structure="Atelier", texte=text)
        write_piece(bilan, content, by=her, now=now, reference=str(uuid.uuid4()))
    for i in range(FILES):
        body = os.urandom(WEIGHT // 2).hex().encode()
        deposit_fichier(bilan=bilan, nom=f"{i}.txt", data=body, description="", by=her, now=now)

    def taken(phrase: str = "") -> bytes:
        return take_away(bilan=bilan, by=her, now=now, phrase=phrase).octets

    size = len(taken()) / 1e6
    other = Bilan.objects.filter(organisme=found.organisme, beneficiaire=her).first()
    octets, start = taken(PHRASE), time.perf_counter()
    resume_dossier(bilan=other, fichier=octets, phrase=PHRASE, by=her, now=now)
    back = time.perf_counter() - start
    what = f"{PIECES} pièces et {FILES} fichiers de 2 Mo"
    return [
        measure(
            f"emporter {what}", median_ms(taken, runs=5, warmup=1) / 1000, "s", 5, f"{size:.0f} Mo, {loop}"
        ),
        measure(
            "le même sous une phrase", median_ms(lambda: taken(PHRASE), runs=5, warmup=1) / 1000, "s", 5, loop
        ),
        measure("le reprendre", back, "s", 10, loop),
    ]


def _close(found: Any, now: Any, number: int) -> None:
    """Closed and destroyed long ago: each with its done clock and its register."""
    from jalon.domain.bilan import Etat
    from jalon.records.models import Bilan, Destruction, Echeance

    model, first = Bilan.objects.get(pk=found.bilan.pk), Bilan.objects.count()
    then = now - timedelta(days=300)
    rows = []
    for i in range(number):
        row = Bilan.objects.model(
            **{f.attname: getattr(model, f.attname) for f in Bilan._meta.concrete_fields}
        )
        row.pk, row.numero, row.etat = uuid.uuid4(), f"v{first + i:07d}", Etat.TERMINE
        row.termine_le = row.destruction_commencee_le = row.contenu_detruit_le = then
        rows.append(row)
    Bilan.objects.bulk_create(rows, batch_size=500)
    Echeance.objects.bulk_create(
        (
            Echeance(organisme=found.organisme, bilan=row, nom="destruction", echoit_le=then, faite_le=then)
            for row in rows
        ),
        batch_size=500,
    )
    Destruction.objects.bulk_create(
        (
            Destruction(
                bilan=row,
                motif="terme",
                cles=[],
                commencee_le=then,
                faite_le=then,
                miroir_rafraichi_le=then,
            )
            for row in rows
        ),
        batch_size=500,
    )


def _sweep(found: Any, now: Any, loop: str) -> list[dict[str, Any]]:
    """What the night asks: the clocks that are due, the destructions to resume, the overdue ones of the cabinet."""
    from jalon.access import systeme
    from jalon.access.a_faire import _overdue_destructions
    from jalon.actions.destruction import resume_destructions
    from jalon.actions.echeance import run_due
    from jalon.records.models import Bilan

    systeme()

    def look() -> None:
        run_due(now)
        resume_destructions(now=now)
        _overdue_destructions(Bilan.objects.filter(organisme=found.organisme), now)

    def spent() -> float:
        return statistics.median(median_ms(look, runs=5, warmup=2) for _ in range(3))

    _close(found, now, FEW)
    few = spent()
    _close(found, now, CLOSED - FEW)
    many = spent()
    return [
        measure(f"trouver ce qui est dû parmi {CLOSED} bilans clos", many, "ms", 50, loop),
        measure(
            "la même recherche, cent fois plus de bilans",
            many / few,
            f"× parmi {FEW}",
            1.5,
            f"{few:.2f} ms, {many:.2f} ms",
        ),
    ]
