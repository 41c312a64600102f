"""An *enquête métier* on one sheet: what she wants to know, whom to approach, what was said, and what it changed.

Whoever is approached is a third person: her name and number stand only here, encrypted, and go with the sheet. No earlier
state of it is kept, so that somebody who is taken off is really gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Jour, Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece

ETATS = ("preparation", "rendez_vous", "faite")
ETATS_CONTACT = ("a_contacter", "contacte", "rencontre", "refus")
QUESTIONS_MAX, CONTACTS_MAX = 25, 12


@dataclass(frozen=True)
class QuestionEnquete(Partie):
    question: str = ligne("La question", 600)
    reponse: str = prose("La réponse", 5_000)


@dataclass(frozen=True)
class ContactEnquete(Partie):
    """`acces`: through whom, and how to begin."""

    nom: str = ligne("La personne")
    fonction: str = ligne("Ce qu’elle fait")
    coordonnees: str = ligne("Comment la joindre")
    acces: str = prose("Comment l’aborder", 2_000)
    etat: str = champ(Choix("Où en est l’approche", ETATS_CONTACT), "a_contacter")


@dataclass(frozen=True)
class Enquete(Piece):
    """`projet`: the reference of the project that it tests."""

    kind: ClassVar[str] = "enquete"
    tiroir: ClassVar[str] = "travail"

    intitule: str = ligne("Le métier ou le milieu")
    projet: str = ligne("Le projet", CODE_MAX)
    etat: str = champ(Choix("L’avancement de l’enquête", ETATS), "preparation")
    but: str = prose("Ce que vous voulez savoir", 5_000)
    questions: tuple[QuestionEnquete, ...] = champ(Liste("Les questions", QuestionEnquete, QUESTIONS_MAX), ())
    contacts: tuple[ContactEnquete, ...] = champ(Liste("Les personnes", ContactEnquete, CONTACTS_MAX), ())
    rappel_le: str | None = champ(Jour("Le rappel"), None)
    notes: str = prose("Les notes")
    change: str = prose("Ce que cela a changé", 5_000)
