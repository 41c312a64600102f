"""Feuille d'émargement: proof that the hours took place, without a word of what was said.

No article imposes it for a bilan, but reality must be provable (L. 6362-6, droit.md 8.5). `presence_seule` is the
sheet for the employer: half-days and durations, neither hours, phase nor place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    LigneFacultative,
    Minutes,
    Nom,
    NomFacultatif,
)
from jalon.documents.papier import Document, Signature
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite


@dataclass(frozen=True)
class SeanceEmargee(Donnees):
    debut: datetime
    fin: datetime
    minutes: Minutes
    modalite: Modalite
    phase: Phase
    nature: Nature
    consultant: Nom
    lieu: LigneFacultative = ""
    collectif: bool = False
    signature_beneficiaire: Signature | None = None
    signature_consultant: Signature | None = None

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("SeanceEmargee.fin", "la fin ne peut pas précéder le début")
        if (self.nature is Nature.SUIVI) != (self.phase is Phase.SUIVI):
            raise DonneesInvalides(
                "SeanceEmargee.nature", "le suivi va avec la phase de suivi, et elle seule"
            )


@dataclass(frozen=True)
class Emargement(Document):
    kind: ClassVar[str] = "emargement"
    titre: ClassVar[str] = "Feuille d’émargement"

    beneficiaire: Nom
    consultant: Nom
    intitule: Nom
    debut: date
    fin: date
    seances: Annotated[tuple[SeanceEmargee, ...], Combien(1, 200)]
    employeur: NomFacultatif = ""
    presence_seule: bool = False
    a_signer_sur_papier: bool = False

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("Emargement.fin", "la fin ne peut pas précéder le début")

    def derived(self) -> Mapping[str, Any]:
        """Totals per nature: signed time apart from what is only planned or unsigned."""
        totaux = []
        for nature in Nature:
            seances = [s for s in self.seances if s.nature is nature]
            if seances:
                signees = [s for s in seances if _signed(s)]
                totaux.append(
                    {
                        "nature": nature,
                        "nombre": len(seances),
                        "minutes": sum(s.minutes for s in seances),
                        "nombre_signees": len(signees),
                        "minutes_signees": sum(s.minutes for s in signees),
                    }
                )
        return {"totaux": totaux}


def _signed(seance: SeanceEmargee) -> bool:
    """Personal work is declared by the person alone."""
    par_consultant = seance.signature_consultant is not None or seance.nature is Nature.TRAVAIL_PERSONNEL
    return seance.signature_beneficiaire is not None and par_consultant
