"""The kinds of content, one file per noun."""

from jalon.vault.pieces.contact import Propos
from jalon.vault.pieces.piece import Partie, Piece
from jalon.vault.pieces.registre import KINDS

__all__ = ["KINDS", "Partie", "Piece", "Propos"]
