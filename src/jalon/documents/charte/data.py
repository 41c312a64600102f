"""Charte d'engagement réciproque: what each promises the other, from what was really agreed (seed 003)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.documents.donnees import LigneFacultative, Nom
from jalon.documents.prestation import INFORMATION, Ecrit, Prestation, require


@dataclass(frozen=True)
class Charte(Ecrit):
    kind: ClassVar[str] = "charte"
    titre: ClassVar[str] = "Charte d’engagement réciproque"

    beneficiaire: Nom = "-"
    prestation: Prestation | None = None
    remplacant: LigneFacultative = ""

    def verify(self) -> None:
        require((self.prestation, "Il manque le parcours et ses heures.", INFORMATION, "prestation"))
