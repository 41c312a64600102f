"""One thing to do for the cabinet: what, why, since or until when, and where. Never a word of content."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from jalon.domain.parcours import Labelled


class Rang(IntEnum):
    ALARME = 0
    EN_RETARD = 1
    A_FAIRE = 2
    BIENTOT = 3


class Famille(Labelled):
    """What a thing is about: the filter of the queue."""

    DELAIS = "delais", "Délais"
    CPF = "cpf", "CPF"
    FINANCEMENT = "financement", "Financement"
    SIGNATURES = "signatures", "Signatures"
    PAPIERS = "papiers", "Papiers"
    PERSONNES = "personnes", "Personnes à joindre"
    COURRIELS = "courriels", "Courriels"


@dataclass(frozen=True)
class ATraiter:
    """`genre` and `cible`: the page where it is done."""

    rang: Rang
    quoi: str
    pourquoi: str
    genre: str
    cible: Any = None
    quand: datetime | date | None = None
    source: str = ""
    famille: Famille = Famille.DELAIS

    def risk(self) -> tuple[int, str]:
        """The riskiest first, then the oldest: a thing without a date waits behind those that have one."""
        return int(self.rang), self.quand.isoformat()[:10] if self.quand else "9999"
