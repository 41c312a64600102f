"""Information of the cellule d'accompagnement, in a congé de reclassement: nature, duration and implementation, no more (R. 1233-27)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, Nom
from jalon.documents.papier import Document

GENRES = {
    "formation": "Action de formation",
    "vae": "Validation des acquis de l’expérience",
}


@dataclass(frozen=True)
class ActionProposee(Donnees):
    genre: str
    nature: str
    duree: str
    mise_en_oeuvre: str

    def verify(self) -> None:
        if self.genre not in GENRES:
            raise DonneesInvalides("ActionProposee.genre", "seules une formation ou une VAE se transmettent")
        for name in ("nature", "duree", "mise_en_oeuvre"):
            if not getattr(self, name).strip():
                raise DonneesInvalides(f"ActionProposee.{name}", "l’article R. 1233-27 la demande")

    def derived(self) -> dict[str, str]:
        return {"libelle": GENRES[self.genre]}


@dataclass(frozen=True)
class InformationCellule(Document):
    kind: ClassVar[str] = "information_cellule"
    titre: ClassVar[str] = "Information de la cellule d’accompagnement"

    beneficiaire: Nom
    consultant: Nom
    actions: Annotated[tuple[ActionProposee, ...], Combien(1, 10)]
