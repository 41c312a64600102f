"""A stake on the line: one step of a bilan, of a destruction, of a payment. See {% ligne_jalons %}."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class EtatJalon(StrEnum):
    FAIT = "fait"
    EN_COURS = "en_cours"
    A_VENIR = "a_venir"
    INTERROMPU = "interrompu"


MOTS = {
    EtatJalon.FAIT: "Fait",
    EtatJalon.EN_COURS: "En cours",
    EtatJalon.A_VENIR: "À venir",
    EtatJalon.INTERROMPU: "Interrompu",
}


@dataclass(frozen=True)
class Jalon:
    titre: str
    etat: EtatJalon
    detail: str = ""
    href: str = ""

    @property
    def mot(self) -> str:
        """The state in a word: the shape of the stake is never alone to say it."""
        return MOTS[self.etat]


def plant(step: "Jalon | Mapping[str, Any]") -> Jalon:
    """Accept a plain dict from a view: titre, etat, detail, href."""
    if isinstance(step, Jalon):
        return step
    return Jalon(
        str(step["titre"]), EtatJalon(step["etat"]), str(step.get("detail", "")), str(step.get("href", ""))
    )
