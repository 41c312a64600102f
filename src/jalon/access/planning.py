"""The doors of the cabinet's agenda: the week of all its consultants, its groups, and who has room for somebody more."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404

from jalon.access import Action, can, list_bilans
from jalon.domain.bilan import CLOSED
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance
from jalon.records.models import Atelier, Attente, Bilan, Contact, Membre, Organisme, Personne, Seance


@dataclass(frozen=True)
class Semaine:
    """One consultant's week."""

    membre: Membre
    seances: list[Seance]
    ateliers: list[Atelier]
    entretiens: list[Contact]


@dataclass(frozen=True)
class Charge:
    """How many dossiers somebody follows, and her own ceiling; `plafond` is None when she has set none."""

    membre: Membre
    dossiers: int
    plafond: int | None
    attendent: int

    @property
    def places(self) -> int | None:
        return None if self.plafond is None else max(0, self.plafond - self.dossiers)


def _members(organisme: Organisme) -> list[Membre]:
    return list(
        organisme.membres.filter(role=Membre.Role.CONSULTANT, jusqu_au=None, personne__is_active=True)
        .select_related("personne")
        .order_by("personne__nom", "personne__prenom", "id")
    )


def read_planning(personne: Personne, organisme: Organisme, start: datetime, end: datetime) -> list[Semaine]:
    """Four queries, however many consultants: a door asked for the whole cabinet, not dossier by dossier."""
    if not can(Action.VIEW_PLANNING, personne, organisme):
        raise Http404
    seances: dict[Any, list[Seance]] = defaultdict(list)
    rows = (
        Seance.objects.filter(bilan__organisme=organisme, debut__lt=end, fin__gt=start, atelier=None)
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("bilan__beneficiaire", "lieu", "salle")
    )
    for seance in rows.order_by("debut", "id"):
        seances[seance.consultant_id].append(seance)
    groups: dict[Any, list[Atelier]] = defaultdict(list)
    for group in _groups(organisme).filter(debut__lt=end, fin__gt=start, annule_le=None):
        groups[group.consultant_id].append(group)
    met: dict[Any, list[Contact]] = defaultdict(list)
    for contact in organisme.contacts.filter(
        issue=Contact.Issue.EN_COURS, entretien_le__lt=end, entretien_fin__gt=start
    ).order_by("entretien_le", "id"):
        met[contact.entretien_consultant_id].append(contact)
    return [
        Semaine(m, seances[m.personne_id], groups[m.personne_id], met[m.personne_id])
        for m in _members(organisme)
    ]


def _groups(organisme: Organisme) -> Any:
    return (
        Atelier.objects.filter(organisme=organisme)
        .select_related("lieu", "salle", "consultant")
        .annotate(inscrits=Count("seances", filter=~Q(seances__etat=EtatSeance.ANNULEE)))
        .order_by("debut", "id")
    )


def list_ateliers(personne: Personne, organisme: Organisme, now: datetime) -> list[Atelier]:
    """Those to come: everybody's for who holds the desk, one's own for a consultant."""
    if not can(Action.PLAN_ATELIER, personne, organisme):
        raise Http404
    rows = _groups(organisme).filter(fin__gte=now, annule_le=None)
    return list(rows if can(Action.VIEW_PLANNING, personne, organisme) else rows.filter(consultant=personne))


def own_ateliers(personne: Personne, organisme: Organisme, start: datetime, end: datetime) -> list[Atelier]:
    """For her week and her day."""
    rows = _groups(organisme).filter(consultant=personne, debut__lt=end, fin__gt=start, annule_le=None)
    return list(rows)


def get_atelier(personne: Personne, organisme: Organisme, atelier_id: Any) -> Atelier:
    try:
        found = _groups(organisme).select_related("organisme").get(pk=atelier_id)
    except (Atelier.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    if not can(Action.VIEW_PLANNING, personne, organisme) and found.consultant_id != personne.pk:
        raise Http404
    return found  # type: ignore[no-any-return]


def list_inscrits(personne: Personne, atelier: Atelier) -> list[Seance]:
    """Who takes part, as far as this reader may plan for them."""
    visible = list_bilans(Action.PLAN_SEANCE, personne)
    return list(
        atelier.seances.filter(bilan__in=visible)
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("bilan__beneficiaire")
        .order_by("bilan__beneficiaire__nom", "id")
    )


def list_candidats(personne: Personne, atelier: Atelier) -> list[Bilan]:
    """The open dossiers that this reader may plan for, and that are not in it."""
    inside = atelier.seances.exclude(etat=EtatSeance.ANNULEE).values("bilan")
    return list(
        list_bilans(Action.PLAN_SEANCE, personne)
        .filter(organisme=atelier.organisme_id)
        .exclude(etat__in=CLOSED)
        .exclude(pk__in=inside)
        .select_related("beneficiaire")
        .order_by("beneficiaire__nom", "beneficiaire__prenom", "id")[:300]
    )


def read_charges(organisme: Organisme) -> list[Charge]:
    """Who has room: counted, never estimated."""
    open_ones = Counter(
        organisme.bilans.exclude(etat__in=CLOSED).order_by().values_list("consultant", flat=True)
    )
    ceilings = dict(organisme.disponibilites.values_list("consultant", "capacite"))
    waiting = Counter(
        Attente.objects.filter(contact__organisme=organisme).order_by().values_list("consultant", flat=True)
    )
    return [
        Charge(m, open_ones[m.personne_id], ceilings.get(m.personne_id), waiting[m.personne_id])
        for m in _members(organisme)
    ]


def list_attente(personne: Personne, organisme: Organisme) -> list[Attente]:
    if not can(Action.VIEW_CONTACTS, personne, organisme):
        raise Http404
    return list(
        Attente.objects.filter(contact__organisme=organisme, contact__issue=Contact.Issue.EN_COURS)
        .select_related("contact", "consultant")
        .order_by("inscrite_le", "contact")
    )


def list_sans_attente(personne: Personne, organisme: Organisme) -> list[Contact]:
    """Running contacts that wait for nothing yet."""
    if not can(Action.VIEW_CONTACTS, personne, organisme):
        raise Http404
    return list(
        organisme.contacts.filter(issue=Contact.Issue.EN_COURS, attente=None).order_by("-recu_le", "id")[:200]
    )
