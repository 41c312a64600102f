"""One thing of the shelf of a bilan: where it is, and why it is useful to this person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, champ, ligne, prose
from jalon.vault.pieces.piece import Piece

GENRES = ("site", "guide", "video", "livre", "lieu", "fichier")


@dataclass(frozen=True)
class RessourceUtile(Piece):
    """`fichier`: the identifier of a file deposited in the same bilan."""

    kind: ClassVar[str] = "etagere"
    tiroir: ClassVar[str] = "travail"

    titre: str = ligne("Le titre")
    genre: str = champ(Choix("Le genre", GENRES), "site")
    adresse: str = ligne("L’adresse", 500)
    pourquoi: str = prose("Pourquoi c’est utile", 2_000)
    fichier: str = ligne("Le fichier", CODE_MAX)
