"""The document de synthèse (L. 6313-4) and the person's own words in it, disagreement included.

The headings are those that the profession keeps; the law has not imposed any since 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class Rubrique(Partie):
    titre: str = ligne("Le titre de la rubrique")
    texte: str = prose("La rubrique")


@dataclass(frozen=True)
class Synthese(Piece):
    kind: ClassVar[str] = "synthese"
    tiroir: ClassVar[str] = "synthese"

    circonstances: str = prose("Les circonstances du bilan")
    competences: str = prose("Les compétences et aptitudes")
    projet: str = prose("Le projet et ses étapes")
    observations: str = prose("Les observations de la personne")
    autres: tuple[Rubrique, ...] = champ(Liste("Les autres rubriques", Rubrique, 30), ())
