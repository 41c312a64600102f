"""What the law itself orders to tell the cellule d'accompagnement of a congé de reclassement, and nothing more (R. 1233-27).

Written by the consultant, shown to the person first; the letter is made in memory each time and kept nowhere in clear.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.cachet import seal_pdf
from jalon.actions.papier import frame
from jalon.actions.piece import lock_bilan, write_piece
from jalon.documents import render
from jalon.documents.information_cellule.data import ActionProposee, InformationCellule
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne, Piece
from jalon.vault.pieces.cellule import InformationCellule as Contenu

SOURCE = "Code du travail, art. R. 1233-27"


@transaction.atomic
def write_cellule(
    *,
    bilan: Bilan,
    contenu: Contenu,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
) -> Piece:
    """The person reads it as soon as it is written: what leaves for the cellule is never news to her."""
    access.require(Action.INFORM_CELLULE, by, bilan)
    bilan = lock_bilan(bilan)
    _require_reclassement(bilan)
    known = _known(bilan)
    if known is not None and open_for_action(known).transmis_le:
        raise Refused(
            Obstacle(
                "Ce courrier est déjà noté comme transmis : il ne change plus. Écrivez à la cellule si une ligne est fausse.",
                SOURCE,
                code="transmis",
            )
        )
    if not contenu.actions:
        raise Refused(
            Obstacle(
                "Rien n’est proposé : sans formation ni VAE, la cellule n’a rien à savoir, et ce courrier n’a pas lieu d’être.",
                SOURCE,
                code="actions",
            )
        )
    piece = write_piece(
        bilan, replace(contenu, transmis_le=None), by=by, now=now, base_revision=base_revision
    )
    drop_brouillon(bilan=bilan, page="cellule", by=by)
    if known is None or known.revision != piece.revision:
        piece.partage_le = now
        piece.save(update_fields=["partage_le"])
        record(
            Nom.CELLULE_MONTREE,
            bilan,
            by=by,
            now=now,
            faits={"nombre": len(contenu.actions), "revision": piece.revision},
        )
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return piece


@transaction.atomic
def note_transmission(*, bilan: Bilan, le: date, by: Personne, now: datetime) -> Piece:
    access.require(Action.INFORM_CELLULE, by, bilan)
    bilan = lock_bilan(bilan)
    _require_reclassement(bilan)
    known = _known(bilan)
    if known is None or known.partage_le is None:
        raise Refused(Obstacle("Écrivez d’abord ce qui est transmis.", SOURCE, code="absent"))
    if not local_day(bilan, known.partage_le) <= le <= local_day(bilan, now):
        raise Refused(
            Obstacle(
                "Le courrier est parti entre le jour où il a été montré à la personne et aujourd’hui : corrigez la date.",
                SOURCE,
                code="le",
                field="le",
            )
        )
    contenu = replace(open_for_action(known), transmis_le=le.isoformat())
    piece = write_piece(bilan, contenu, by=by, now=now)
    record(Nom.CELLULE_INFORMEE, bilan, by=by, now=now, faits={"le": le})
    return piece


def make_letter(*, bilan: Bilan, contenu: Contenu, by: Personne, now: datetime) -> bytes:
    """The sealed letter, for who may write it or whom it is about. `contenu` was opened by a door for this reader."""
    access.require(Action.READ_CONTENU, by, bilan)
    _require_reclassement(bilan)
    data = InformationCellule(
        papier=frame("information_cellule", bilan, now, numero=f"CEL-{bilan.numero}"),
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=bilan.consultant.nom_complet,
        actions=tuple(
            ActionProposee(one.genre, one.nature, one.duree, one.mise_en_oeuvre) for one in contenu.actions
        ),
    )
    pdf = render("information_cellule", data, horodatage=now)
    return seal_pdf(pdf, bilan.organisme, now=now, reason="Information de la cellule d’accompagnement")


def _require_reclassement(bilan: Bilan) -> None:
    if bilan.financement != Financement.RECLASSEMENT:
        raise Refused(
            Obstacle(
                "Seul un bilan suivi pendant un congé de reclassement donne lieu à cette information. "
                "Pour tout autre, rien ne se transmet sans l’accord écrit de la personne.",
                SOURCE,
                code="reclassement",
            )
        )


def _known(bilan: Bilan) -> Piece | None:
    return Piece.objects.filter(bilan=bilan, nature="cellule").first()
