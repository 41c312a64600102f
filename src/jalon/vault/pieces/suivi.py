"""What the follow-up interview said: in its own tiroir, destroyed when the follow-up closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from jalon.domain.suivi import Avancee, Frein
from jalon.vault.pieces.champ import Choix, champ, prose
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class CompteRenduSuivi(Piece):
    """The short questions are counted without whose when it closes; the words are not."""

    kind: ClassVar[str] = "suivi"
    version: ClassVar[int] = 2
    tiroir: ClassVar[str] = "entretien_suivi"

    texte: str = prose("Le compte rendu")
    changements: str = prose("Ce qui a changé")
    suites: str = prose("Les suites")
    avancee: str = champ(Choix("Où en est le projet", ("", *(a.value for a in Avancee))), "")
    frein: str = champ(Choix("Ce qui freine le plus", ("", *(f.value for f in Frein))), "")
    aide: str = prose("Ce qui aiderait")

    @classmethod
    def upgrade(cls, from_version: int, data: dict[str, Any]) -> dict[str, Any]:
        """The first version had the words alone."""
        return data
