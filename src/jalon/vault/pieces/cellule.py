"""What the cellule d'accompagnement of a congé de reclassement is told of the training and VAE proposed (R. 1233-27): no other field exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Choix, Jour, Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece

GENRES = ("formation", "vae")
MAX = 10


@dataclass(frozen=True)
class ActionProposee(Partie):
    genre: str = champ(Choix("Ce qui est proposé", GENRES), "formation")
    nature: str = ligne("La nature de l’action")
    duree: str = ligne("La durée")
    mise_en_oeuvre: str = prose("La mise en œuvre", 1_000)


@dataclass(frozen=True)
class InformationCellule(Piece):
    kind: ClassVar[str] = "cellule"
    tiroir: ClassVar[str] = "travail"

    actions: tuple[ActionProposee, ...] = champ(Liste("Les actions proposées", ActionProposee, MAX), ())
    transmis_le: str | None = champ(Jour("Le jour de la transmission"), None)
