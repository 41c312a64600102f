"""Qualifications of consultants: noted and taken back by the responsable; whoever uses a sheet that demands one is asked for it."""

from datetime import date, datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.qualification import unqualified
from jalon.domain.jours import local_day as day_in
from jalon.domain.jours import zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.qualification import entry_obstacles
from jalon.instruments import Instrument
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Membre, Organisme, Personne, Qualification


@transaction.atomic
def note_qualification(
    *,
    membre: Membre,
    intitule: str,
    obtenue_le: date | None,
    expire_le: date | None,
    by: Personne,
    now: datetime,
) -> Qualification:
    access.require(Action.MANAGE_MEMBRES, by, membre.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=membre.organisme_id)
    found = entry_obstacles(intitule, obtenue_le, expire_le, day_in(now, zone(organisme.fuseau)))
    if membre.role != Membre.Role.CONSULTANT or membre.jusqu_au is not None:
        found.append(Obstacle("Une qualification se note pour qui conduit des bilans ici.", code="role"))
    if found:
        raise Refused(found)
    assert obtenue_le is not None
    row = Qualification.objects.create(
        membre=membre,
        intitule=" ".join(intitule.split()),
        obtenue_le=obtenue_le,
        expire_le=expire_le,
        notee_le=now,
    )
    record(
        Nom.QUALIFICATION_NOTEE,
        organisme,
        by=by,
        now=now,
        faits={"personne": membre.personne_id, "qualification": row.pk, "expire_le": expire_le},
    )
    return row


@transaction.atomic
def remove_qualification(*, qualification: Qualification, by: Personne, now: datetime) -> None:
    membre = qualification.membre
    access.require(Action.MANAGE_MEMBRES, by, membre.organisme)
    organisme = Organisme.objects.select_for_update().get(pk=membre.organisme_id)
    pk = qualification.pk
    if not Qualification.objects.filter(pk=pk).delete()[0]:
        return
    record(
        Nom.QUALIFICATION_RETIREE,
        organisme,
        by=by,
        now=now,
        faits={"personne": membre.personne_id, "qualification": pk},
    )


def require_qualified(bilan: Bilan, instrument: Instrument, by: Personne, now: datetime) -> None:
    """Before proposing it, printing it, copying its answers or explaining its result."""
    obstacle = unqualified(by, bilan.organisme_id, instrument, local_day(bilan, now))
    if obstacle is not None:
        raise Refused(obstacle)
