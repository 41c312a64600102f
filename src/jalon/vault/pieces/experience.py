"""A past job, or anything that taught something: as the person names it, and the occupation that she relates it to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import (
    CODE_MAX,
    Choix,
    Eventuel,
    Liste,
    Mois,
    Texte,
    champ,
    ligne,
    prose,
    regle,
)
from jalon.vault.pieces.metier import MetierChoisi
from jalon.vault.pieces.piece import Piece

# Empty: written before one was asked which kind it is.
GENRES = ("", "emploi", "stage", "formation", "benevolat", "engagement", "famille", "loisir", "autre")


@dataclass(frozen=True)
class Experience(Piece):
    """`refusees`: skills that the occupation supposes and that she says she did not practise, by code."""

    kind: ClassVar[str] = "experience"
    tiroir: ClassVar[str] = "travail"

    intitule: str = ligne("L’intitulé de l’expérience")
    structure: str = ligne("La structure")
    debut: str = champ(Mois("Le début"), "")
    fin: str = champ(Mois("La fin"), "")
    texte: str = prose("Ce que vous y faisiez")
    metier: MetierChoisi | None = field(default=None, metadata=regle(Eventuel("Le métier", MetierChoisi)))
    refusees: tuple[str, ...] = champ(Liste("Les compétences refusées", Texte("Un code", CODE_MAX)), ())
    genre: str = champ(Choix("Le genre d’expérience", GENRES), "")
