"""The acknowledgement of a withdrawal, on a durable medium (C. conso. L. 221-21): what was received, when, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from jalon.documents.donnees import Nom
from jalon.documents.papier import Document


@dataclass(frozen=True)
class AccuseRetractation(Document):
    kind: ClassVar[str] = "accuse_retractation"
    titre: ClassVar[str] = "Accusé de réception de votre renonciation"

    beneficiaire: Nom
    intitule: Nom
    conclu_le: datetime
    recue_le: datetime
    prix: Nom
    du: Nom
    commence: bool
    source: Nom
