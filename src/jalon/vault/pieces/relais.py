"""A message between a person and a former beneficiary who accepted to be asked: in the asker's dossier, and dead with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.domain.reseau import TEXTE_MAX
from jalon.vault.pieces.champ import Choix, champ, prose
from jalon.vault.pieces.piece import Piece

DE = ("personne", "ressource")


@dataclass(frozen=True)
class Relais(Piece):
    """Between the two alone: who accompanies the person does not read it, unless she shares it."""

    kind: ClassVar[str] = "relais"
    tiroir: ClassVar[str] = "travail"

    texte: str = prose("Le message", TEXTE_MAX)
    de: str = champ(Choix("Qui écrit", DE), "personne")
