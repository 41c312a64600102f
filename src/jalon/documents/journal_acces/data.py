"""Who looked at what, when and why, in plain words: the access log as its owner may take it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Donnees, DonneesInvalides, Ligne, LigneFacultative, Nom
from jalon.documents.papier import Document


@dataclass(frozen=True)
class Acces(Donnees):
    """One line: `quoi` is a kind of piece («vos notes partagées»), never its title or its words."""

    quand: datetime
    qui: Nom
    role: Nom
    quoi: Ligne
    pourquoi: LigneFacultative = ""


@dataclass(frozen=True)
class JournalAcces(Document):
    kind: ClassVar[str] = "journal_acces"
    titre: ClassVar[str] = "Journal des accès"

    beneficiaire: Nom
    debut: date
    fin: date
    acces: Annotated[tuple[Acces, ...], Combien(0, 5000)] = ()

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("JournalAcces.fin", "la fin ne peut pas précéder le début")
