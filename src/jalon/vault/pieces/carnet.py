"""A page of the beneficiary's private notebook: the consultant cannot open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import ligne, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class PageCarnet(Piece):
    kind: ClassVar[str] = "carnet"
    tiroir: ClassVar[str] = "carnet"

    titre: str = ligne("Le titre de la page")
    texte: str = prose("La page")
