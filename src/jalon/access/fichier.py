"""The doors of files: what was deposited in a bilan, with its name, and one file to hand over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from jalon.access.coffre import coffre
from jalon.access.pieces import get_piece, read_pieces
from jalon.records.models import Bilan, Fichier, Personne


@dataclass(frozen=True)
class FichierLu:
    """One file: its row, and what its encrypted card says of it."""

    fichier: Fichier
    fiche: Any

    def octets(self) -> Iterator[bytes]:
        """The clear content, chunk by chunk; never written to the disk."""
        return iter(
            coffre().objects.reader(self.fichier.objet, key_id=self.fichier.cle, context=str(self.fichier.pk))
        )


def list_fichiers(
    personne: Personne, bilan: Bilan, *, now: datetime, tiroir: str = "travail"
) -> list[FichierLu]:
    """Newest first, in a fixed number of queries. What another tiroir holds is shown by its own page."""
    cards = {lue.piece.pk: lue.contenu for lue in read_pieces(personne, bilan, ["fichier"], now=now)}
    rows = Fichier.objects.filter(bilan=bilan, fiche__in=list(cards), tiroir=tiroir).order_by(
        "-depose_le", "id"
    )
    return [FichierLu(row, cards[row.fiche_id]) for row in rows]


def get_fichier(personne: Personne, bilan: Bilan, fichier_id: Any, *, now: datetime) -> FichierLu:
    """One file of this bilan, or 404; its reading is written down like any other."""
    row = Fichier.objects.filter(bilan=bilan, pk=fichier_id).first()
    if row is None:
        raise Http404
    return FichierLu(row, get_piece(personne, bilan, "fichier", str(row.pk), now=now).contenu)
