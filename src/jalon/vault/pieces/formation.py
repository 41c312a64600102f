"""Training, certification and VAE as leads of a project: to be looked into, never done inside a bilan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Liste, champ, ligne, prose
from jalon.vault.pieces.piece import Partie, Piece

GENRES = ("formation", "certification", "vae", "autre")
MAX = 12


@dataclass(frozen=True)
class PisteFormation(Partie):
    """`certification` and `titre`: number and title as they were in the export of that day, when it was found there."""

    genre: str = champ(Choix("Le genre de piste", GENRES), "formation")
    intitule: str = ligne("La piste")
    certification: str = ligne("Le numéro de la certification", CODE_MAX)
    titre: str = ligne("Le titre de la certification", 600)
    ou: str = ligne("Où")
    financement: str = ligne("Le financement")
    a_verifier: str = prose("Ce qui reste à vérifier", 2_000)


@dataclass(frozen=True)
class PistesFormation(Piece):
    """Its reference is the project's. `credit`: where the certifications come from, dated."""

    kind: ClassVar[str] = "formation"
    tiroir: ClassVar[str] = "travail"

    pistes: tuple[PisteFormation, ...] = champ(Liste("Les pistes de formation", PisteFormation, MAX), ())
    credit: str = prose("La source", 2_000)
