"""The door to what the person brought back from another dossier: read as it was, with where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404

from jalon.access.coffre import coffre
from jalon.access.pieces import Lue, read_pieces
from jalon.domain.natures import LABELS
from jalon.records.models import Bilan, Fichier, Personne, Piece
from jalon.vault.pieces.lecture import inner_piece, read_rows, title_of

__all__ = ["Reprise", "get_repris", "read_reprises"]


@dataclass(frozen=True)
class Reprise:
    """One piece of another dossier: `lignes` are (heading, text)."""

    piece: Piece
    nature: str
    titre: str
    lignes: list[tuple[str, str]]
    ecrit_le: date | None
    emporte_le: date | None
    cabinet: str
    fichier: Fichier | None

    @property
    def partage(self) -> bool:
        return self.piece.partage_le is not None

    @property
    def genre(self) -> str:
        return LABELS.get(self.nature, "Contenu")

    @property
    def nom_fichier(self) -> str:
        return self.titre or "fichier"

    def octets(self) -> Iterator[bytes]:
        """The clear content of its file, chunk by chunk; never written to the disk."""
        if self.fichier is None:
            raise Http404
        found = self.fichier
        return iter(coffre().objects.reader(found.objet, key_id=found.cle, context=str(found.pk)))


def read_reprises(personne: Personne, bilan: Bilan, *, now: datetime) -> list[Reprise]:
    """Everything that this person may read of it: all of it for its owner, what she shares for who accompanies her."""
    opened = read_pieces(personne, bilan, ["repris"], now=now)
    rows = Fichier.objects.filter(fiche__in=[lue.piece.pk for lue in opened]) if opened else ()
    files = {row.fiche_id: row for row in rows}
    order = {nature: rank for rank, nature in enumerate(LABELS)}
    found = [_one(lue, files.get(lue.piece.pk)) for lue in opened]
    return sorted(found, key=lambda one: (order.get(one.nature, 99), one.titre, str(one.piece.pk)))


def get_repris(personne: Personne, bilan: Bilan, piece_id: Any, *, now: datetime) -> Reprise:
    for one in read_reprises(personne, bilan, now=now):
        if one.piece.pk == piece_id:
            return one
    raise Http404


def _one(lue: Lue, fichier: Fichier | None) -> Reprise:
    said = lue.contenu
    inside = inner_piece(said)
    return Reprise(
        piece=lue.piece,
        nature=said.nature,
        titre=title_of(inside) if inside is not None else "",
        lignes=read_rows(said),
        ecrit_le=date.fromisoformat(said.ecrit_le) if said.ecrit_le else None,
        emporte_le=date.fromisoformat(said.emporte_le) if said.emporte_le else None,
        cabinet=said.cabinet,
        fichier=fichier,
    )
