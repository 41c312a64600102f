"""The answers to one instrument, of the version that was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Dictionnaire, OuiNon, Reponse, champ, ligne, regle
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Reponses(Piece):
    kind: ClassVar[str] = "reponses"
    tiroir: ClassVar[str] = "travail"
    # An opinion on the cabinet stays with the person's notebook; what is asked at the follow-up dies with it.
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset({"carnet", "entretien_suivi"})

    instrument: str = ligne("L’instrument", CODE_MAX)
    version_instrument: str = ligne("La version de l’instrument", CODE_MAX)
    reponses: dict[str, str | int | list[str] | None] = field(
        default_factory=dict, metadata=regle(Dictionnaire("Les réponses", Reponse()))
    )
    termine: bool = champ(OuiNon("La fin du questionnaire"), False)
    # Explicit consent to the questions that touch private life; without it they are not answered (RGPD, art. 9.2 a).
    accord_sensible: bool = champ(OuiNon("L’accord aux questions sensibles"), False)
