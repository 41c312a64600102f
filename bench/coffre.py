"""Open a piece, seal a four-page synthesis, destroy one bilan among ten and among ten thousand."""

import hashlib
import statistics
import time
from datetime import timedelta
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms, setup

OTHERS = 10_000


def run() -> list[dict[str, Any]]:
    setup()
    from bench.situation import NOW, populate

    found = populate(20)
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    return [_open(found, loop), _seal(found, NOW, loop), *_destroy(found, NOW, loop)]


def _open(found: Any, loop: str) -> dict[str, Any]:
    from jalon.access.pieces import open_for_action
    from jalon.records.models import Piece

    def row() -> Any:
        return Piece.objects.get(bilan=found.bilan, nature="synthese")

    piece = row()
    reading = median_ms(row, runs=200, warmup=20)
    opening = median_ms(lambda: open_for_action(piece), runs=200, warmup=20)
    return measure(
        "ouvrir une pièce, au-dessus de la lecture de sa ligne",
        opening,
        "ms",
        0.2,
        f"ligne {reading:.3f} ms, {loop}",
    )


def _seal(found: Any, now: Any, loop: str) -> dict[str, Any]:
    from io import BytesIO

    import pikepdf

    from jalon.actions.cachet import seal_pdf
    from jalon.documents import render
    from jalon.documents.papier import Cabinet, Papier, passages_of
    from jalon.documents.synthese.data import Synthese

    text = ("Une phrase de synthèse, ni longue ni courte, comme on les écrit en séance. " * 9 + "\n\n") * 5
    data = Synthese(
        papier=Papier(cabinet=Cabinet(nom="Banc"), numero="SYN-1", emis_le=now.date()),
        beneficiaire="Zoé Exemple",
        consultant="Ana Exemple",
        debut=now.date(),
        fin=now.date(),
        circonstances=passages_of(text),
        competences_aptitudes=passages_of(text),
        projet=passages_of(text),
    )

    def made() -> bytes:
        return seal_pdf(
            render("synthese", data, horodatage=now), found.organisme, now=now, reason="Document de synthèse"
        )

    with pikepdf.open(BytesIO(made())) as opened:
        pages = len(opened.pages)
    return measure(f"synthèse scellée de {pages} pages", median_ms(made, runs=9), "ms", 300, loop)


def _destroy(found: Any, now: Any, loop: str) -> list[dict[str, Any]]:
    from django.db import connection

    from jalon.access.coffre import coffre
    from jalon.records.models import Bilan

    few = statistics.median(_one_destruction(found, now, i) for i in range(5))
    coffre().create_keys(
        f"{hashlib.md5(str(i).encode(), usedforsecurity=False).hexdigest()}/travail"
        for i in range(4 * OTHERS)
    )
    from bench.pages import _grow

    _grow(found, OTHERS)
    many = statistics.median(_one_destruction(found, now, i + 5) for i in range(5))
    touched = _tables_touched(found, now)
    assert connection.vendor
    return [
        measure("détruire un bilan", few, "ms", 1000, loop),
        measure(
            "détruire un bilan parmi 10 000 autres",
            many / few,
            "× parmi 10",
            1.5,
            f"{few:.0f} ms, puis {many:.0f} ms",
        ),
        measure(
            "lignes d’autres bilans touchées par une destruction",
            touched,
            "lignes",
            0,
            f"{Bilan.objects.count()} bilans",
        ),
    ]


def _make(found: Any, now: Any, rank: int) -> Any:
    import uuid

    from jalon.access.coffre import coffre
    from jalon.actions.piece import write_piece
    from jalon.records.models import Bilan, Personne
    from jalon.vault import tiroir_keys
    from jalon.vault.pieces.note import NoteConsultant

    bilan = Bilan.objects.get(pk=found.bilan.pk)
    bilan.pk, bilan.numero = uuid.uuid4(), f"d{rank:05d}"
    bilan.beneficiaire = Personne.objects.create(email=f"d{rank}@exemple.fr", cree_le=now)
    bilan._state.adding = True
    bilan.save(force_insert=True)
    coffre().create_keys(key for key in tiroir_keys(bilan.pk) if not key.endswith("entretien_suivi"))
    for i in range(20):
        write_piece(
            bilan, NoteConsultant(titre="n", texte="x" * 2000), by=found.consultant, now=now, reference=str(i)
        )
    return bilan


def _one_destruction(found: Any, now: Any, rank: int) -> float:
    from jalon.actions.destruction import destroy_documents
    from jalon.actions.terme import abandon_bilan

    bilan = _make(found, now, rank)
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    start = time.perf_counter()
    destroy_documents(bilan=bilan, by=found.consultant, now=now + timedelta(minutes=1))
    return 1000 * (time.perf_counter() - start)


def _tables_touched(found: Any, now: Any) -> float:
    """Rows of other bilans whose content changed: compared whole, before and after."""
    from jalon.records.models import Bilan, Piece

    def rest(but: Any) -> Any:
        return (
            list(Bilan.objects.exclude(pk=but.pk).order_by("pk").values_list()),
            [
                (p, bytes(c))
                for p, c in Piece.objects.exclude(bilan=but).order_by("pk").values_list("pk", "chiffre")
            ],
        )

    from jalon.actions.destruction import destroy_documents
    from jalon.actions.terme import abandon_bilan

    bilan = _make(found, now, 99)
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    before = rest(bilan)
    destroy_documents(bilan=bilan, by=found.consultant, now=now)
    after = rest(bilan)
    return float(sum(a != b for x, y in zip(before, after, strict=True) for a, b in zip(x, y, strict=True)))
