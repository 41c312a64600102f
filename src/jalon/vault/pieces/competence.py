"""Something that the person can do, in her words, with what proves it, and the skills of the referential that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Liste, Texte, champ, ligne, prose
from jalon.vault.pieces.metier import CompetenceRome
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Competence(Piece):
    """`experience`: the reference of the experience that it comes from. `refusees`: proposed skills that were not hers, by code."""

    kind: ClassVar[str] = "competence"
    tiroir: ClassVar[str] = "travail"

    intitule: str = ligne("La compétence", 600)
    preuve: str = prose("Ce qui le montre", 5_000)
    experience: str = ligne("L’expérience", CODE_MAX)
    rome: tuple[CompetenceRome, ...] = champ(Liste("Les compétences du référentiel", CompetenceRome, 20), ())
    refusees: tuple[str, ...] = champ(Liste("Les compétences refusées", Texte("Un code", CODE_MAX)), ())
