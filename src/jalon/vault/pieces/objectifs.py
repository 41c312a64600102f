"""What the bilan should bring, and how both will see that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Liste, champ, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class Objectif(Partie):
    texte: str = prose("L’objectif", 2_000)
    critere: str = prose("À quoi l’on verra qu’il est atteint", 2_000)


@dataclass(frozen=True)
class Objectifs(Piece):
    kind: ClassVar[str] = "objectifs"
    tiroir: ClassVar[str] = "travail"

    objectifs: tuple[Objectif, ...] = champ(Liste("Les objectifs", Objectif, 50), ())
