"""From where the person is to a chosen occupation: each missing skill, and the way that could close the gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jalon.vault.pieces.champ import CODE_MAX, Choix, Eventuel, Liste, OuiNon, champ, ligne, prose, regle
from jalon.vault.pieces.metier import MetierChoisi
from jalon.vault.pieces.piece import Partie, Piece

MOYENS = ("", "acquise", "terrain", "formation", "vae", "autre")


@dataclass(frozen=True)
class LigneEcart(Partie):
    """`certification` and `intitule`: number and title as they were in the export of that day."""

    code_ogr: str = ligne("Le code de la compétence", CODE_MAX)
    libelle: str = ligne("La compétence", 600)
    coeur: bool = champ(OuiNon("Le cœur de métier"), False)
    moyen: str = champ(Choix("Le moyen", MOYENS), "")
    certification: str = ligne("Le numéro de la certification", CODE_MAX)
    intitule: str = ligne("La certification", 600)
    note: str = prose("La piste", 2_000)


@dataclass(frozen=True)
class PlanEcart(Piece):
    """`credits`: where the skills and the certifications come from, dated."""

    kind: ClassVar[str] = "ecart"
    tiroir: ClassVar[str] = "travail"

    metier: MetierChoisi | None = field(default=None, metadata=regle(Eventuel("Le métier", MetierChoisi)))
    credits: str = prose("Les sources", 2_000)
    lignes: tuple[LigneEcart, ...] = champ(Liste("Les compétences à acquérir", LigneEcart, 60), ())
