"""From the plain fields of a form to one typed piece of content, or to obstacles that name the field. Quotes nothing."""

from typing import Any

from jalon.domain.obstacle import Obstacle, Refused
from jalon.vault import PieceInvalide
from jalon.vault.pieces import KINDS


def compose(nature: str, /, **fields: Any) -> Any:
    """`compose("demande", mots_de_la_personne="…", reformulation="…")`; the parts of a list are given as dicts."""
    try:
        return KINDS[nature].from_json(fields)
    except PieceInvalide as invalide:
        raise Refused(Obstacle(invalide.phrase, code="piece", field=invalide.champ)) from None
