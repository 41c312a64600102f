"""The steps of the project, each with its day and its means (R. 6313-4, 3° c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jalon.vault.pieces.champ import Jour, Liste, OuiNon, champ, prose
from jalon.vault.pieces.piece import Partie, Piece


@dataclass(frozen=True)
class EtapePlan(Partie):
    texte: str = prose("L’étape", 2_000)
    pour_le: str | None = champ(Jour("La date de l’étape"), None)
    moyens: str = prose("Les moyens de l’étape", 2_000)
    fait: bool = champ(OuiNon("L’étape faite"), False)


@dataclass(frozen=True)
class PlanAction(Piece):
    kind: ClassVar[str] = "plan"
    tiroir: ClassVar[str] = "travail"
    autres_tiroirs: ClassVar[frozenset[str]] = frozenset({"synthese", "entretien_suivi"})

    etapes: tuple[EtapePlan, ...] = champ(Liste("Les étapes", EtapePlan, 100), ())
