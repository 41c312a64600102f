"""Something that the person can do, in her words, with what proves it, and the skills of the referential that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Entier, Jour, Liste, OuiNon, Texte, champ, ligne, prose
from jalon.vault.pieces.metier import CompetenceRome
from jalon.vault.pieces.piece import Partie, Piece

SOURCES = ("experience", "realisation", "reponses")
VOIX = ("soi", "autre", "faits")


@dataclass(frozen=True)
class PhrasePreuve(Partie):
    """A sentence that she wrote or said, word for word, and where: it stays with what it proves even if its source changes."""

    phrase: str = prose("La phrase", 2_000)
    source: str = champ(Choix("L’origine de la phrase", SOURCES), "experience")
    reference: str = ligne("La référence", CODE_MAX)


@dataclass(frozen=True)
class NiveauDit(Partie):
    """A level and who says it: herself, somebody else (`qui`), or a fact. 0: said in words only."""

    voix: str = champ(Choix("Qui le dit", VOIX), "soi")
    qui: str = ligne("La personne qui le dit")
    niveau: int = champ(Entier("Le niveau", 0, 4), 0)
    texte: str = prose("Ce qui est dit", 2_000)
    le: str | None = champ(Jour("Le jour"), None)


@dataclass(frozen=True)
class Competence(Piece):
    """`experience`: the reference of the experience that it comes from. `refusees`: proposed skills that were not hers, by code.

    `fichiers`: identifiers of deposited files that prove it. `transferable`: she would use it elsewhere; `transfert`: where.
    """

    kind: ClassVar[str] = "competence"
    tiroir: ClassVar[str] = "travail"

    intitule: str = ligne("La compétence", 600)
    preuve: str = prose("Ce qui le montre", 5_000)
    experience: str = ligne("L’expérience", CODE_MAX)
    rome: tuple[CompetenceRome, ...] = champ(Liste("Les compétences du référentiel", CompetenceRome, 20), ())
    refusees: tuple[str, ...] = champ(Liste("Les compétences refusées", Texte("Un code", CODE_MAX)), ())
    phrases: tuple[PhrasePreuve, ...] = champ(Liste("Les phrases", PhrasePreuve, 30), ())
    fichiers: tuple[str, ...] = champ(Liste("Les fichiers", Texte("Un fichier", CODE_MAX), 20), ())
    niveaux: tuple[NiveauDit, ...] = champ(Liste("Les niveaux", NiveauDit, 30), ())
    transferable: bool = champ(OuiNon("Le transfert"), False)
    transfert: str = prose("Où elle servirait", 2_000)
