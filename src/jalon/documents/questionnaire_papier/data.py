"""A questionnaire to print and fill in with a pen: the paper alternative to a screen.

Each question may say why it is asked: what is asked must have a direct and necessary link with the bilan
(L. 6313-4, third paragraph).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    Entre,
    Ligne,
    LigneFacultative,
    NomFacultatif,
    Texte,
    TexteFacultatif,
)
from jalon.documents.papier import Document
from jalon.domain.parcours import Labelled


class FormeReponse(Labelled):
    CHOIX = "choix", "une seule réponse"
    CASES = "cases", "plusieurs réponses possibles"
    ECHELLE = "echelle", "une case sur l’échelle"
    LIGNES = "lignes", "réponse libre"


@dataclass(frozen=True)
class QuestionPapier(Donnees):
    """`options`: the choices, or the labels of the scale from left to right; `lignes`: room to write."""

    texte: Ligne
    forme: FormeReponse
    options: Annotated[tuple[Ligne, ...], Combien(0, 40)] = ()
    lignes: Annotated[int, Entre(1, 30)] = 4
    pourquoi: LigneFacultative = ""

    def verify(self) -> None:
        minimum = 0 if self.forme is FormeReponse.LIGNES else 2
        if len(self.options) < minimum:
            raise DonneesInvalides("QuestionPapier.options", f"au moins {minimum} réponses sont attendues")


@dataclass(frozen=True)
class RubriquePapier(Donnees):
    """Questions under one heading; `titre` may be empty. A run of scales with the same labels becomes one table."""

    questions: Annotated[tuple[QuestionPapier, ...], Combien(1, 300)]
    titre: LigneFacultative = ""
    consigne: TexteFacultatif = ""

    def derived(self) -> Mapping[str, Any]:
        groupes: list[dict[str, Any]] = []
        for question in self.questions:
            grille = question.forme is FormeReponse.ECHELLE and not question.pourquoi
            cle = question.options if grille else None
            if grille and groupes and groupes[-1]["echelle"] == cle:
                groupes[-1]["questions"].append(question)
            else:
                groupes.append({"echelle": cle, "questions": [question]})
        return {"groupes": groupes}


@dataclass(frozen=True)
class QuestionnairePapier(Document):
    kind: ClassVar[str] = "questionnaire_papier"
    titre: ClassVar[str] = "Questionnaire"

    intitule: Ligne
    objet: Texte
    qui_lit: Ligne
    retour: Ligne
    rubriques: Annotated[tuple[RubriquePapier, ...], Combien(1, 60)]
    consigne: TexteFacultatif = ""
    beneficiaire: NomFacultatif = ""
    source: LigneFacultative = ""

    def document_title(self) -> str:
        return self.intitule

    def derived(self) -> Mapping[str, Any]:
        return {"nombre": sum(len(r.questions) for r in self.rubriques)}
