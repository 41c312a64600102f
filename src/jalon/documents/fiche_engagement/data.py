"""Fiche d'engagement: the person says that she begins freely, knowing what it is (seed 003; L. 6313-4, second paragraph)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.documents.donnees import Nom
from jalon.documents.prestation import INFORMATION, Ecrit, Prestation, require


@dataclass(frozen=True)
class FicheEngagement(Ecrit):
    kind: ClassVar[str] = "fiche_engagement"
    titre: ClassVar[str] = "Fiche d’engagement"

    beneficiaire: Nom = "-"
    prestation: Prestation | None = None
    financement: Nom = "-"

    def verify(self) -> None:
        require((self.prestation, "Il manque le parcours et ses heures.", INFORMATION, "prestation"))
