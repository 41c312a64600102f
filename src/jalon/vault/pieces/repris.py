"""What the person brings back from a folder that she took away: kept as it was, with where it comes from.

Hers alone until she shares it. The words inside are those of another piece, of a kind and version of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Entier, Jour, Texte, champ, ligne
from jalon.vault.pieces.piece import Piece

# A piece as its JSON: the longest kinds hold two hundred texts.
CONTENU_MAX = 5_000_000


@dataclass(frozen=True)
class Repris(Piece):
    kind: ClassVar[str] = "repris"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset({"entretien_suivi"})

    nature: str = ligne("Le genre du contenu repris", CODE_MAX)
    version_nature: int = champ(Entier("La version du contenu repris", 1, 1_000), 1)
    ecrit_le: str | None = champ(Jour("Le jour où il a été écrit"), None)
    emporte_le: str | None = champ(Jour("Le jour où le dossier a été emporté"), None)
    cabinet: str = ligne("Le cabinet d’alors")
    contenu: str = champ(Texte("Le contenu repris", CONTENU_MAX), "")
