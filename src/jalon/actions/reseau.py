"""The network of former beneficiaries: joined by a decision of its own, left at once; words are relayed, addresses never."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from jalon import access
from jalon.access import Action
from jalon.actions import envoi
from jalon.actions.echeance import cancel, schedule
from jalon.actions.piece import lock_bilan, write_piece
from jalon.domain.bilan import RUNNING, Etat
from jalon.domain.jours import add_months, end_of_day, zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.reseau import DUREE_MOIS, EN_COURS_MAX, Sujet
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, MiseEnRelation, Personne, Piece, Ressource
from jalon.vault.pieces.relais import Relais

_CONSENT = "RGPD, art. 6, § 1 a"


@transaction.atomic
def join_reseau(*, bilan: Bilan, sujets: Iterable[str], by: Personne, now: datetime) -> Ressource:
    """Free, and never a condition of anything: only at the end of her own journey."""
    access.require(Action.JOIN_RESEAU, by, bilan)
    bilan = lock_bilan(bilan)
    if Etat(bilan.etat) not in (Etat.CONCLUSIONS, Etat.TERMINE):
        raise Refused(Obstacle("Cette décision se prend à la fin de l’accompagnement.", code="etat"))
    chosen = [s.value for s in Sujet if s.value in set(sujets)]
    if not chosen:
        raise Refused(Obstacle("Choisissez au moins un sujet.", code="sujets", field="sujets"))
    made, _ = Ressource.objects.update_or_create(
        organisme=bilan.organisme,
        personne=by,
        defaults={"bilan": bilan, "sujets": chosen, "rejoint_le": now},
    )
    last = add_months(local_day(bilan, now), DUREE_MOIS)
    schedule("reseau_fin", end_of_day(last, zone(bilan.fuseau)), organisme=bilan.organisme, bilan=bilan)
    record(Nom.RESEAU_REJOINT, bilan, by=by, now=now, faits={"sujets": chosen})
    return made


@transaction.atomic
def leave_reseau(*, ressource: Ressource, by: Personne, now: datetime) -> None:
    """At once: nobody finds her any more, and what was written to her is erased."""
    if by.pk != ressource.personne_id and not by.est_systeme:
        raise PermissionDenied
    bilan = lock_bilan(ressource.bilan)
    for relation in ressource.relations.select_related("bilan"):
        _pieces(relation).delete()
    cancel("reseau_fin", now=now, bilan=bilan)
    ressource.delete()
    record(Nom.RESEAU_QUITTE, bilan, by=by, now=now)


def leave_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    for ressource in Ressource.objects.filter(bilan=echeance.bilan):
        leave_reseau(ressource=ressource, by=by, now=now)


@transaction.atomic
def ask_ressource(
    *, bilan: Bilan, ressource: Ressource, texte: str, by: Personne, now: datetime
) -> MiseEnRelation:
    """A first message, in her own dossier. The other is told by a neutral mail that something waits to be read."""
    access.require(Action.ASK_RESEAU, by, bilan)
    bilan = lock_bilan(bilan)
    found = []
    if Etat(bilan.etat) not in RUNNING:
        found.append(Obstacle("L’entraide s’ouvre pendant l’accompagnement.", code="etat"))
    if ressource.organisme_id != bilan.organisme_id or ressource.personne_id == by.pk:
        found.append(Obstacle("Cette personne n’est plus joignable.", _CONSENT, code="absente"))
    open_ones = bilan.relations.filter(close_le=None)
    known = open_ones.filter(ressource=ressource).first()
    if known is None and open_ones.count() >= EN_COURS_MAX:
        found.append(
            Obstacle(
                f"Vous écrivez déjà à {EN_COURS_MAX} personnes : fermez un échange avant d’en ouvrir un autre.",
                code="trop",
            )
        )
    if found:
        raise Refused(tuple(found))
    relation = known or MiseEnRelation.objects.create(ressource=ressource, bilan=bilan, demandee_le=now)
    if known is None:
        record(Nom.RELATION_DEMANDEE, bilan, by=by, now=now, faits={"relation": relation.pk})
    _write(relation, bilan, texte, by=by, now=now)
    return relation


@transaction.atomic
def reply(*, relation: MiseEnRelation, texte: str, by: Personne, now: datetime) -> None:
    """One of the two answers the other."""
    _require_one_of_the_two(relation, by)
    bilan = lock_bilan(relation.bilan)
    if relation.close_le is not None:
        raise Refused(Obstacle("Cet échange est fermé.", code="ferme"))
    _write(relation, bilan, texte, by=by, now=now)


@transaction.atomic
def close_relation(*, relation: MiseEnRelation, by: Personne, now: datetime) -> None:
    """Either closes it, without a reason; its words are erased."""
    _require_one_of_the_two(relation, by)
    lock_bilan(relation.bilan)
    _pieces(relation).delete()
    MiseEnRelation.objects.filter(pk=relation.pk, close_le=None).update(close_le=now)


def _require_one_of_the_two(relation: MiseEnRelation, by: Personne) -> None:
    if by.pk not in (relation.bilan.beneficiaire_id, relation.ressource.personne_id):
        raise PermissionDenied


def _write(relation: MiseEnRelation, bilan: Bilan, texte: str, *, by: Personne, now: datetime) -> None:
    if not texte.strip():
        raise Refused(Obstacle("Écrivez votre message.", code="texte", field="texte"))
    mine = by.pk == bilan.beneficiaire_id
    content = Relais(texte=texte.strip(), de="personne" if mine else "ressource")
    write_piece(bilan, content, by=by, now=now, reference=f"{relation.pk}.{uuid.uuid4().hex[:12]}")
    if mine:
        envoi.enqueue(
            "dossier_a_lire", personne=relation.ressource.personne, bilan=relation.ressource.bilan, now=now
        )
    else:
        envoi.enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)


def _pieces(relation: MiseEnRelation):  # type: ignore[no-untyped-def]
    return Piece.objects.filter(
        Q(bilan=relation.bilan), nature="relais", reference__startswith=f"{relation.pk}."
    )
