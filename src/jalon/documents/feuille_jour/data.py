"""One day of one consultant, on paper: when, with whom, where. First names and an initial: a sheet stays on a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, LigneFacultative, Nom
from jalon.documents.papier import Document


@dataclass(frozen=True)
class MomentDuJour(Donnees):
    debut: datetime
    fin: datetime
    avec: Nom
    quoi: LigneFacultative = ""
    ou: LigneFacultative = ""

    def verify(self) -> None:
        if self.fin <= self.debut:
            raise DonneesInvalides("MomentDuJour.fin", "la fin doit être après le début")


@dataclass(frozen=True)
class FeuilleJour(Document):
    kind: ClassVar[str] = "feuille_jour"
    titre: ClassVar[str] = "Feuille du jour"

    jour: date
    consultant: Nom
    moments: Annotated[tuple[MomentDuJour, ...], Combien(0, 60)] = ()

    def verify(self) -> None:
        if list(self.moments) != sorted(self.moments, key=lambda m: m.debut):
            raise DonneesInvalides("FeuilleJour.moments", "ils sont attendus dans l’ordre des heures")
