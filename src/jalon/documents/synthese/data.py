"""Document de synthèse: handed to the beneficiary alone (L. 6313-4, third paragraph).

Its content is no longer regulated; the three historical headings are kept because people, funders and the CEP
expect them (droit.md 3.2). Only circumstances and competences are required: a project may not exist yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from jalon.documents.donnees import (
    Alinea,
    AlineaFacultatif,
    Combien,
    Donnees,
    DonneesInvalides,
    Ligne,
    LigneFacultative,
    Minutes,
    Nom,
)
from jalon.documents.papier import Document, Passages, Signataire


@dataclass(frozen=True)
class Competence(Donnees):
    """One competence and the fact that proves it; the level is said, not scored."""

    libelle: Ligne
    niveau: LigneFacultative = ""
    preuve: LigneFacultative = ""


@dataclass(frozen=True)
class Etape(Donnees):
    """One step of the action plan. `premier_pas`: to be done within a week."""

    action: Alinea
    echeance: date | None = None
    moyens: AlineaFacultatif = ""
    premier_pas: bool = False


@dataclass(frozen=True)
class Synthese(Document):
    kind: ClassVar[str] = "synthese"
    titre: ClassVar[str] = "Document de synthèse"

    beneficiaire: Nom
    consultant: Nom
    debut: date
    fin: date
    circonstances: Passages
    competences_aptitudes: Passages
    competences: Annotated[tuple[Competence, ...], Combien(0, 80)] = ()
    projet: Passages = ()
    formation: Passages = ()
    etapes: Passages = ()
    conditions_moyens: Passages = ()
    plan_action: Annotated[tuple[Etape, ...], Combien(0, 200)] = ()
    observations: Passages = ()
    qualite_consultant: LigneFacultative = ""
    minutes_accompagnement: Minutes | None = None
    valide_le: date | None = None
    signataires: Annotated[tuple[Signataire, ...], Combien(0, 2)] = ()

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("Synthese.fin", "la fin ne peut pas précéder le début")
        for nom in ("circonstances", "competences_aptitudes"):
            if not getattr(self, nom) and not (nom == "competences_aptitudes" and self.competences):
                raise DonneesInvalides(f"Synthese.{nom}", "cette rubrique doit être écrite")
