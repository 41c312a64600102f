"""What the follow-up interview said: in its own tiroir, destroyed when the follow-up closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class CompteRenduSuivi(Piece):
    kind: ClassVar[str] = "suivi"
    tiroir: ClassVar[str] = "entretien_suivi"

    texte: str = prose("Le compte rendu")
    changements: str = prose("Ce qui a changé")
    suites: str = prose("Les suites")
