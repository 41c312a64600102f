"""Something that was achieved, told so that it proves: situation, task, action, result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, ligne, prose
from jalon.vault.pieces.piece import Piece

COURT = 5_000


@dataclass(frozen=True)
class Realisation(Piece):
    """`experience`: the reference of the experience during which it happened; empty when there is none."""

    kind: ClassVar[str] = "realisation"
    tiroir: ClassVar[str] = "travail"

    titre: str = ligne("Le titre de la réalisation")
    experience: str = ligne("L’expérience", CODE_MAX)
    situation: str = prose("La situation", COURT)
    tache: str = prose("Ce qu’il fallait faire", COURT)
    action: str = prose("Ce que vous avez fait", COURT)
    resultat: str = prose("Le résultat", COURT)
