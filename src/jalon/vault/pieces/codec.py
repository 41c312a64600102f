"""Pieces to bytes and back: canonical JSON in UTF-8, so that the same piece always gives the same bytes."""

from __future__ import annotations

import json

from jalon.vault.erreurs import PieceIllisible, PieceInvalide
from jalon.vault.pieces.piece import Piece
from jalon.vault.pieces.registre import KINDS


def encode(piece: Piece) -> bytes:
    text = json.dumps(
        piece.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def decode(kind: str, version: int, content: bytes) -> Piece:
    """Errors say which kind and version, never what was inside."""
    cls = KINDS.get(kind)
    if cls is None or not 1 <= version <= cls.version:
        raise PieceIllisible(
            "Ce contenu ne peut pas être lu : il a été écrit par une autre version de Jalon. "
            "Installez la version la plus récente."
        )
    try:
        data = json.loads(content)
        if version < cls.version:
            data = cls.upgrade(version, data)
        return cls.from_json(data)
    except (PieceInvalide, ValueError, TypeError, KeyError, RecursionError):
        raise PieceIllisible from None
