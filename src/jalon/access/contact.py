"""The doors of first contacts. Names and dates are for the administration; what was said is for those bound by secrecy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from jalon.access import Action, can
from jalon.access.coffre import coffre
from jalon.records.models import Contact, Organisme, Personne, Piece
from jalon.vault import CleAbsente
from jalon.vault.pieces.contact import Propos


@dataclass(frozen=True)
class ContactVu:
    """A contact as its page shows it. `propos`: the words if this person may read them, None otherwise."""

    contact: Contact
    a_des_propos: bool
    peut_lire: bool
    propos: str | None


CHOIX_VUE = (
    ("", "En cours"),
    ("a_rappeler", "À rappeler"),
    ("entretien", "Entretien fixé"),
    ("apres", "Entretien tenu, à conclure"),
    ("suite", "Devenus des dossiers"),
)


def list_contacts(
    action: Action, personne: Personne, organisme: Organisme, vue: str = ""
) -> QuerySet[Contact]:
    """The oldest waits longest, so it comes first. Content is not opened here."""
    if not can(action, personne, organisme):
        raise Http404
    found = organisme.contacts.select_related("entretien_consultant").annotate(
        a_des_propos=Exists(Piece.objects.filter(contact=OuterRef("pk")))
    )
    if vue == "suite":
        return found.filter(issue=Contact.Issue.SUITE).order_by("-recu_le", "id")
    running = found.filter(issue=Contact.Issue.EN_COURS)
    views = {
        "a_rappeler": Q(entretien_le=None),
        "entretien": Q(entretien_le__isnull=False, entretien_tenu_le=None),
        "apres": Q(entretien_tenu_le__isnull=False),
    }
    return running.filter(views.get(vue, Q())).order_by("recu_le", "id")


def get_contact(action: Action, personne: Personne, contact_id: Any) -> Contact:
    try:
        found = Contact.objects.select_related("organisme", "entretien_consultant", "entretien_lieu").get(
            pk=contact_id
        )
    except (Contact.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    if not can(action, personne, found):
        raise Http404
    return found


def read_contact(personne: Personne, contact: Contact, now: datetime) -> ContactVu:
    piece = Piece.objects.filter(contact=contact, nature=Propos.kind).first()
    allowed = can(Action.READ_PROPOS, personne, contact)
    words = _open(piece) if piece is not None and allowed else None
    return ContactVu(contact, piece is not None, allowed, words)


def _open(piece: Piece) -> str | None:
    try:
        found = coffre().open_piece(
            bytes(piece.chiffre),
            key_id=piece.cle,
            piece_id=piece.pk,
            revision=piece.revision,
            expect=Propos,
        )
    except CleAbsente:
        return None
    return found.texte
