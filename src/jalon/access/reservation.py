"""The doors of a booked interview: by the link that only the person has, or in the cabinet's agenda."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import Http404

from jalon.access import Action, can
from jalon.domain.seance import Modalite
from jalon.records.models import Contact, Disponibilite, Organisme, Personne

_OPENS, _CLOSES = timedelta(minutes=30), timedelta(hours=1)


def link_fingerprint(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def get_by_link(jeton: str) -> Contact:
    """The contact of this link, or 404: erased, become a dossier, or never there look the same."""
    found = (
        Contact.objects.select_related("organisme", "entretien_consultant", "entretien_lieu")
        .filter(lien_empreinte=link_fingerprint(jeton), issue=Contact.Issue.EN_COURS)
        .first()
    )
    if found is None:
        raise Http404
    return found


def room_of(contact: Contact, now: datetime) -> str:
    """The visio room, while it may serve: a little before, and until nobody can still be in it."""
    if (
        contact.entretien_modalite != Modalite.VISIO
        or contact.entretien_le is None
        or contact.entretien_fin is None
    ):
        return ""
    if not contact.entretien_le - _OPENS <= now < contact.entretien_fin + _CLOSES:
        return ""
    rules = Disponibilite.objects.filter(
        organisme=contact.organisme_id, consultant=contact.entretien_consultant_id
    )
    return rules.values_list("visio_lien", flat=True).first() or ""


@dataclass(frozen=True)
class Entretiens:
    """The interviews of a cabinet: those that wait for their outcome, and those to come."""

    a_conclure: list[Contact]
    a_venir: list[Contact]


def list_entretiens(personne: Personne, organisme: Organisme, now: datetime) -> Entretiens:
    """Two lists, one query: whatever was held and told is no longer here."""
    if not can(Action.VIEW_CONTACTS, personne, organisme):
        raise Http404
    found = list(
        _fixed(organisme)
        .select_related("entretien_consultant", "entretien_lieu")
        .order_by("entretien_le", "id")
    )
    return Entretiens(
        [c for c in found if c.entretien_fin and c.entretien_fin <= now],
        [c for c in found if c.entretien_fin and c.entretien_fin > now],
    )


def agenda_entretiens(
    personne: Personne, organisme: Organisme, *, start: datetime, end: datetime
) -> list[Contact]:
    """Her own interviews between two moments, for her week and her day."""
    if not can(Action.VIEW_CONTACTS, personne, organisme):
        return []
    return list(
        organisme.contacts.filter(
            Q(entretien_tenu_le=None) | Q(issue=Contact.Issue.EN_COURS),
            entretien_consultant=personne,
            issue=Contact.Issue.EN_COURS,
            entretien_le__lt=end,
            entretien_fin__gt=start,
        )
        .select_related("entretien_lieu")
        .order_by("entretien_le", "id")
    )


def _fixed(organisme: Organisme):  # type: ignore[no-untyped-def]
    return organisme.contacts.filter(
        issue=Contact.Issue.EN_COURS, entretien_le__isnull=False, entretien_tenu_le=None
    )
