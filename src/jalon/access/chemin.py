"""The same sheet at several moments, side by side: what still lives, and what the person brought back from her own folder."""

from datetime import datetime
from typing import Any

from jalon.access.pieces import read_pieces
from jalon.domain.questionnaire import code_of, moment_of
from jalon.instruments import Moment
from jalon.records.models import Bilan, Personne
from jalon.vault.pieces.lecture import inner_piece
from jalon.vault.pieces.resultat import Resultat


def read_moments(personne: Personne, bilan: Bilan, code: str, *, now: datetime) -> list[tuple[Moment, Any]]:
    """Results that were explained, in the order of life. Those brought back carry no name of moment: their days tell which came first."""
    found: dict[Moment, Any] = {}
    brought: list[tuple[str, Any]] = []
    for lue in read_pieces(personne, bilan, ["resultat", "repris"], now=now):
        if lue.piece.nature == "resultat":
            if code_of(lue.piece.reference) == code:
                found[Moment(moment_of(lue.piece.reference) or Moment.DEPART)] = lue.contenu
            continue
        inside = inner_piece(lue.contenu) if lue.contenu.nature == "resultat" else None
        if isinstance(inside, Resultat) and inside.instrument == code:
            brought.append((inside.restitue_le or lue.contenu.ecrit_le or "", inside))
    brought.sort(key=lambda pair: pair[0])
    for moment, (_, result) in zip((Moment.DEPART, Moment.FIN), brought, strict=False):
        found.setdefault(moment, result)
    return [(moment, found[moment]) for moment in Moment if moment in found]
