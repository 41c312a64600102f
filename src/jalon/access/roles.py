"""Which roles a person has, on one bilan or in one cabinet; and the same question for many, in one query."""

from typing import Any

from django.db.models import Q, QuerySet

from jalon.access.matrix import MATRIX, OF_THE_CABINET, Action, Role
from jalon.domain.financement import WITH_EMPLOYER
from jalon.records.models import AccesEmployeur, Bilan, Contact, Membre, Organisme, Partage, Personne

_OF_MEMBRE = {
    Membre.Role.RESPONSABLE: Role.RESPONSABLE,
    Membre.Role.ASSISTANT: Role.ASSISTANT,
    Membre.Role.CONSULTANT: Role.CONFRERE,
}


def roles(personne: Personne, about: Bilan | Organisme | Contact) -> frozenset[Role]:
    """Every role of this person here; empty for a stranger, for a closed account and for nobody."""
    if not getattr(personne, "pk", None):
        return frozenset()
    if personne.est_systeme:
        return frozenset({Role.SYSTEME})
    if not personne.is_active:
        return frozenset()
    known = about.__dict__.get("_roles_of")
    if known is not None and known[0] == personne.pk:
        return known[1]  # type: ignore[no-any-return]
    if isinstance(about, Organisme):
        return cabinet_roles(personne, about.pk)
    if isinstance(about, Contact):
        return cabinet_roles(personne, about.organisme_id)
    found = set(cabinet_roles(personne, about.organisme_id))
    if about.beneficiaire_id == personne.pk:
        found.add(Role.BENEFICIAIRE)
    # Leaving the cabinet ends the access: the link to the bilan alone is not enough.
    if Role.CONFRERE in found:
        if about.consultant_id == personne.pk:
            found.add(Role.CONSULTANT)
        if about.substitut_id == personne.pk:
            found.add(Role.SUBSTITUT)
    # Whoever acts for the employer is nothing else here: the others cost no question.
    if not found and about.financement in WITH_EMPLOYER and _employer_acces(personne, about):
        found.add(Role.EMPLOYEUR)
    if not found and personne.email is None and _reads_a_share(personne, about):
        found.add(Role.TIERS)
    return frozenset(found)


def _reads_a_share(personne: Personne, bilan: Bilan) -> bool:
    """Whoever reads by a link has no account, hence no address of her own here. The door looks at the last day."""
    return Partage.objects.filter(personne=personne, bilan=bilan, clos_le=None).exists()


def _employer_acces(personne: Personne, bilan: Bilan) -> bool:
    return AccesEmployeur.objects.filter(personne=personne, bilan=bilan, clos_le=None).exists()


def roles_among(personne: Personne, bilan: Bilan, among: frozenset[Role] | None) -> frozenset[Role]:
    """Her roles on this bilan that are of these. Inside her own space the person is nothing else: nobody asks for more."""
    if among == {Role.BENEFICIAIRE}:
        mine = getattr(personne, "is_active", False) and bilan.beneficiaire_id == personne.pk
        return frozenset({Role.BENEFICIAIRE}) if mine else frozenset()
    held = roles(personne, bilan)
    return held if among is None else held & among


def role_of(membre: Membre) -> Role:
    return _OF_MEMBRE[Membre.Role(membre.role)]


def remember(bilan: Bilan, personne: Personne, found: frozenset[Role]) -> Bilan:
    """A door has just asked: as long as the page holds this very object, nobody asks again. Actions lock a fresh one."""
    bilan.__dict__["_roles_of"] = (personne.pk, found)
    return bilan


def cabinet_roles(personne: Personne, organisme_id: Any) -> frozenset[Role]:
    known = known_memberships(personne)
    if known is not None:
        return frozenset(role_of(m) for m in known if m.organisme_id == organisme_id)
    held = Membre.objects.filter(personne=personne, organisme_id=organisme_id, jusqu_au=None).values_list(
        "role", flat=True
    )
    return frozenset(_OF_MEMBRE[Membre.Role(role)] for role in held)


def read_memberships(personne: Personne) -> list[Membre]:
    """Where she works now, each with its cabinet, oldest cabinet first."""
    rows = personne.membres.filter(jusqu_au=None).select_related("organisme")
    return list(rows.order_by("organisme__ouvert_le"))


def remember_memberships(personne: Personne) -> None:
    """For the length of a page that only reads: the door asks once, and whoever asks after it is told the same."""
    personne._memberships = read_memberships(personne)  # type: ignore[attr-defined]


def known_memberships(personne: Personne) -> list[Membre] | None:
    return getattr(personne, "_memberships", None)


def visible_bilans(
    action: Action, personne: Personne, *, among: frozenset[Role] | None = None
) -> QuerySet[Bilan]:
    """All bilans on which this person holds a role that the table allows for this action (and that is `among` these)."""
    allowed = MATRIX.get(action, frozenset())
    if among is not None:
        allowed &= among
    if (
        action in OF_THE_CABINET
        or not getattr(personne, "pk", None)
        or not (personne.is_active or personne.est_systeme)
    ):
        return Bilan.objects.none()
    if personne.est_systeme:
        return Bilan.objects.all() if Role.SYSTEME in allowed else Bilan.objects.none()
    held: dict[Role, list[object]] = {}
    # Where only the person herself may come in, her work elsewhere is not even asked for.
    if allowed - {Role.BENEFICIAIRE}:
        known = known_memberships(personne)
        rows = Membre.objects.filter(personne=personne, jusqu_au=None) if known is None else known
        for membre in rows:
            held.setdefault(role_of(membre), []).append(membre.organisme_id)
    condition = Q(pk__in=[])
    if Role.BENEFICIAIRE in allowed:
        condition |= Q(beneficiaire=personne)
    for role, field in ((Role.CONSULTANT, "consultant"), (Role.SUBSTITUT, "substitut")):
        if role in allowed and held.get(Role.CONFRERE):
            condition |= Q(**{field: personne, "organisme_id__in": held[Role.CONFRERE]})
    for role in (Role.ASSISTANT, Role.RESPONSABLE, Role.CONFRERE):
        if role in allowed and held.get(role):
            condition |= Q(organisme_id__in=held[role])
    if Role.EMPLOYEUR in allowed:
        open_ones = AccesEmployeur.objects.filter(personne=personne, clos_le=None)
        condition |= Q(financement__in=WITH_EMPLOYER, pk__in=open_ones.values("bilan"))
    return Bilan.objects.filter(condition)
