"""The request as the person says it, as it was understood, and whether both agree on it (R. 6313-4, 1°)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import OuiNon, champ, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class AnalyseDemande(Piece):
    kind: ClassVar[str] = "demande"
    tiroir: ClassVar[str] = "travail"

    mots_de_la_personne: str = prose("Les mots de la personne")
    reformulation: str = prose("La reformulation")
    convenu: bool = champ(OuiNon("L’accord sur la demande"), False)
