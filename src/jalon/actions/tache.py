"""Work between séances: asked, begun, handed in, read. Its time goes into the ledger of personal hours, and nowhere else."""

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.pieces import open_for_action
from jalon.actions import envoi
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.echeance import cancel, schedule
from jalon.actions.fichier import deposit_fichier
from jalon.actions.piece import lock_bilan, require_content_open, write_piece
from jalon.actions.seance import declare_travail
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Phase
from jalon.domain.tache import MINUTES_MAX, reminder_at
from jalon.records.evenements import Nom, record
from jalon.records.models import Bilan, Echeance, Fichier, Personne, Piece, Seance, Tache
from jalon.vault.pieces.tache import Rendu
from jalon.vault.pieces.tache import Tache as Demande

_RAPPEL = "tache_rappel"


@transaction.atomic
def give_tache(
    *,
    bilan: Bilan,
    demande: Demande,
    by: Personne,
    now: datetime,
    minutes_prevues: int | None = None,
    pour_le: date | None = None,
) -> Tache:
    """By the consultant, or by the person to herself: then nobody is written to."""
    access.require(Action.GIVE_TACHE, by, bilan)
    bilan = lock_bilan(bilan)
    _check(demande, minutes_prevues)
    tache = Tache.objects.create(
        id=uuid.uuid4(),
        bilan=bilan,
        donnee_par=by,
        donnee_le=now,
        minutes_prevues=minutes_prevues,
        pour_le=pour_le,
    )
    write_piece(bilan, demande, by=by, now=now, reference=str(tache.pk))
    drop_brouillon(bilan=bilan, page="tache", by=by)
    _record(Nom.TACHE_DONNEE, tache, bilan, by, now)
    if by.pk != bilan.beneficiaire_id:
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    return tache


@transaction.atomic
def rewrite_tache(
    *,
    tache: Tache,
    demande: Demande,
    minutes_prevues: int | None,
    pour_le: date | None,
    base_revision: int,
    by: Personne,
    now: datetime,
) -> Tache:
    """By who gave it, until it is handed in: what was done was done on that instruction."""
    bilan, tache = _mine(tache, by)
    _check(demande, minutes_prevues)
    write_piece(bilan, demande, by=by, now=now, reference=str(tache.pk), base_revision=base_revision)
    moved = tache.pour_le != pour_le
    tache.minutes_prevues, tache.pour_le = minutes_prevues, pour_le
    tache.save(update_fields=["minutes_prevues", "pour_le"])
    drop_brouillon(bilan=bilan, page=f"tache-{tache.pk}", by=by)
    if moved and reminded(tache):
        _plan_reminder(tache, bilan, now)
    _record(Nom.TACHE_MODIFIEE, tache, bilan, by, now)
    return tache


@transaction.atomic
def withdraw_tache(*, tache: Tache, by: Personne, now: datetime) -> None:
    """By who gave it, until it is handed in. The time already noted stays in the ledger: it was signed."""
    bilan, tache = _mine(tache, by)
    identifier = str(tache.pk)
    Piece.objects.filter(bilan=bilan, nature__in=["tache", "rendu"], reference=identifier).delete()
    for page in ("tache", "rendu"):
        drafts = Piece.objects.filter(bilan=bilan, nature="brouillon")
        drafts.filter(reference__startswith=f"{page}-{identifier}/").delete()
    cancel(_RAPPEL, now=now, bilan=bilan, reference=identifier)
    _record(Nom.TACHE_RETIREE, tache, bilan, by, now)
    tache.delete()


@transaction.atomic
def begin_tache(*, tache: Tache, by: Personne, now: datetime) -> Tache:
    """Saying it twice changes nothing."""
    bilan, tache = _hers(tache, by)
    if tache.commencee_le is None:
        tache.commencee_le = now
        tache.save(update_fields=["commencee_le"])
        _record(Nom.TACHE_COMMENCEE, tache, bilan, by, now)
    return tache


@transaction.atomic
def write_rendu(
    *,
    tache: Tache,
    rendu: Rendu,
    by: Personne,
    now: datetime,
    base_revision: int | None = None,
    rendre: bool = False,
) -> Piece:
    """Kept for herself until she hands it in (`rendre`); changed after that, it waits again to be read."""
    bilan, tache = _hers(tache, by)
    identifier = str(tache.pk)
    if rendre and not _says_something(rendu):
        raise Refused(
            Obstacle(
                "Il n’y a encore rien à rendre : écrivez quelques mots, joignez un fichier, ou dites l’effort que ce "
                "travail vous a demandé.",
                code="vide",
                field="texte",
            )
        )
    before = _rendu(bilan, tache)
    piece = write_piece(bilan, rendu, by=by, now=now, reference=identifier, base_revision=base_revision)
    drop_brouillon(bilan=bilan, page=f"rendu-{identifier}", by=by)
    tache.commencee_le = tache.commencee_le or now
    changed = before is None or before.revision != piece.revision
    handed_in = tache.rendue_le is not None or rendre
    if handed_in and (tache.rendue_le is None or changed):
        tache.rendue_le, tache.relue_le = now, None
        piece.partage_le = piece.partage_le or now
        piece.save(update_fields=["partage_le"])
        cancel(_RAPPEL, now=now, bilan=bilan, reference=identifier)
        _record(Nom.TACHE_RENDUE, tache, bilan, by, now)
        envoi.enqueue("dossier_a_lire", personne=bilan.consultant, bilan=bilan, now=now)
    tache.save(update_fields=["commencee_le", "rendue_le", "relue_le"])
    return piece


@transaction.atomic
def join_fichier(*, tache: Tache, nom: str, data: bytes, by: Personne, now: datetime) -> Fichier:
    """A file of the bilan like any other, named by what is handed in."""
    bilan, tache = _hers(tache, by)
    fichier = deposit_fichier(bilan=bilan, nom=nom, data=data, description="", by=by, now=now)
    known = _rendu(bilan, tache)
    said: Rendu = open_for_action(known) if known is not None else Rendu()
    joined = Rendu(**{**vars(said), "fichiers": (*said.fichiers, str(fichier.pk))})
    write_piece(bilan, joined, by=by, now=now, reference=str(tache.pk))
    tache.commencee_le = tache.commencee_le or now
    if tache.rendue_le is not None:
        tache.rendue_le, tache.relue_le = now, None
    tache.save(update_fields=["commencee_le", "rendue_le", "relue_le"])
    return fichier


@transaction.atomic
def spend_time(*, tache: Tache, debut: datetime, fin: datetime, by: Personne, now: datetime) -> Seance:
    """One sitting: noted and signed by the person in the ledger of personal hours, under this task."""
    bilan, tache = _hers(tache, by)
    phase = Phase(bilan.etat) if bilan.etat in {p.value for p in LEGAL_PHASES} else Phase.PRELIMINAIRE
    seance = declare_travail(bilan=bilan, phase=phase, debut=debut, fin=fin, by=by, now=now)
    seance.tache = tache
    seance.save(update_fields=["tache"])
    if tache.commencee_le is None:
        tache.commencee_le = min(debut, now)
        tache.save(update_fields=["commencee_le"])
    return seance


@transaction.atomic
def review_tache(*, tache: Tache, by: Personne, now: datetime) -> Tache:
    """The consultant says that she has read it: the person sees it."""
    access.require(Action.REVIEW_RENDU, by, tache.bilan)
    bilan = lock_bilan(tache.bilan)
    tache = Tache.objects.select_for_update().get(pk=tache.pk)
    if tache.rendue_le is None:
        raise Refused(Obstacle("Ce travail n’est pas encore rendu.", code="rendu"))
    if tache.relue_le is None:
        tache.relue_le = now
        tache.save(update_fields=["relue_le"])
        _record(Nom.TACHE_RELUE, tache, bilan, by, now)
    return tache


@transaction.atomic
def choose_reminder(*, tache: Tache, voulu: bool, by: Personne, now: datetime) -> None:
    """A mail of hers, the morning of the day before, that says nothing of what it is about."""
    bilan, tache = _hers(tache, by)
    if not voulu:
        cancel(_RAPPEL, now=now, bilan=bilan, reference=str(tache.pk))
        return
    if tache.pour_le is None:
        raise Refused(Obstacle("Ce travail n’a pas de date : il n’y a rien à rappeler.", code="date"))
    if not by.email:
        raise Refused(
            Obstacle(
                "Vous n’avez pas d’adresse électronique ici : aucun rappel ne peut partir.", code="email"
            )
        )
    if not _plan_reminder(tache, bilan, now):
        raise Refused(
            Obstacle("Le rappel partirait la veille au matin, et ce moment est passé.", code="passe")
        )


def reminded(tache: Tache) -> bool:
    return Echeance.objects.filter(
        nom=_RAPPEL, bilan=tache.bilan_id, reference=str(tache.pk), faite_le=None, annulee_le=None
    ).exists()


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    tache = (
        Tache.objects.select_related("bilan__organisme", "bilan__beneficiaire")
        .filter(pk=echeance.reference, rendue_le=None)
        .first()
    )
    if tache is not None:
        envoi.enqueue("dossier_a_lire", personne=tache.bilan.beneficiaire, bilan=tache.bilan, now=now)


def _mine(tache: Tache, by: Personne) -> tuple[Bilan, Tache]:
    """The lock, and the task as it is now: given by this very person, and not handed in."""
    access.require(Action.GIVE_TACHE, by, tache.bilan)
    bilan = lock_bilan(tache.bilan)
    require_content_open(bilan)
    tache = Tache.objects.select_for_update().get(pk=tache.pk)
    hers = by.pk == bilan.beneficiaire_id
    if hers != (tache.donnee_par_id == bilan.beneficiaire_id):
        raise Refused(Obstacle("Ce travail a été proposé par l’autre : parlez-en ensemble.", code="auteur"))
    if tache.rendue_le is not None:
        raise Refused(Obstacle("Ce travail est rendu : sa consigne ne change plus.", code="rendue"))
    return bilan, tache


def _hers(tache: Tache, by: Personne) -> tuple[Bilan, Tache]:
    access.require(Action.WRITE_RENDU, by, tache.bilan)
    bilan = lock_bilan(tache.bilan)
    require_content_open(bilan)
    return bilan, Tache.objects.select_for_update().get(pk=tache.pk)


def _check(demande: Demande, minutes: int | None) -> None:
    found = []
    if not demande.titre.strip():
        found.append(Obstacle("Donnez un titre à ce travail.", code="titre", field="titre"))
    if minutes is not None and not 1 <= minutes <= MINUTES_MAX:
        found.append(
            Obstacle("Indiquez un temps entre 5 minutes et 20 heures.", code="minutes", field="minutes")
        )
    if found:
        raise Refused(found)


def _says_something(rendu: Rendu) -> bool:
    texts = (rendu.texte, rendu.note, *rendu.reponses.values())
    return bool(rendu.effort or rendu.fichiers or any(t.strip() for t in texts))


def _rendu(bilan: Bilan, tache: Tache) -> Piece | None:
    return Piece.objects.filter(bilan=bilan, nature="rendu", reference=str(tache.pk)).first()


def _plan_reminder(tache: Tache, bilan: Bilan, now: datetime) -> bool:
    at = reminder_at(tache.pour_le, ZoneInfo(bilan.fuseau)) if tache.pour_le else now
    if at <= now:
        cancel(_RAPPEL, now=now, bilan=bilan, reference=str(tache.pk))
        return False
    schedule(_RAPPEL, at, organisme=bilan.organisme, bilan=bilan, reference=str(tache.pk))
    return True


def _record(nom: Nom, tache: Tache, bilan: Bilan, by: Personne, now: datetime, **more: Any) -> None:
    record(nom, bilan, by=by, now=now, faits={"tache": tache.pk, **more})
