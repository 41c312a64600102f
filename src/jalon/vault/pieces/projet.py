"""A track: the main one, another one, or one that was put aside, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Choix, champ, ligne, prose
from jalon.vault.pieces.piece import Piece

NATURES = ("principal", "alternatif", "ecarte")


@dataclass(frozen=True)
class Projet(Piece):
    kind: ClassVar[str] = "projet"
    tiroir: ClassVar[str] = "travail"

    nature: str = champ(Choix("La place de ce projet", NATURES), "principal")
    intitule: str = ligne("L’intitulé du projet")
    description: str = prose("La description")
    atouts: str = prose("Les atouts")
    obstacles: str = prose("Les obstacles")
    a_verifier: str = prose("Ce qui reste à vérifier")
    raison_ecart: str = prose("La raison de l’écarter")
    # Training, certification, VAE: what the synthesis says under «formation» (R. 6313-4, 3° b).
    formation: str = prose("Les pistes de formation")
