"""The conditions and means of the project, and what may favour or hinder it (R. 6313-4, 3°)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class ConditionsMoyens(Piece):
    kind: ClassVar[str] = "conclusions"
    tiroir: ClassVar[str] = "travail"

    conditions: str = prose("Les conditions de réussite")
    moyens: str = prose("Les moyens")
    freins: str = prose("Les freins")
