"""What each method and test measures, what it does not, who sees it, how long it is kept: handed over before agreeing to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Alinea, AlineaFacultatif, Combien, Donnees, LigneFacultative, Minutes, Nom
from jalon.documents.papier import Document
from jalon.documents.prestation import Annees, require


@dataclass(frozen=True)
class Methode(Donnees):
    titre: Nom
    objet: Alinea
    mesure: AlineaFacultatif = ""
    ne_mesure_pas: AlineaFacultatif = ""
    fidelite: AlineaFacultatif = ""
    minutes: Minutes = 0
    source: LigneFacultative = ""


@dataclass(frozen=True)
class InformationMethodes(Document):
    kind: ClassVar[str] = "information_methodes"
    titre: ClassVar[str] = "Les méthodes et les tests"

    beneficiaire: Nom
    consultant: Nom
    conservation_max_annees: Annees
    methodes: Annotated[tuple[Methode, ...], Combien(0, 60)] = ()

    def verify(self) -> None:
        require(
            (
                self.methodes,
                "Aucune méthode n’est décrite : il n’y a rien à expliquer.",
                "Code du travail, art. L. 6353-8",
                "methodes",
            )
        )
