"""What is known of an encrypted file: its name and its fingerprint are content too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Entier, champ, ligne, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class FicheFichier(Piece):
    kind: ClassVar[str] = "fichier"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset(
        {"synthese", "consultant", "carnet", "entretien_suivi"}
    )

    nom_original: str = ligne("Le nom du fichier")
    type_mime: str = ligne("Le type du fichier", CODE_MAX)
    taille: int = champ(Entier("La taille du fichier"), 0)
    sha256: str = ligne("L’empreinte du fichier", 64)
    description: str = prose("La description", 5_000)
