"""Write content: seal it under the bilan's keys, keep its earlier states, and never lose one of two texts saved at once."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon.access.coffre import coffre, tiroir_key
from jalon.access.pieces import Lue, open_for_action
from jalon.domain.bilan import CLOSED, Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.models import Bilan, Personne, Piece, Revision

# Kinds whose earlier states are kept until their key dies.
WITH_HISTORY = frozenset(
    {"demande", "objectifs", "projet", "piste", "ecart", "conclusions", "plan", "synthese", "recap"}
)


@dataclass
class Conflit(Exception):
    """Somebody saved in between: the page shows both texts, nothing is written."""

    actuel: Lue
    propose: Any

    def __str__(self) -> str:
        return "conflict"


def lock_bilan(bilan: Bilan) -> Bilan:
    """The bilan's row, locked until the end of the transaction: its chain of events and its pieces follow one line."""
    return Bilan.objects.select_for_update(of=("self",)).select_related("organisme").get(pk=bilan.pk)


def require_content_open(bilan: Bilan, *, suivi: bool = False) -> None:
    """Content can be written while the action runs; after its term only in the follow-up's own tiroir (`suivi`)."""
    if suivi:
        return
    if bilan.contenu_detruit_le or bilan.destruction_commencee_le:
        raise Refused(
            Obstacle(
                "Le contenu de ce dossier a été détruit : plus rien ne peut y être écrit.",
                "Code du travail, art. R. 6313-7",
                code="detruit",
            )
        )
    if Etat(bilan.etat) in CLOSED:
        raise Refused(
            Obstacle(
                "L’accompagnement est terminé : son contenu ne peut plus être modifié.",
                "Code du travail, art. R. 6313-7",
                code="termine",
            )
        )


def write_piece(
    bilan: Bilan,
    contenu: Any,
    *,
    by: Personne,
    now: datetime,
    reference: str = "",
    base_revision: int | None = None,
    tiroir: str | None = None,
    suivi: bool = False,
    lue: Lue | None = None,
) -> Piece:
    """Create or replace the piece of this kind and reference. The caller has checked the right and holds the lock.

    `base_revision` is the revision that the person had under her eyes (0: there was none): if the piece has moved since
    and says something else, `Conflit` carries both. `lue`: the piece, when the caller has locked and opened it already.
    """
    require_content_open(bilan, suivi=suivi)
    nature = contenu.kind
    tiroir = tiroir or contenu.tiroir
    with transaction.atomic():
        piece = (
            lue.piece
            if lue is not None
            else Piece.objects.select_for_update()
            .filter(bilan=bilan, nature=nature, reference=reference)
            .first()
        )
        if piece is None:
            piece = Piece(
                id=uuid.uuid4(),
                bilan=bilan,
                nature=nature,
                reference=reference,
                tiroir=tiroir,
                cle=tiroir_key(bilan.pk, tiroir),
                revision=1,
                auteur=by,
                cree_le=now,
                modifie_le=now,
            )
            piece.chiffre = _seal(piece, contenu)
            piece.save(force_insert=True)
            return piece
        current = lue.contenu if lue is not None else open_for_action(piece)
        if current == contenu:
            return piece
        if base_revision is not None and base_revision != piece.revision:
            raise Conflit(Lue(piece, current), contenu)
        if nature in WITH_HISTORY:
            Revision.objects.create(
                piece=piece,
                numero=piece.revision,
                chiffre=piece.chiffre,
                auteur=piece.auteur,
                enregistree_le=piece.modifie_le,
            )
        piece.revision += 1
        piece.chiffre = _seal(piece, contenu)
        piece.auteur = by
        piece.modifie_le = now
        # What both had agreed was the earlier text.
        piece.valide_beneficiaire_le = piece.valide_consultant_le = None
        piece.save()
        return piece


def _seal(piece: Piece, contenu: Any) -> bytes:
    return coffre().seal(contenu, key_id=piece.cle, piece_id=piece.pk, revision=piece.revision)


def erase_piece_row(piece: Piece) -> None:
    """Remove one piece and its earlier states; a piece under a key of its own also loses the key, by its caller."""
    piece.delete()
