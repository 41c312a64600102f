"""The doors of the cabinet's agenda: the week of all its consultants, its groups, and who has room for somebody more."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from jalon.access import Action, can, list_bilans
from jalon.domain.bilan import CLOSED
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance, Modalite
from jalon.records.models import Atelier, Attente, Bilan, Contact, Membre, Organisme, Personne, Seance


class Pris(NamedTuple):
    """One moment of a week, in plain values: a week of a large cabinet has hundreds. `page`: what `cle` opens."""

    debut: datetime
    fin: datetime
    quoi: str
    ou: str
    page: str
    cle: Any


@dataclass(frozen=True)
class Semaine:
    """One consultant's week."""

    nom: str
    moments: list[Pris]


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


def _team(organisme: Organisme) -> QuerySet[Membre]:
    return organisme.membres.filter(
        role=Membre.Role.CONSULTANT, jusqu_au=None, personne__is_active=True
    ).order_by("personne__nom", "personne__prenom", "id")


def _members(organisme: Organisme) -> list[Membre]:
    return list(_team(organisme).select_related("personne"))


def read_planning(personne: Personne, organisme: Organisme, start: datetime, end: datetime) -> list[Semaine]:
    """Four queries, however many consultants: a door asked for the whole cabinet, not dossier by dossier."""
    if not can(Action.VIEW_PLANNING, personne, organisme):
        raise Http404
    taken: dict[Any, list[Pris]] = defaultdict(list)
    rows = (
        Seance.objects.filter(bilan__organisme=organisme, debut__lt=end, fin__gt=start, atelier=None)
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
        .exclude(etat=EtatSeance.ANNULEE)
        .order_by("debut", "id")
        .values_list(
            "consultant",
            "debut",
            "fin",
            "bilan__beneficiaire__prenom",
            "bilan__beneficiaire__nom",
            "modalite",
            "lieu__nom",
            "salle__nom",
            "bilan",
        )
    )
    for consultant, debut, fin, prenom, nom, modalite, lieu, salle, bilan in rows:
        taken[consultant].append(
            Pris(debut, fin, _name(prenom, nom), _where(modalite, lieu, salle), "dossier", bilan)
        )
    groups = Atelier.objects.filter(organisme=organisme, debut__lt=end, fin__gt=start, annule_le=None)
    for consultant, debut, fin, modalite, lieu, salle, atelier in groups.order_by("debut", "id").values_list(
        "consultant", "debut", "fin", "modalite", "lieu__nom", "salle__nom", "pk"
    ):
        taken[consultant].append(
            Pris(debut, fin, "Groupe", _where(modalite, lieu, salle), "atelier", atelier)
        )
    met = organisme.contacts.filter(
        issue=Contact.Issue.EN_COURS, entretien_le__lt=end, entretien_fin__gt=start
    ).order_by("entretien_le", "id")
    for consultant, le, jusque, prenom, nom, contact in met.values_list(
        "entretien_consultant", "entretien_le", "entretien_fin", "prenom", "nom", "pk"
    ):
        if le is not None and jusque is not None:
            taken[consultant].append(
                Pris(le, jusque, _name(prenom, nom), "Entretien préalable", "contact", contact)
            )
    return [
        Semaine(_name(prenom, nom), taken[pk])
        for pk, prenom, nom in _team(organisme).values_list("personne", "personne__prenom", "personne__nom")
    ]


def _name(prenom: str, nom: str) -> str:
    return f"{prenom} {nom}".strip() or "Personne sans nom"


def _where(modalite: str, lieu: str | None, salle: str | None) -> str:
    if modalite != Modalite.PRESENTIEL:
        return Modalite(modalite).label
    return ", ".join(name for name in (lieu, salle) if name) or "En présence"


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
    asked = Q(organisme=organisme, consultant=personne, debut__lt=end, fin__gt=start, annule_le=None)
    # Most weeks have none: those who take part are only counted where there is one.
    rows = list(Atelier.objects.filter(asked).order_by().values_list("pk", flat=True))
    return list(_groups(organisme).filter(pk__in=rows)) if rows else []


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
