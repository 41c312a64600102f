"""Request to be away on working time, from the employee to her employer, for a bilan paid by the CPF (D. 6323-4).

No article fixes its content: it says what an employer needs to answer, and nothing of the bilan itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, Entre, Nom
from jalon.documents.prestation import Ecrit, Partie, require

ABSENCE = "Code du travail, art. D. 6323-4"


@dataclass(frozen=True)
class Moment(Donnees):
    debut: datetime
    fin: datetime


@dataclass(frozen=True)
class DemandeAbsence(Ecrit):
    kind: ClassVar[str] = "demande_absence"
    titre: ClassVar[str] = "Demande d’autorisation d’absence"

    beneficiaire: Nom = "-"
    employeur: Partie | None = None
    debut: date | None = None
    fin: date | None = None
    moments: Annotated[tuple[Moment, ...], Combien(0, 200)] = ()
    preavis_jours: Annotated[int, Entre(1, 400)] = 60
    reponse_jours: Annotated[int, Entre(1, 400)] = 30

    def verify(self) -> None:
        require(
            (
                self.employeur is not None and self.employeur.nom,
                "Il manque l’employeur à qui la demande est faite.",
                ABSENCE,
                "employeur",
            ),
            (self.debut, "Il manque le début de l’action.", ABSENCE, "debut"),
            (self.fin, "Il manque la fin de l’action.", ABSENCE, "fin"),
        )
        if self.debut and self.fin and self.fin < self.debut:
            raise DonneesInvalides("DemandeAbsence.fin", "la fin ne peut pas précéder le début")

    def derived(self) -> Mapping[str, Any]:
        return {"nombre": len(self.moments)}
