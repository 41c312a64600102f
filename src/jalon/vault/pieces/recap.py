"""What a séance said, as the consultant writes it and as the person corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Jour, Liste, OuiNon, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece

QUI = ("beneficiaire", "consultant")


@dataclass(frozen=True)
class Promesse(Partie):
    texte: str = prose("L’engagement", 2_000)
    qui: str = champ(Choix("La personne qui s’engage", QUI), "beneficiaire")
    pour_le: str | None = champ(Jour("La date de l’engagement"), None)
    # Of its administrative row: who, by when, kept or not.
    id: str = ligne("L’identifiant de l’engagement", CODE_MAX)


@dataclass(frozen=True)
class Recap(Piece):
    kind: ClassVar[str] = "recap"
    tiroir: ClassVar[str] = "travail"

    seance_id: str = ligne("La séance", CODE_MAX)
    texte: str = prose("Le récapitulatif")
    correction: str = prose("La correction de la personne")
    promesses: tuple[Promesse, ...] = champ(Liste("Les engagements", Promesse, 50), ())
    partage: bool = champ(OuiNon("Le partage"), False)
