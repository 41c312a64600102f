"""A message between the person and the consultant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Message(Piece):
    kind: ClassVar[str] = "message"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset({"entretien_suivi"})

    texte: str = prose("Le message")
