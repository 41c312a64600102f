"""Extract of the synthesis: «certaines informations», chosen passage by passage by the person, for whom she names (L. 6313-4, third paragraph).

What is left out leaves no trace: no gap is drawn, no heading without a chosen passage is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, Ligne, Nom
from jalon.documents.papier import Document, Passages


@dataclass(frozen=True)
class Partie(Donnees):
    titre: Ligne
    passages: Passages

    def verify(self) -> None:
        if not self.passages:
            raise DonneesInvalides("Partie.passages", "un titre ne s’imprime pas sans passage choisi")


@dataclass(frozen=True)
class Extrait(Document):
    kind: ClassVar[str] = "extrait"
    titre: ClassVar[str] = "Informations choisies"

    beneficiaire: Nom
    parties: Annotated[tuple[Partie, ...], Combien(0, 40)]
    ajout: Passages = ()

    def verify(self) -> None:
        if not self.parties and not self.ajout:
            raise DonneesInvalides("Extrait.parties", "un extrait vide ne se remet à personne")
