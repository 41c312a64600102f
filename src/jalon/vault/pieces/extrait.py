"""What the person chose of her synthesis to give to somebody (L. 6313-4: «certaines informations»), passage by passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class PassageChoisi(Partie):
    """`texte` keeps the sign that makes it a list item or her own words, as it stands in the synthesis."""

    rubrique: str = ligne("Le titre de la rubrique")
    texte: str = prose("Le passage")


@dataclass(frozen=True)
class Extrait(Piece):
    kind: ClassVar[str] = "extrait"
    tiroir: ClassVar[str] = "travail"

    passages: tuple[PassageChoisi, ...] = champ(Liste("Les passages", PassageChoisi, 500), ())
    ajout: str = prose("Ce que vous ajoutez", 5_000)
