"""The doors of availability: when each consultant receives, and the moments that may still be booked. Never who took the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404

from jalon.access import Action, Role, cabinet_roles, can
from jalon.domain.calendrier import SensAgenda
from jalon.domain.disponibilite import Creneau, Ecart, Emploi, Intervalle, Plage, Reglage, creneaux
from jalon.domain.jours import DAY, Calendrier, Territoire, local_day, zone
from jalon.domain.parcours import Nature
from jalon.domain.seance import EtatSeance, Modalite
from jalon.law import law_on
from jalon.records.models import (
    Atelier,
    Contact,
    Disponibilite,
    Lieu,
    Membre,
    Organisme,
    Personne,
    PlageExceptionnelle,
    PlageHebdomadaire,
    PlageOccupee,
    Seance,
)

_DAY_AND_NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Agenda:
    """One consultant as the booking pages see her."""

    membre: Membre
    disponibilite: Disponibilite
    emploi: Emploi

    @property
    def consultant(self) -> Personne:
        return self.membre.personne

    @property
    def modalites(self) -> list[Modalite]:
        """Each way in which she may be met at some time of her week."""
        opened = [e for e in self.emploi.ecarts if e.ouvert]
        here = any(p.lieu for p in self.emploi.plages) or any(e.lieu for e in opened)
        away = any(p.a_distance for p in self.emploi.plages) or any(e.a_distance for e in opened)
        return [
            m
            for m in Modalite
            if m in self.emploi.reglage.modalites and (here if m == Modalite.PRESENTIEL else away)
        ]


@dataclass(frozen=True)
class Moment:
    """A moment that may be booked, with whom, and where when one comes."""

    debut: datetime
    fin: datetime
    modalite: Modalite
    membre: Membre
    lieu: Lieu | None
    fuseau: ZoneInfo


def may_manage(personne: Personne, organisme: Organisme, consultant_id: Any) -> bool:
    """Administration: everybody's hours. A consultant: her own."""
    if not can(Action.MANAGE_DISPONIBILITES, personne, organisme):
        return False
    administers = cabinet_roles(personne, organisme.pk) & {Role.ASSISTANT, Role.RESPONSABLE}
    return bool(administers) or str(consultant_id) == str(personne.pk)


def get_consultant(personne: Personne, organisme: Organisme, consultant_id: Any) -> Membre:
    """Somebody whose hours this person may write, or 404."""
    if not may_manage(personne, organisme, consultant_id):
        raise Http404
    found = _consultants(organisme, consultant_id).first()
    if found is None:
        raise Http404
    return found


def _consultants(organisme: Organisme, consultant_id: Any = None) -> Any:
    found = organisme.membres.filter(
        role=Membre.Role.CONSULTANT, jusqu_au=None, personne__is_active=True
    ).select_related("personne")
    if consultant_id is not None:
        try:
            found = found.filter(personne=consultant_id)
        except (ValueError, ValidationError):
            found = found.none()
    return found.order_by("personne__nom", "personne__prenom", "id")


def list_consultants(organisme: Organisme) -> list[tuple[Membre, Disponibilite | None, int]]:
    """The team with each one's rules, and how many stretches her week has."""
    rules = {d.consultant_id: d for d in organisme.disponibilites.all()}
    weeks = Counter(organisme.plages.values_list("consultant_id", flat=True))
    return [(m, rules.get(m.personne_id), weeks[m.personne_id]) for m in _consultants(organisme)]


def read_disponibilite(organisme: Organisme, consultant: Personne) -> Disponibilite:
    """Her rules, or what they are before she writes them (not saved)."""
    found = organisme.disponibilites.filter(consultant=consultant).first()
    return found or Disponibilite(organisme=organisme, consultant=consultant)


def list_plages(organisme: Organisme, consultant: Personne) -> list[PlageHebdomadaire]:
    return list(organisme.plages.filter(consultant=consultant).order_by("jour", "debut", "id"))


def list_exceptions(
    organisme: Organisme, consultant: Personne | None, since: date
) -> list[PlageExceptionnelle]:
    """Hers, or those of the whole cabinet; the past is of no use."""
    return list(
        organisme.exceptions.filter(consultant=consultant, au__gte=since)
        .select_related("lieu")
        .order_by("du", "debut", "id")
    )


def read_agendas(
    organisme: Organisme, now: datetime, *, consultant_id: Any = None, fermees: bool = False
) -> list[Agenda]:
    """Who may be booked, with all that says when: four queries, however many they are."""
    rules = {d.consultant_id: d for d in organisme.disponibilites.all() if d.ouverte or fermees}
    members = [m for m in _consultants(organisme, consultant_id) if m.personne_id in rules]
    if not members:
        return []
    today = local_day(now, zone(organisme.fuseau))
    weeks: dict[Any, list[Plage]] = defaultdict(list)
    for one in organisme.plages.filter(Q(lieu=None) | Q(lieu__actif=True)).order_by("jour", "debut", "id"):
        weeks[one.consultant_id].append(plage_facts(one))
    exceptions: dict[Any, list[Ecart]] = defaultdict(list)
    for ecart in organisme.exceptions.filter(au__gte=today - DAY).order_by("du", "id"):
        exceptions[ecart.consultant_id].append(ecart_facts(ecart))
    calendar = Calendrier(Territoire(organisme.territoire), law_on(today))
    return [
        Agenda(
            member,
            rules[member.personne_id],
            Emploi(
                tuple(weeks[member.personne_id]),
                (*exceptions[member.personne_id], *exceptions[None]),
                _reglage(rules[member.personne_id]),
                zone(rules[member.personne_id].fuseau or organisme.fuseau),
                calendar,
            ),
        )
        for member in members
    ]


def read_emploi(organisme: Organisme, consultant: Personne, now: datetime) -> Emploi:
    """Her hours, whether or not she lets herself be booked on line; her usual rules when she has written none."""
    rules = read_disponibilite(organisme, consultant)
    today = local_day(now, zone(organisme.fuseau))
    plages = organisme.plages.filter(consultant=consultant).filter(Q(lieu=None) | Q(lieu__actif=True))
    exceptions = organisme.exceptions.filter(
        Q(consultant=consultant) | Q(consultant=None), au__gte=today - DAY
    )
    return Emploi(
        tuple(plage_facts(one) for one in plages.order_by("jour", "debut", "id")),
        tuple(ecart_facts(one) for one in exceptions.order_by("du", "id")),
        _reglage(rules),
        zone(rules.fuseau or organisme.fuseau),
        Calendrier(Territoire(organisme.territoire), law_on(today)),
    )


def plage_facts(plage: PlageHebdomadaire) -> Plage:
    return Plage(plage.jour, plage.debut, plage.fin, str(plage.lieu_id or ""), plage.a_distance)


def ecart_facts(ecart: PlageExceptionnelle) -> Ecart:
    return Ecart(
        ecart.du, ecart.au, ecart.ouverte, ecart.debut, ecart.fin, str(ecart.lieu_id or ""), ecart.a_distance
    )


def _reglage(rule: Disponibilite) -> Reglage:
    offered = {Modalite.PRESENTIEL}
    if rule.telephone:
        offered.add(Modalite.TELEPHONE)
    if rule.visio_lien:
        offered.add(Modalite.VISIO)
    return Reglage(
        duree=timedelta(minutes=rule.duree_minutes),
        tampon=timedelta(minutes=rule.tampon_minutes),
        preavis=timedelta(hours=rule.preavis_heures),
        horizon=timedelta(days=rule.horizon_jours),
        par_jour=rule.par_jour,
        par_semaine=rule.par_semaine,
        jours_feries=rule.jours_feries,
        modalites=frozenset(offered),
    )


def list_moments(
    organisme: Organisme,
    agendas: Iterable[Agenda],
    modalite: Modalite,
    days: list[date],
    now: datetime,
    *,
    sauf: Contact | None = None,
) -> list[Moment]:
    """All that is free on these days, in order; at one instant, whoever is least taken comes first. `sauf`: hers may move."""
    found = list(agendas)
    if not found or not days:
        return []
    start = datetime.combine(min(days), time(), tzinfo=zone(organisme.fuseau)) - _DAY_AND_NIGHT
    end = datetime.combine(max(days), time(), tzinfo=zone(organisme.fuseau)) + 2 * _DAY_AND_NIGHT
    # A limit per week counts the whole week.
    start, end = start - timedelta(days=7), end + timedelta(days=7)
    people = [a.consultant.pk for a in found]
    taken = occupations(people, start, end, sauf=sauf, ailleurs=True)
    met = _interviews(people, start, end, sauf=sauf)
    places = {str(lieu.pk): lieu for lieu in organisme.lieux.filter(actif=True)}
    moments = []
    for agenda in found:
        who = agenda.consultant.pk
        booked = Counter(local_day(debut, agenda.emploi.fuseau) for debut in met[who])
        free = creneaux(agenda.emploi, days, modalite, occupe=taken[who], pris=booked, now=now)
        moments += [_moment(agenda, one, places) for one in free]
    load = {who: len(taken[who]) for who in people}
    return sorted(moments, key=lambda m: (m.debut, load[m.membre.personne_id], str(m.membre.pk)))


def _moment(agenda: Agenda, one: Creneau, places: dict[str, Lieu]) -> Moment:
    return Moment(one.debut, one.fin, one.modalite, agenda.membre, places.get(one.lieu), agenda.emploi.fuseau)


def occupations(
    people: Iterable[Any],
    start: datetime,
    end: datetime,
    *,
    sauf: Contact | None = None,
    ailleurs: bool = False,
) -> dict[Any, list[Intervalle]]:
    """What takes the time of these consultants: séances, groups and interviews, wherever they are. Times only.

    `ailleurs`: what their own calendars say too. Nothing is offered then; who decides with the person may still choose it.
    """
    found: dict[Any, list[Intervalle]] = defaultdict(list)
    groups = Atelier.objects.filter(consultant__in=people, debut__lt=end, fin__gt=start, annule_le=None)
    for who, debut, fin in groups.order_by("debut", "id").values_list("consultant", "debut", "fin"):
        found[who].append(Intervalle(debut, fin))
    if ailleurs:
        elsewhere = PlageOccupee.objects.filter(
            agenda__personne__in=people,
            agenda__sens=SensAgenda.LECTURE,
            debut__lt=end,
            fin__gt=start,
        )
        for who, debut, fin in elsewhere.order_by("debut", "id").values_list(
            "agenda__personne", "debut", "fin"
        ):
            found[who].append(Intervalle(debut, fin))
    seances = (
        Seance.objects.filter(consultant__in=people, debut__lt=end, fin__gt=start)
        .filter(etat__in=[EtatSeance.PREVUE, EtatSeance.TENUE])
        .exclude(nature=Nature.TRAVAIL_PERSONNEL)
    )
    for who, debut, fin in seances.order_by("debut", "id").values_list("consultant", "debut", "fin"):
        found[who].append(Intervalle(debut, fin))
    for who, debut, fin in _booked(people, start, end, sauf).values_list(
        "entretien_consultant", "entretien_le", "entretien_fin"
    ):
        found[who].append(Intervalle(debut, fin))
    return found


def _interviews(
    people: Iterable[Any], start: datetime, end: datetime, *, sauf: Contact | None
) -> dict[Any, list[datetime]]:
    found: dict[Any, list[datetime]] = defaultdict(list)
    for who, debut in _booked(people, start, end, sauf).values_list("entretien_consultant", "entretien_le"):
        found[who].append(debut)
    return found


def _booked(people: Iterable[Any], start: datetime, end: datetime, sauf: Contact | None) -> Any:
    found = Contact.objects.filter(
        issue=Contact.Issue.EN_COURS,
        entretien_consultant__in=people,
        entretien_le__lt=end,
        entretien_fin__gt=start,
    )
    if sauf is not None:
        found = found.exclude(pk=sauf.pk)
    return found.order_by("entretien_le", "id")


def get_exception(personne: Personne, organisme: Organisme, exception_id: Any) -> PlageExceptionnelle:
    """One that this person may take away, or 404."""
    try:
        found = organisme.exceptions.select_related("organisme", "consultant").get(pk=exception_id)
    except (PlageExceptionnelle.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    if not may_manage(personne, organisme, found.consultant_id):
        raise Http404
    return found
