"""The analysis of the request and the objectives: written by either, agreed by both (R. 6313-4, 1°)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import PHASES
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.objectifs import Objectifs

_EVENTS = {"demande": Nom.DEMANDE_CONVENUE, "objectifs": Nom.OBJECTIFS_CONVENUS}
_RIGHTS = {"demande": Action.WRITE_DEMANDE, "objectifs": Action.WRITE_OBJECTIFS}


@transaction.atomic
def write_demande(
    *, bilan: Bilan, analyse: AnalyseDemande, by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    """Any change opens the agreement again: what both had agreed was the earlier text."""
    access.require(Action.WRITE_DEMANDE, by, bilan)
    if not (analyse.mots_de_la_personne.strip() or analyse.reformulation.strip()):
        raise Refused(
            Obstacle(
                "Il n’y a rien d’écrit : quelques mots suffisent pour commencer.",
                f"{PHASES}, 1° a",
                code="vide",
                field="mots_de_la_personne",
            )
        )
    return _write(bilan, analyse, by, now, base_revision)


@transaction.atomic
def write_objectifs(
    *, bilan: Bilan, objectifs: Objectifs, by: Personne, now: datetime, base_revision: int | None = None
) -> Piece:
    access.require(Action.WRITE_OBJECTIFS, by, bilan)
    if not any(objectif.texte.strip() for objectif in objectifs.objectifs):
        raise Refused(
            Obstacle("Écrivez au moins un objectif, même provisoire.", f"{PHASES}, 1° c", code="vide")
        )
    return _write(bilan, objectifs, by, now, base_revision)


def _write(bilan: Bilan, contenu: Any, by: Personne, now: datetime, base_revision: int | None) -> Piece:
    piece = write_piece(lock_bilan(bilan), contenu, by=by, now=now, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page=contenu.kind, by=by)
    return piece


@transaction.atomic
def agree(*, bilan: Bilan, nature: str, revision: int, by: Personne, now: datetime) -> Piece:
    """One of the two agrees to the very text she has under her eyes; the event comes with the second agreement."""
    access.require(_RIGHTS[nature], by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    piece: Any = Piece.objects.select_for_update().filter(bilan=bilan, nature=nature).first()
    if piece is None:
        raise Refused(Obstacle("Il n’y a encore rien d’écrit à convenir.", PHASES, code="vide"))
    if piece.revision != revision:
        raise Refused(
            Obstacle(
                "Le texte a changé depuis que vous l’avez lu : relisez-le avant de donner votre accord.",
                code="revision",
            )
        )
    side = "valide_beneficiaire_le" if bilan.beneficiaire_id == by.pk else "valide_consultant_le"
    if getattr(piece, side) is None:
        setattr(piece, side, now)
        piece.save(update_fields=[side])
        if piece.valide_beneficiaire_le and piece.valide_consultant_le:
            record(_EVENTS[nature], bilan, by=by, now=now, faits={"piece": piece.pk, "revision": revision})
    return piece
