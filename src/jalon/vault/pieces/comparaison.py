"""Her projects beside each other, by her own criteria: what each weighs, and the mark that she gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Entier, Liste, champ, ligne
from jalon.vault.pieces.piece import Partie, Piece

POIDS_MAX = NOTE_MAX = 5
CRITERES_MAX = 15


@dataclass(frozen=True)
class NoteProjet(Partie):
    """A mark that was not given has no entry."""

    projet: str = ligne("Le projet", CODE_MAX)
    note: int = champ(Entier("La note", 0, NOTE_MAX), 0)


@dataclass(frozen=True)
class CriterePese(Partie):
    nom: str = ligne("Le critère")
    poids: int = champ(Entier("Le poids", 0, POIDS_MAX), 3)
    notes: tuple[NoteProjet, ...] = champ(Liste("Les notes", NoteProjet, 20), ())


@dataclass(frozen=True)
class Comparaison(Piece):
    kind: ClassVar[str] = "comparaison"
    tiroir: ClassVar[str] = "travail"

    criteres: tuple[CriterePese, ...] = champ(Liste("Les critères", CriterePese, CRITERES_MAX), ())
