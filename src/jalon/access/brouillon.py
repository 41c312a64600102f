"""The reader's own draft of one page, found again when its form is reopened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jalon.access.pieces import Lue, list_pieces, open_pieces, read_piece
from jalon.records.models import Bilan, Personne


@dataclass(frozen=True)
class BrouillonLu:
    page: str
    champs: dict[str, str]
    enregistre_le: datetime
    # Of the draft itself: what another device has typed since is never covered in silence.
    numero: int = 0

    @property
    def revision(self) -> int | None:
        """The text on which the draft was begun, as the form said it."""
        raw = self.champs.get("revision", "")
        return int(raw) if raw.isdigit() else None


def read_brouillon(personne: Personne, bilan: Bilan, page: str, *, now: datetime) -> BrouillonLu | None:
    lue = read_piece(personne, bilan, "brouillon", _reference(personne, page), now=now)
    return _of(lue, page) if lue else None


def read_with_brouillon(
    personne: Personne, bilan: Bilan, natures: Iterable[str], page: str, *, now: datetime
) -> tuple[list[Lue], BrouillonLu | None]:
    """The pieces of a page and the reader's draft of it, in one reading."""
    mine = _reference(personne, page)
    found = [
        piece
        for piece in list_pieces(personne, bilan, [*natures, "brouillon"])
        if piece.nature != "brouillon" or piece.reference == mine
    ]
    lues = open_pieces(personne, bilan, found, now=now)
    drafts = [_of(lue, page) for lue in lues if lue.piece.nature == "brouillon"]
    return [lue for lue in lues if lue.piece.nature != "brouillon"], drafts[0] if drafts else None


def _reference(personne: Personne, page: str) -> str:
    return f"{page}/{personne.pk}"


def _of(lue: Lue, page: str) -> BrouillonLu:
    return BrouillonLu(page, dict(lue.contenu.champs), lue.piece.modifie_le, lue.piece.revision)
