"""A project tried in real life: an immersion, a placement, a day beside somebody. What it showed, as evidence (R. 6313-4, 2°)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Jour, Liste, Texte, champ, ligne, prose
from jalon.vault.pieces.piece import Piece

GENRES = ("immersion", "stage", "observation", "benevolat", "essai", "autre")
ETATS = ("a_trouver", "prevu", "fait")
COURT = 5_000


@dataclass(frozen=True)
class Essai(Piece):
    """`projet`: the reference of the project that it tests. `fichiers`: identifiers of deposited files."""

    kind: ClassVar[str] = "essai"
    tiroir: ClassVar[str] = "travail"

    intitule: str = ligne("L’essai")
    genre: str = champ(Choix("Le genre d’essai", GENRES), "immersion")
    etat: str = champ(Choix("L’avancement de l’essai", ETATS), "a_trouver")
    projet: str = ligne("Le projet", CODE_MAX)
    ou: str = ligne("Où")
    debut: str | None = champ(Jour("Le premier jour"), None)
    fin: str | None = champ(Jour("Le dernier jour"), None)
    faits: str = prose("Ce que vous avez fait et vu")
    confirme: str = prose("Ce que cela confirme", COURT)
    contredit: str = prose("Ce que cela contredit", COURT)
    reste: str = prose("Ce qui reste à vérifier", COURT)
    fichiers: tuple[str, ...] = champ(Liste("Les fichiers", Texte("Un fichier", CODE_MAX), 20), ())
