"""Programme: what is foreseen, phase by phase, handed over before anybody commits (L. 6353-8, R. 6313-4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.documents.donnees import LigneFacultative, Nom
from jalon.documents.prestation import INFORMATION, Ecrit, Prestation, require


@dataclass(frozen=True)
class Programme(Ecrit):
    kind: ClassVar[str] = "programme"
    titre: ClassVar[str] = "Programme"

    beneficiaire: Nom = "-"
    prestation: Prestation | None = None
    contact: LigneFacultative = ""
    referent_handicap: LigneFacultative = ""

    def verify(self) -> None:
        require(
            (self.prestation, "Il manque le parcours et ses heures.", INFORMATION, "prestation"),
            (
                self.contact,
                "Il manque la personne à joindre : donnez un téléphone ou une adresse dans les réglages du cabinet.",
                INFORMATION,
                "contact",
            ),
        )
