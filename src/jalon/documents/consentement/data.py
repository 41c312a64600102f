"""Consent form to sign on paper: what a bilan is, what it is not, and what stays in the person's hands.

No bilan without the worker's consent; a refusal is neither a fault nor a ground for dismissal (L. 6313-4, second
paragraph). The limits printed are those of the law of the day, passed in: no legal number stands in the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, DonneesInvalides, Entre, Ligne, LigneFacultative, Minutes, Nom
from jalon.documents.papier import Document, Signature


@dataclass(frozen=True)
class Consentement(Document):
    kind: ClassVar[str] = "consentement"
    titre: ClassVar[str] = "Mon consentement"

    beneficiaire: Nom
    consultant: Nom
    duree_max_heures: Annotated[int, Entre(1, 1000)]
    conservation_max_annees: Annotated[int, Entre(1, 30)]
    minutes_prevues: Minutes | None = None
    methodes: Annotated[tuple[Ligne, ...], Combien(0, 30)] = ()
    contact: LigneFacultative = ""
    signature: Signature | None = None

    def verify(self) -> None:
        if self.minutes_prevues is not None and self.minutes_prevues > self.duree_max_heures * 60:
            raise DonneesInvalides("Consentement.minutes_prevues", "dépasse la durée maximale d’un bilan")
