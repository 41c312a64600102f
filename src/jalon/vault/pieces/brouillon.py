"""What is being typed on a page, saved by itself: in the tiroir of the page it will become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Dictionnaire, Texte, ligne, regle
from jalon.vault.pieces.piece import Piece


@dataclass(frozen=True)
class Brouillon(Piece):
    kind: ClassVar[str] = "brouillon"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset(
        {"synthese", "consultant", "carnet", "entretien_suivi"}
    )

    page: str = ligne("La page", CODE_MAX)
    champs: dict[str, str] = field(
        default_factory=dict, metadata=regle(Dictionnaire("Les champs", Texte("Un champ")))
    )
