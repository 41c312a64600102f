"""What is asked between two séances, and what the person made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import (
    CODE_MAX,
    Choix,
    Dictionnaire,
    Entier,
    Eventuel,
    Liste,
    Texte,
    champ,
    ligne,
    prose,
    regle,
)
from jalon.vault.pieces.piece import Partie, Piece

# How a step is answered: with nothing, a text, or a line beside each mark.
REPONSES = ("", "texte", "tableau")


@dataclass(frozen=True)
class Lien(Partie):
    titre: str = ligne("Le titre du lien")
    adresse: str = ligne("L’adresse du lien", 500)


@dataclass(frozen=True)
class EtapeExercice(Partie):
    code: str = ligne("Le code de l’étape", CODE_MAX)
    texte: str = prose("L’étape", 2_000)
    reponse: str = champ(Choix("La réponse", REPONSES), "")
    reperes: tuple[str, ...] = champ(Liste("Les repères", Texte("Un repère", 300), 40), ())


@dataclass(frozen=True)
class ExerciceDonne(Partie):
    """The exercise as it was that day: it travels with the person, whatever becomes of the library."""

    code: str = ligne("Le code de l’exercice", CODE_MAX)
    version: str = ligne("La version de l’exercice", CODE_MAX)
    titre: str = ligne("Le titre de l’exercice")
    but: str = prose("À quoi il sert", 2_000)
    etapes: tuple[EtapeExercice, ...] = champ(Liste("Les étapes", EtapeExercice, 40), ())
    source: str = prose("La source", 1_000)
    licence: str = ligne("La licence")


@dataclass(frozen=True)
class Tache(Piece):
    kind: ClassVar[str] = "tache"
    tiroir: ClassVar[str] = "travail"

    titre: str = ligne("Le titre")
    consigne: str = prose("La consigne")
    liens: tuple[Lien, ...] = champ(Liste("Les liens", Lien, 20), ())
    exercice: ExerciceDonne | None = field(
        default=None, metadata=regle(Eventuel("L’exercice", ExerciceDonne))
    )


@dataclass(frozen=True)
class Rendu(Piece):
    """`reponses`: by code of the step; of a table, `code.rank`. `effort` from 1 to 5, 0 when she did not say."""

    kind: ClassVar[str] = "rendu"
    tiroir: ClassVar[str] = "travail"

    texte: str = prose("Ce que vous rendez")
    reponses: dict[str, str] = field(
        default_factory=dict, metadata=regle(Dictionnaire("Les réponses", Texte("Une réponse")))
    )
    effort: int = champ(Entier("L’effort", 0, 5), 0)
    note: str = prose("La remarque", 5_000)
    fichiers: tuple[str, ...] = champ(Liste("Les fichiers", Texte("Un fichier", CODE_MAX), 20), ())
