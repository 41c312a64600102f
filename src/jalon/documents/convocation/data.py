"""Convocation: when, where, how to come. It may be shown to others: it says nothing of what is done there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from jalon.documents.donnees import LigneFacultative, Minutes, Nom
from jalon.documents.papier import Document
from jalon.documents.prestation import INFORMATION, require
from jalon.domain.seance import Modalite


@dataclass(frozen=True)
class Convocation(Document):
    kind: ClassVar[str] = "convocation"
    titre: ClassVar[str] = "Convocation"

    beneficiaire: Nom
    consultant: Nom
    minutes: Minutes
    modalite: Modalite
    debut: datetime | None = None
    lieu: LigneFacultative = ""
    acces: LigneFacultative = ""
    contact: LigneFacultative = ""

    def verify(self) -> None:
        require(
            (
                self.debut,
                "Aucune séance à venir n’est prévue : prévoyez-la, puis établissez la convocation.",
                INFORMATION,
                "seance",
            ),
            (
                self.modalite is not Modalite.PRESENTIEL or self.lieu,
                "Il manque le lieu de la séance : choisissez-en un.",
                INFORMATION,
                "lieu",
            ),
        )
