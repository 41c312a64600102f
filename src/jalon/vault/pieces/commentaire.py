"""A remark on one paragraph of the synthesis, by either of the two, while it is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, OuiNon, champ, ligne, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Commentaire(Piece):
    """`passage` is the paragraph as it stood: when the text moves on, the remark still says what it was about."""

    kind: ClassVar[str] = "commentaire"
    tiroir: ClassVar[str] = "travail"

    rubrique: str = ligne("La rubrique", CODE_MAX)
    passage: str = prose("Le paragraphe")
    texte: str = prose("Le commentaire", 2_000)
    regle: bool = champ(OuiNon("Le commentaire réglé"), False)
