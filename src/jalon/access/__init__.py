"""The doors: a page gets a thing from here, or not at all. They read the table for one and for many."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404

from jalon.access.matrix import MATRIX, OF_THE_CABINET, Action, Role, allows
from jalon.access.roles import (
    cabinet_roles,
    known_memberships,
    read_memberships,
    remember,
    remember_memberships,
    role_of,
    roles,
    roles_among,
    visible_bilans,
)
from jalon.records.models import Bilan, Contact, Organisme, Personne

__all__ = [
    "MATRIX",
    "Action",
    "Role",
    "allowed_actions",
    "allows",
    "cabinet_roles",
    "can",
    "get_bilan",
    "get_organisme",
    "has_second_factor",
    "hold",
    "is_member",
    "list_bilans",
    "list_organismes",
    "remember_memberships",
    "require",
    "roles",
    "spaces",
    "systeme",
]

SYSTEME_ID = "00000000-0000-4000-8000-000000000001"


def can(action: Action, personne: Personne, about: Bilan | Organisme | Contact) -> bool:
    return allows(action, roles(personne, about))


def require(action: Action, personne: Personne, about: Bilan | Organisme | Contact) -> None:
    """The first line of every action. A person without the right is refused; a page answers 404 before coming here."""
    if not can(action, personne, about):
        raise PermissionDenied(action.value)


def allowed_actions(personne: Personne, about: Bilan | Organisme | Contact) -> frozenset[Action]:
    """Every action that this person may do here, in one look at her roles: a page asks once."""
    held = roles(personne, about)
    return frozenset(action for action in MATRIX if allows(action, held))


def list_bilans(
    action: Action, personne: Personne, *, among: frozenset[Role] | None = None
) -> QuerySet[Bilan]:
    return visible_bilans(action, personne, among=among)


_FULL = Bilan.objects.select_related("organisme", "beneficiaire", "consultant")


def get_bilan(
    action: Action, personne: Personne, bilan_id: Any, *, among: frozenset[Role] | None = None
) -> Bilan:
    """The bilan, or 404: a stranger does not learn that it exists. `among`: only by one of these roles."""
    try:
        found = _FULL.get(pk=bilan_id)
    except (Bilan.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    held = roles_among(personne, found, among)
    if action in OF_THE_CABINET or not allows(action, held):
        raise Http404
    return remember(found, personne, held)


def hold(bilan: Bilan, personne: Personne, among: frozenset[Role]) -> Bilan:
    """One of a list that a door has just given, kept as `get_bilan` keeps its own: nobody asks again who this is."""
    return remember(bilan, personne, roles_among(personne, bilan, among))


def list_organismes(
    action: Action, personne: Personne, *, among: frozenset[Role] | None = None
) -> list[Organisme]:
    """The cabinets in which this person may do this (by one of the roles `among`), oldest first."""
    if not getattr(personne, "pk", None) or not personne.is_active:
        return []
    held: dict[Organisme, set[Role]] = {}
    known = known_memberships(personne)
    for membre in read_memberships(personne) if known is None else known:
        held.setdefault(membre.organisme, set()).add(role_of(membre))
    return [o for o, there in held.items() if allows(action, there & (among or there))]


def get_organisme(
    action: Action, personne: Personne, organisme_id: Any = None, *, among: frozenset[Role] | None = None
) -> Organisme:
    """The cabinet named, or the person's own when she has one; 404 otherwise."""
    for organisme in list_organismes(action, personne, among=among):
        if organisme_id is None or str(organisme.pk) == str(organisme_id):
            return organisme
    raise Http404


def systeme() -> Personne:
    """The person in whose name the clock acts. Nobody can sign in as her."""
    from django.utils import timezone

    found, _ = Personne.objects.get_or_create(
        pk=SYSTEME_ID,
        defaults={"est_systeme": True, "is_active": False, "nom": "Jalon", "cree_le": timezone.now()},
    )
    return found


def is_member(personne: Personne) -> bool:
    """Does she work in a cabinet?"""
    return personne.membres.filter(jusqu_au=None).exists()


def has_second_factor(personne: Personne) -> bool:
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=personne.pk, type__in=kinds).exists()


def spaces(personne: Personne) -> frozenset[str]:
    """The spaces that are this person's: beneficiaire, consultant, organisme."""
    found = set()
    held = set(personne.membres.filter(jusqu_au=None).values_list("role", flat=True))
    if "consultant" in held:
        found.add("consultant")
    if held & {"responsable", "assistant"}:
        found.add("organisme")
    if personne.bilans.exists():
        found.add("beneficiaire")
    return frozenset(found)
