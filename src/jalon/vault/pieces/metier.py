"""An occupation or a skill as it was chosen: its code, and the words that were under one's eyes.

A code can change its meaning from one version of the referential to the next. What was chosen keeps its own label and
version, and is never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalon.vault.pieces.champ import CODE_MAX, ligne
from jalon.vault.pieces.piece import Partie


@dataclass(frozen=True)
class MetierChoisi(Partie):
    """`code_ogr` and `appellation`: the title that was chosen, if it was not the occupation's own. It lasts longer than the code."""

    code: str = ligne("Le code du métier", CODE_MAX)
    libelle: str = ligne("Le métier")
    version: str = ligne("La version du référentiel", CODE_MAX)
    titre: str = ligne("Le référentiel")
    code_ogr: str = ligne("Le code de l’appellation", CODE_MAX)
    appellation: str = ligne("L’appellation")


@dataclass(frozen=True)
class CompetenceRome(Partie):
    """A skill of the referential that the person recognised as hers."""

    code_ogr: str = ligne("Le code de la compétence", CODE_MAX)
    libelle: str = ligne("La compétence du référentiel", 600)
    nature: str = ligne("La nature de la compétence", CODE_MAX)
    version: str = ligne("La version du référentiel", CODE_MAX)
