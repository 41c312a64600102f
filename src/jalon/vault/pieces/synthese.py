"""The document de synthèse (L. 6313-4) and the person's own words in it, disagreement included.

The headings are those that the profession keeps; the law has not imposed any since 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Entier, Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class Rubrique(Partie):
    titre: str = ligne("Le titre de la rubrique")
    texte: str = prose("La rubrique")


@dataclass(frozen=True)
class SourceCitee(Partie):
    """Where a gathered paragraph comes from: its mark in the text, the piece, and what both call it."""

    numero: int = champ(Entier("Le numéro de la source", 1, 999), 1)
    nature: str = ligne("La nature de la source", CODE_MAX)
    piece: str = ligne("La source", CODE_MAX)
    titre: str = ligne("Le nom de la source")


@dataclass(frozen=True)
class Synthese(Piece):
    kind: ClassVar[str] = "synthese"
    version: ClassVar[int] = 2
    tiroir: ClassVar[str] = "synthese"

    circonstances: str = prose("Les circonstances du bilan")
    competences: str = prose("Les compétences et aptitudes")
    projet: str = prose("Le projet et ses étapes")
    observations: str = prose("Les observations de la personne")
    autres: tuple[Rubrique, ...] = champ(Liste("Les autres rubriques", Rubrique, 30), ())
    sources: tuple[SourceCitee, ...] = champ(Liste("Les sources", SourceCitee, 500), ())

    @classmethod
    def upgrade(cls, from_version: int, data: dict[str, Any]) -> dict[str, Any]:
        """The first version knew no sources."""
        return data
