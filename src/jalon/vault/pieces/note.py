"""The consultant's own working note: it always ends with the action, whatever was agreed to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import ligne, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class NoteConsultant(Piece):
    kind: ClassVar[str] = "note"
    tiroir: ClassVar[str] = "consultant"

    titre: str = ligne("Le titre de la note")
    texte: str = prose("La note")
