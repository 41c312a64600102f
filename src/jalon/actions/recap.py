"""The recap of a séance: written by the consultant, shared when ready, corrected by the person in her own words."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.actions.promesse import follow, identified
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.recap import Recap


@transaction.atomic
def write_recap(
    *,
    bilan: Bilan,
    recap: Recap,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
    share: bool = False,
) -> Piece:
    """`share`: from now on the person reads it. What she corrected is kept whatever the consultant writes."""
    access.require(Action.WRITE_RECAP, by, bilan)
    bilan = lock_bilan(bilan)
    if not bilan.seances.filter(pk=recap.seance_id).exists():
        raise Refused(Obstacle("Cette séance n’appartient pas à ce dossier.", code="seance"))
    known = Piece.objects.filter(bilan=bilan, nature="recap", reference=recap.seance_id).first()
    shared = share or (known is not None and known.partage_le is not None)
    before = open_for_action(known) if known is not None else None
    content = replace(
        identified(recap, before), correction=before.correction if before else "", partage=shared
    )
    piece = write_piece(
        bilan, content, by=by, now=now, reference=recap.seance_id, base_revision=base_revision
    )
    follow(bilan, content, partagee=shared)
    drop_brouillon(bilan=bilan, page=f"recap-{recap.seance_id}", by=by)
    if share and piece.partage_le is None:
        piece.partage_le = now
        piece.save(update_fields=["partage_le"])
        record(Nom.RECAP_PARTAGE, bilan, by=by, now=now, faits={"seance": recap.seance_id})
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return piece


@transaction.atomic
def correct_recap(*, bilan: Bilan, seance_id: str, correction: str, by: Personne, now: datetime) -> Piece:
    """Her words stand beside the consultant's; neither replaces the other."""
    access.require(Action.CORRECT_RECAP, by, bilan)
    bilan = lock_bilan(bilan)
    require_content_open(bilan)
    known = Piece.objects.filter(
        bilan=bilan, nature="recap", reference=seance_id, partage_le__isnull=False
    ).first()
    if known is None:
        raise Refused(Obstacle("Ce compte rendu n’est pas encore partagé.", code="partage"))
    content = replace(open_for_action(known), correction=correction)
    piece = write_piece(bilan, content, by=by, now=now, reference=seance_id)
    drop_brouillon(bilan=bilan, page=f"correction-{seance_id}", by=by)
    record(Nom.RECAP_CORRIGE, bilan, by=by, now=now, faits={"seance": seance_id, "revision": piece.revision})
    return piece
