"""Planning prévisionnel: all séances at once, with the personal work between (seed 003, RNQ 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, LigneFacultative, Minutes, Nom
from jalon.documents.prestation import Ecrit, Prestation, require
from jalon.domain.parcours import Phase
from jalon.domain.seance import Modalite


@dataclass(frozen=True)
class SeancePrevue(Donnees):
    debut: datetime
    minutes: Minutes
    phase: Phase
    modalite: Modalite
    lieu: LigneFacultative = ""


@dataclass(frozen=True)
class Planning(Ecrit):
    kind: ClassVar[str] = "planning"
    titre: ClassVar[str] = "Planning prévisionnel"

    beneficiaire: Nom = "-"
    prestation: Prestation | None = None
    seances: Annotated[tuple[SeancePrevue, ...], Combien(0, 200)] = ()

    def verify(self) -> None:
        require(
            (
                self.prestation,
                "Il manque le parcours et ses heures.",
                "Code du travail, art. R. 6313-4",
                "prestation",
            ),
            (
                self.seances,
                "Aucune séance n’est encore prévue : prévoyez-les, puis établissez le planning.",
                "Référentiel national qualité, indicateur 10",
                "seances",
            ),
        )
        if list(self.seances) != sorted(self.seances, key=lambda s: s.debut):
            raise DonneesInvalides("Planning.seances", "elles sont attendues dans l’ordre des dates")

    def derived(self) -> Mapping[str, Any]:
        return {"minutes_prevues": sum(s.minutes for s in self.seances)}
