"""What we hand over: papers (Typst, tagged PDF/A-2a and PDF/UA-1), their seal, and mails.

Sealing loads pyHanko, more than a second on a small machine: its names come on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jalon.documents.cachet import Cachet, CachetIllisible
from jalon.documents.donnees import DonneesInvalides
from jalon.documents.kinds import KINDS
from jalon.documents.papier import (
    Cabinet,
    Document,
    Forme,
    Papier,
    Passage,
    Signataire,
    Signature,
    passages_of,
)
from jalon.documents.rendu import TAILLES, RenduImpossible, render, template_version
from jalon.documents.texte_sur import lost_characters

if TYPE_CHECKING:
    from jalon.documents.scellement import EtatScellement, PieceJointe, check, seal

__all__ = [
    "KINDS",
    "TAILLES",
    "Cabinet",
    "Cachet",
    "CachetIllisible",
    "Document",
    "DonneesInvalides",
    "EtatScellement",
    "Forme",
    "Papier",
    "Passage",
    "PieceJointe",
    "RenduImpossible",
    "Signataire",
    "Signature",
    "check",
    "lost_characters",
    "passages_of",
    "render",
    "seal",
    "template_version",
]

SCELLEMENT = frozenset({"EtatScellement", "PieceJointe", "check", "seal"})


def __getattr__(nom: str) -> Any:
    if nom not in SCELLEMENT:
        raise AttributeError(nom)
    from jalon.documents import scellement

    return getattr(scellement, nom)
