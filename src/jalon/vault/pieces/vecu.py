"""One moment of the line of a life, as the person tells it to herself. Nobody else opens it before she shares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Choix, Mois, OuiNon, champ, ligne, prose
from jalon.vault.pieces.piece import Piece

GENRES = (
    *("emploi", "formation", "benevolat", "famille", "lieu", "loisir", "rencontre"),
    *("interruption", "sante", "autre"),
)
TONS = ("", "porteur", "mele", "difficile")


@dataclass(frozen=True)
class Vecu(Piece):
    """`ton`: whether it carried her or weighed on her. `accord`: she agreed to write about her health (RGPD, art. 9.2 a)."""

    kind: ClassVar[str] = "vecu"
    tiroir: ClassVar[str] = "travail"

    genre: str = champ(Choix("Le genre du moment", GENRES), "autre")
    titre: str = ligne("Le titre du moment")
    debut: str = champ(Mois("Le début"), "")
    fin: str = champ(Mois("La fin"), "")
    texte: str = prose("Ce qui s’est passé")
    ton: str = champ(Choix("Comment il a été vécu", TONS), "")
    accord: bool = champ(OuiNon("L’accord de parler de sa santé"), False)
