"""Moments of group: fixed once with their room, then a séance of her own for each who takes part. None learns of the others here."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.disponibilite import may_manage
from jalon.access.salle import free_room
from jalon.actions.occupation import (
    lock_agenda,
    lock_salle,
    refuse_if_busy,
    refuse_if_group,
    refuse_if_room_taken,
)
from jalon.actions.seance import cancel_seance, plan_seance
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Nature, Phase
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.evenements import Nom, record
from jalon.records.models import Atelier, Bilan, Lieu, Membre, Organisme, Personne, Salle, Seance

PLACES_MAX = 30


@transaction.atomic
def plan_atelier(
    *,
    organisme: Organisme,
    consultant: Personne,
    phase: Phase,
    modalite: Modalite,
    debut: datetime,
    fin: datetime,
    places: int,
    by: Personne,
    now: datetime,
    lieu: Lieu | None = None,
    salle: Salle | None = None,
) -> Atelier:
    _may(organisme, consultant, by)
    lock_agenda(consultant.pk)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    found = []
    if phase not in LEGAL_PHASES:
        found.append(
            Obstacle("Un groupe se réunit dans l’une des trois phases.", code="phase", field="phase")
        )
    if fin <= debut:
        found.append(Obstacle("La fin doit être après le début.", code="horaires", field="duree"))
    if debut <= now:
        found.append(
            Obstacle("Cette date est passée : choisissez un moment à venir.", code="passe", field="jour")
        )
    if not 2 <= places <= PLACES_MAX:
        found.append(
            Obstacle(f"Un groupe compte de 2 à {PLACES_MAX} personnes.", code="places", field="places")
        )
    if modalite == Modalite.PRESENTIEL and (lieu is None or lieu.organisme_id != organisme.pk):
        found.append(Obstacle("Choisissez le lieu : chacun doit savoir où venir.", code="lieu", field="lieu"))
    if not organisme.membres.filter(personne=consultant, role=Membre.Role.CONSULTANT, jusqu_au=None).exists():
        found.append(
            Obstacle("Cette personne ne conduit pas de bilans ici.", code="consultant", field="consultant")
        )
    if found:
        raise Refused(found)
    refuse_if_busy(consultant.pk, debut, fin)
    refuse_if_group(consultant.pk, debut, fin)
    lieu = lieu if modalite == Modalite.PRESENTIEL else None
    salle = _room(lieu, salle, places, debut, fin)
    made = Atelier.objects.create(
        organisme=organisme,
        consultant=consultant,
        phase=phase,
        modalite=modalite,
        lieu=lieu,
        salle=salle,
        debut=debut,
        fin=fin,
        places=places,
    )
    record(
        Nom.ATELIER_PREVU,
        organisme,
        by=by,
        now=now,
        faits={"atelier": made.pk, "debut": debut, "fin": fin, "places": places},
    )
    return made


@transaction.atomic
def join_atelier(*, atelier: Atelier, bilan: Bilan, by: Personne, now: datetime) -> Seance:
    """A séance of her own in it, with her own signature to come. Her consultant may be somebody else."""
    _may(atelier.organisme, atelier.consultant, by)
    access.require(Action.PLAN_SEANCE, by, bilan)
    atelier = _open(atelier, now)
    if bilan.organisme_id != atelier.organisme_id:
        raise PermissionDenied(Action.PLAN_ATELIER.value)
    taking_part = atelier.seances.exclude(etat=EtatSeance.ANNULEE)
    if taking_part.filter(bilan=bilan).exists():
        raise Refused(Obstacle("Cette personne est déjà inscrite.", code="deja", field="bilan"))
    if taking_part.count() >= atelier.places:
        raise Refused(
            Obstacle("Ce groupe est complet : prévoyez-en un autre.", code="complet", field="bilan")
        )
    return plan_seance(
        bilan=bilan,
        phase=Phase(atelier.phase),
        nature=Nature.ACCOMPAGNEMENT,
        modalite=Modalite(atelier.modalite),
        debut=atelier.debut,
        fin=atelier.fin,
        lieu=atelier.lieu,
        salle=atelier.salle,
        atelier=atelier,
        by=by,
        now=now,
    )


@transaction.atomic
def cancel_atelier(*, atelier: Atelier, by: Personne, now: datetime) -> Atelier:
    """For all: each one's own séance is cancelled, and her calendar told."""
    _may(atelier.organisme, atelier.consultant, by)
    organisme = Organisme.objects.select_for_update().get(pk=atelier.organisme_id)
    atelier = _open(atelier, now)
    for seance in atelier.seances.filter(etat=EtatSeance.PREVUE).select_related("bilan").order_by("id"):
        cancel_seance(seance=seance, by=by, now=now)
    atelier.annule_le = now
    atelier.save(update_fields=["annule_le"])
    record(Nom.ATELIER_ANNULE, organisme, by=by, now=now, faits={"atelier": atelier.pk})
    return atelier


def _may(organisme: Organisme, consultant: Personne, by: Personne) -> None:
    access.require(Action.PLAN_ATELIER, by, organisme)
    if not may_manage(by, organisme, consultant.pk):
        raise PermissionDenied(Action.PLAN_ATELIER.value)


def _open(atelier: Atelier, now: datetime) -> Atelier:
    lock_agenda(atelier.consultant_id)
    found = (
        Atelier.objects.select_for_update(of=("self",))
        .select_related("organisme", "consultant", "lieu", "salle")
        .get(pk=atelier.pk)
    )
    if found.annule_le is not None or found.debut <= now:
        raise Refused(Obstacle("Ce moment de groupe est passé ou annulé.", code="etat"))
    return found


def _room(
    lieu: Lieu | None, salle: Salle | None, places: int, debut: datetime, fin: datetime
) -> Salle | None:
    """The one asked for if it is big enough and free; else one that is; none where the place counts none."""
    if lieu is None or not lieu.salles.filter(actif=True).exists():
        return None
    chosen: Any = salle or _big_enough(lieu, places, debut, fin)
    if chosen is None or chosen.lieu_id != lieu.pk or chosen.places < places + 1:
        raise Refused(
            Obstacle(
                f"Aucune salle libre de ce lieu n’a {places + 1} places : réduisez le groupe, ou changez d’horaire.",
                code="salle",
                field="salle",
            )
        )
    lock_salle(chosen.pk)
    refuse_if_room_taken(chosen, debut, fin)
    return chosen  # type: ignore[no-any-return]


def _big_enough(lieu: Lieu, places: int, debut: datetime, fin: datetime) -> Salle | None:
    return free_room(lieu, debut, fin, places=places + 1)
