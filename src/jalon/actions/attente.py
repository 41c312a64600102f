"""The waiting list: in the order of arrival, with somebody in particular or with whoever has a place."""

from datetime import datetime

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import contact as contacts
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Attente, Contact, Membre, Personne


@transaction.atomic
def join_attente(
    *, contact: Contact, by: Personne, now: datetime, consultant: Personne | None = None
) -> Attente:
    """Written again with another consultant, she keeps her rank."""
    access.require(Action.RECORD_CONTACT, by, contact)
    contact = contacts.running(contacts.lock_contact(contact))
    if (
        consultant is not None
        and not contact.organisme.membres.filter(
            personne=consultant, role=Membre.Role.CONSULTANT, jusqu_au=None
        ).exists()
    ):
        raise Refused(
            Obstacle(
                "Choisissez quelqu’un qui conduit des bilans ici.", code="consultant", field="consultant"
            )
        )
    found, made = Attente.objects.get_or_create(contact=contact, defaults={"inscrite_le": now})
    found.consultant = consultant
    found.save(update_fields=["consultant"])
    if made:
        record(Nom.ATTENTE_INSCRITE, contact.organisme, by=by, now=now, faits={"contact": contact.pk})
    return found


@transaction.atomic
def leave_attente(*, contact: Contact, by: Personne, now: datetime) -> None:
    access.require(Action.RECORD_CONTACT, by, contact)
    contact = contacts.lock_contact(contact)
    if Attente.objects.filter(contact=contact).delete()[0]:
        record(Nom.ATTENTE_RETIREE, contact.organisme, by=by, now=now, faits={"contact": contact.pk})
