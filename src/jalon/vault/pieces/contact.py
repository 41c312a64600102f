"""What somebody writes on the first contact, before any bilan: under a key of its own, to be destroyed alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Propos(Piece):
    kind: ClassVar[str] = "contact"
    tiroir: ClassVar[str] = ""

    texte: str = prose("Votre message")
