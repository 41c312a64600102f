"""Livret d'accueil: who we are, how it goes, whom to reach, which rules hold (L. 6353-8, L. 6352-3, RNQ 9 and 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Ligne, LigneFacultative, Nom
from jalon.documents.prestation import INFORMATION, Annees, Ecrit, require


@dataclass(frozen=True)
class LivretAccueil(Ecrit):
    kind: ClassVar[str] = "livret_accueil"
    titre: ClassVar[str] = "Livret d’accueil"

    beneficiaire: Nom = "-"
    consultant: Nom = "-"
    conservation_max_annees: Annees = 1
    # Place, and what is said honestly of its access.
    lieux: Annotated[tuple[Ligne, ...], Combien(0, 20)] = ()
    contact: LigneFacultative = ""
    referent_handicap: LigneFacultative = ""
    mediateur: LigneFacultative = ""
    adresse_espace: LigneFacultative = ""

    def verify(self) -> None:
        require(
            (
                self.contact,
                "Il manque la personne à joindre : donnez un téléphone ou une adresse dans les réglages du cabinet.",
                INFORMATION,
                "contact",
            ),
            (
                self.referent_handicap,
                "Il manque le référent handicap et comment le joindre : notez-les dans les réglages du cabinet.",
                "Référentiel national qualité, indicateur 26",
                "referent_handicap",
            ),
        )
