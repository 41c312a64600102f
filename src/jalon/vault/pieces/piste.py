"""An occupation that was kept, dropped with its reason, or chosen as a project: with what explained it on that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import (
    CODE_MAX,
    Choix,
    Eventuel,
    Liste,
    OuiNon,
    Texte,
    champ,
    ligne,
    prose,
    regle,
)
from jalon.vault.pieces.metier import MetierChoisi
from jalon.vault.pieces.piece import Piece

ETATS = ("gardee", "ecartee", "retenue")


@dataclass(frozen=True)
class Piste(Piece):
    """`voies`, `communs`, `manquants`: as they were shown. `projet`: the reference of the project made of it."""

    kind: ClassVar[str] = "piste"
    tiroir: ClassVar[str] = "travail"

    etat: str = champ(Choix("La place de la piste", ETATS), "gardee")
    metier: MetierChoisi | None = field(default=None, metadata=regle(Eventuel("Le métier", MetierChoisi)))
    raison: str = prose("La raison", 2_000)
    voies: tuple[str, ...] = champ(Liste("Les voies", Texte("Une voie", 1_500), 10), ())
    communs: tuple[str, ...] = champ(Liste("Les compétences communes", Texte("Une compétence", 600)), ())
    manquants: tuple[str, ...] = champ(Liste("Les compétences manquantes", Texte("Une compétence", 600)), ())
    officielle: bool = champ(OuiNon("La mobilité officielle"), False)
    projet: str = ligne("Le projet", CODE_MAX)
