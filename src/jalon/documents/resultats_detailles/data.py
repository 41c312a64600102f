"""Detailed results: the other thing of which the beneficiary is the recipient (L. 6313-4, third paragraph), beside the synthesis.

Built from what was restituted and from nothing else (R. 6313-4, 3° a); complete, or it says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    Ligne,
    LigneFacultative,
    Nom,
    TexteFacultatif,
)
from jalon.documents.papier import Document, Passages


@dataclass(frozen=True)
class EchelleLue(Donnees):
    """One scale: its figure with its imprecision, how many answers stand behind it, and what it says in words."""

    nom: Ligne
    resultat: LigneFacultative = ""
    reponses: LigneFacultative = ""
    lecture: TexteFacultatif = ""


@dataclass(frozen=True)
class QuestionnaireRestitue(Donnees):
    titre: Ligne
    version: Nom
    restitue_le: date
    echelles: Annotated[tuple[EchelleLue, ...], Combien(0, 200)]
    etalonnage: LigneFacultative = ""
    commentaire: Passages = ()


@dataclass(frozen=True)
class ResultatsDetailles(Document):
    kind: ClassVar[str] = "resultats_detailles"
    titre: ClassVar[str] = "Résultats détaillés"

    beneficiaire: Nom
    consultant: Nom
    questionnaires: Annotated[tuple[QuestionnaireRestitue, ...], Combien(0, 100)]
    manques: Annotated[tuple[Ligne, ...], Combien(0, 100)] = ()

    def verify(self) -> None:
        if not self.questionnaires and not self.manques:
            raise DonneesInvalides(
                "ResultatsDetailles.questionnaires", "sans aucun questionnaire, il n’y a rien à réunir"
            )
