"""What the person writes of her own life: moments of its line, and what a project changes in it.

Hers alone. Sharing one of them with whoever carries out the bilan is an act of its own, taken back as easily.
"""

import uuid
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.vecu import vecu_obstacles
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.contraintes import Contraintes
from jalon.vault.pieces.vecu import Vecu

_GONE = Obstacle("Cet écrit n’existe plus : recommencez depuis la liste.", code="absent")


@transaction.atomic
def write_vecu(
    *,
    bilan: Bilan,
    contenu: Vecu,
    by: Personne,
    now: datetime,
    reference: str = "",
    base_revision: int | None = None,
    partage: bool | None = None,
) -> Piece:
    """`partage`: whether it is shared from now on; None leaves it as it is, and a new one is never shared by itself."""
    access.require(Action.WRITE_VIE, by, bilan)
    found = vecu_obstacles(contenu.genre, contenu.debut, contenu.fin, accord=contenu.accord)
    if found:
        raise Refused(*found)
    bilan = lock_bilan(bilan)
    page = f"vecu-{reference}" if reference else "vecu"
    if reference and not _exists(bilan, "vecu", reference):
        raise Refused(_GONE)
    return _write(bilan, contenu, reference or str(uuid.uuid4()), page, by, now, base_revision, partage)


@transaction.atomic
def write_contraintes(
    *,
    bilan: Bilan,
    projet: str,
    contenu: Contraintes,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
    partage: bool | None = None,
) -> Piece:
    """One sheet a project, under its reference."""
    access.require(Action.WRITE_VIE, by, bilan)
    bilan = lock_bilan(bilan)
    if not _exists(bilan, "projet", projet):
        raise Refused(Obstacle("Ce projet n’existe plus : recommencez depuis la liste.", code="absent"))
    return _write(bilan, contenu, projet, f"contraintes-{projet}", by, now, base_revision, partage)


@transaction.atomic
def share_vie(
    *, bilan: Bilan, nature: str, reference: str, partage: bool, by: Personne, now: datetime
) -> Piece:
    """Show it to whoever carries out the bilan, or hide it again. What was read was read: the journal says so."""
    access.require(Action.WRITE_VIE, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece = Piece.objects.filter(
        bilan=bilan, nature=nature, reference=reference, nature__in=("vecu", "contraintes")
    ).first()
    if piece is None:
        raise Refused(_GONE)
    _share(bilan, piece, partage, by, now)
    return piece


def _write(
    bilan: Bilan,
    contenu: Vecu | Contraintes,
    reference: str,
    page: str,
    by: Personne,
    now: datetime,
    base_revision: int | None,
    partage: bool | None,
) -> Piece:
    before = (
        Piece.objects.filter(bilan=bilan, nature=contenu.kind, reference=reference)
        .values_list("revision", flat=True)
        .first()
    )
    piece = write_piece(bilan, contenu, by=by, now=now, reference=reference, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page=page, by=by)
    if piece.revision != before:
        record(
            Nom.VIE_ECRITE,
            bilan,
            by=by,
            now=now,
            faits={"nature": piece.nature, "piece": piece.pk, "revision": piece.revision},
        )
    if partage is not None:
        _share(bilan, piece, partage, by, now)
    return piece


def _share(bilan: Bilan, piece: Piece, partage: bool, by: Personne, now: datetime) -> None:
    if partage == (piece.partage_le is not None):
        return
    piece.partage_le = now if partage else None
    piece.save(update_fields=["partage_le"])
    nom = Nom.VIE_PARTAGEE if partage else Nom.VIE_REPRISE
    record(nom, bilan, by=by, now=now, faits={"nature": piece.nature, "piece": piece.pk})


def _exists(bilan: Bilan, nature: str, reference: str) -> bool:
    return Piece.objects.filter(bilan=bilan, nature=nature, reference=reference).exists()
