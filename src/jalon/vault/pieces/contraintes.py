"""What a project asks of the rest of her life, and what it changes there: hers alone until she shares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import prose
from jalon.vault.pieces.piece import Piece

COURT = 5_000


@dataclass(frozen=True)
class Contraintes(Piece):
    """Its reference is the project's. Nothing here asks about health (L. 6313-4, third paragraph)."""

    kind: ClassVar[str] = "contraintes"
    tiroir: ClassVar[str] = "travail"

    conditions: str = prose("Ce qu’il faut", COURT)
    contraintes: str = prose("Ce qui ne bougera pas", COURT)
    argent: str = prose("L’argent", COURT)
    proches: str = prose("Les proches", COURT)
    limites: str = prose("Ce qui n’est pas acceptable", COURT)
