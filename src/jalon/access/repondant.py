"""The door of whoever was asked for a look: one link, no account. She reads what she was told and her own answers, nothing else."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jalon.access.coffre import coffre
from jalon.access.instruments import instrument_of
from jalon.access.matrix import Action, Role, allows
from jalon.access.pieces import open_for_action
from jalon.access.regards import INSTRUMENT, is_open
from jalon.domain.bilan import CLOSED
from jalon.domain.jours import local_day, zone
from jalon.instruments import Instrument
from jalon.records.models import Piece, Repondant
from jalon.vault import CleAbsente, piece_key
from jalon.vault.pieces.regards import AdresseRepondant, Regard


def link_fingerprint(jeton: str) -> str:
    """Of the 256 bits of a link: a plain hash is enough, nobody guesses them."""
    return hashlib.sha256(jeton.encode()).hexdigest()


@dataclass(frozen=True)
class LienRegard:
    """What one link opens. `ouvert`: she may still answer and change; once withdrawn, nothing of her is left to show."""

    repondant: Repondant
    instrument: Instrument
    ouvert: bool
    retire: bool
    cadre: Any = None
    revision: int = 0
    reponses: dict[str, Any] = field(default_factory=dict)

    @property
    def bilan(self) -> Any:
        return self.repondant.regards.bilan

    @property
    def a_repondu(self) -> bool:
        return self.repondant.repondu_le is not None


def find_repondant(jeton: str) -> Repondant | None:
    """None for a forged link, and for one whose round is closed or destroyed: its row is gone."""
    if not allows(Action.ANSWER_REGARD, {Role.REPONDANT}):
        return None
    return (
        Repondant.objects.select_related("regards__bilan__organisme")
        .filter(lien_empreinte=link_fingerprint(jeton))
        .first()
    )


def read_link(jeton: str, *, now: datetime) -> LienRegard | None:
    row = find_repondant(jeton)
    if row is None:
        return None
    bilan = row.regards.bilan
    instrument = instrument_of(bilan.organisme_id, INSTRUMENT, row.regards.version)
    if instrument is None or bilan.destruction_commencee_le is not None:
        return None
    if row.retire_le is not None:
        return LienRegard(row, instrument, ouvert=False, retire=True)
    cadre = Piece.objects.filter(bilan=bilan, nature="regards_cadre").first()
    try:
        said = open_for_action(cadre) if cadre else None
        own = _own(row)
    except CleAbsente:
        return None
    return LienRegard(
        row,
        instrument,
        ouvert=bilan.etat not in CLOSED and is_open(row.regards, local_day(now, zone(bilan.fuseau))),
        retire=False,
        cadre=said,
        revision=own.revision if own else 0,
        reponses=_open(own, Regard).reponses if own else {},
    )


def address_of(repondant_id: Any) -> str:
    """For the worker that sends; empty once it is destroyed."""
    piece = Piece.objects.filter(nature="adresse", reference=str(repondant_id)).first()
    if piece is None:
        return ""
    try:
        return str(_open(piece, AdresseRepondant).adresse)
    except CleAbsente:
        return ""


def signature_of(repondant_id: Any) -> str:
    """Under which name the person asks; for the mail."""
    row = Repondant.objects.filter(pk=repondant_id).first()
    cadre = (
        Piece.objects.filter(bilan__regards=row.regards_id, nature="regards_cadre").first() if row else None
    )
    return str(open_for_action(cadre).signature) if cadre else ""


def last_day_of(repondant_id: Any) -> date | None:
    row = Repondant.objects.select_related("regards").filter(pk=repondant_id).first()
    return row.regards.dernier_jour if row else None


def _own(row: Repondant) -> Piece | None:
    return Piece.objects.filter(bilan=row.regards.bilan_id, nature="regard", reference=str(row.pk)).first()


def _open(piece: Piece, kind: type) -> Any:
    return coffre().open_piece(
        bytes(piece.chiffre),
        key_id=piece_key(piece.reference),
        piece_id=piece.pk,
        revision=piece.revision,
        expect=kind,
    )
