"""One-time codes on paper, for a person without e-mail. Neutral: it may lie on a table at home or at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, DonneesInvalides, Ligne, Nom, NomFacultatif
from jalon.documents.papier import Document


@dataclass(frozen=True)
class CodesPapier(Document):
    kind: ClassVar[str] = "codes_papier"
    titre: ClassVar[str] = "Vos codes de connexion"

    beneficiaire: Nom
    adresse_site: Ligne
    identifiant: Nom
    codes: Annotated[tuple[Nom, ...], Combien(1, 40)]
    valables_jusqu_au: date | None = None
    telephone_aide: NomFacultatif = ""

    def verify(self) -> None:
        if len(set(self.codes)) != len(self.codes):
            raise DonneesInvalides("CodesPapier.codes", "deux codes sont identiques")
