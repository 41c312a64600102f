"""The reader's own draft of one page, found again when its form is reopened."""

from dataclasses import dataclass
from datetime import datetime

from jalon.access.pieces import read_piece
from jalon.records.models import Bilan, Personne


@dataclass(frozen=True)
class BrouillonLu:
    page: str
    champs: dict[str, str]
    enregistre_le: datetime

    @property
    def revision(self) -> int | None:
        """The text on which the draft was begun, as the form said it."""
        raw = self.champs.get("revision", "")
        return int(raw) if raw.isdigit() else None


def read_brouillon(personne: Personne, bilan: Bilan, page: str, *, now: datetime) -> BrouillonLu | None:
    lue = read_piece(personne, bilan, "brouillon", f"{page}/{personne.pk}", now=now)
    return BrouillonLu(page, dict(lue.contenu.champs), lue.piece.modifie_le) if lue else None
