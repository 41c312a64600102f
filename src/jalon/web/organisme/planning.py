"""The cabinet's agenda: the week of its consultants or of its rooms, its groups, who waits for a place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.planning import list_attente, list_sans_attente, read_charges, read_planning
from jalon.access.salle import room_week
from jalon.actions.attente import join_attente, leave_attente
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.composants.typographie import JOURS, heure
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete
from jalon.web.semaine import monday_of, week_of


@dataclass(frozen=True)
class Moment:
    """One line of a cell: hours, words, and where it leads."""

    debut: datetime
    quand: str
    quoi: str
    ou: str = ""
    page: str = ""
    cle: Any = None


@dataclass(frozen=True)
class Rang:
    """A consultant, or a room, and her days."""

    nom: str
    detail: str
    jours: list[list[Moment]] = field(default_factory=list)


@gate.cabinet(Action.VIEW_PLANNING)
def planning(request: Requete, organisme: Any) -> HttpResponse:
    place = ZoneInfo(organisme.fuseau)
    today = request.now.astimezone(place).date()
    monday = monday_of(request.GET.get("semaine", ""), today)
    start = datetime.combine(monday, time.min, tzinfo=place)
    end = datetime.combine(monday + timedelta(days=7), time.min, tzinfo=place)
    rooms = request.GET.get("vue") == "salles"
    rows = _rooms(organisme, start, end, place) if rooms else _people(request, organisme, start, end, place)
    busy = {d for _, _, moments in rows for d in moments}
    days = [monday + timedelta(days=n) for n in range(7)]
    shown = [d for d in days if d.weekday() < 5 or d in busy]
    context = {
        "rangs": [
            Rang(name, detail, [sorted(found.get(d, []), key=lambda m: m.debut) for d in shown])
            for name, detail, found in rows
        ],
        "jours": [(f"{JOURS[d.weekday()]} {d.day}", d == today) for d in shown],
        "salles": rooms,
        "lundi": monday,
        "dimanche": monday + timedelta(days=6),
        "avant": week_of(monday - timedelta(days=7)),
        "apres": week_of(monday + timedelta(days=7)),
        "cette_semaine": week_of(today),
        "vue": "salles" if rooms else "",
    }
    return page(request, organisme, "planning", context)


Rows = list[tuple[str, str, dict[date, list[Moment]]]]


def _people(request: Requete, organisme: Any, start: datetime, end: datetime, place: ZoneInfo) -> Rows:
    rows: Rows = []
    for one in read_planning(request.user, organisme, start, end):
        found: dict[date, list[Moment]] = defaultdict(list)
        _put(
            found,
            place,
            (
                (s.debut, s.fin, s.bilan.beneficiaire.nom_complet, _where(s), "organisme_dossier", s.bilan_id)
                for s in one.seances
            ),
        )
        _put(
            found,
            place,
            ((a.debut, a.fin, "Groupe", _where(a), "organisme_atelier", a.pk) for a in one.ateliers),
        )
        _put(
            found,
            place,
            (
                (
                    c.entretien_le,
                    c.entretien_fin,
                    c.nom_complet,
                    "Entretien préalable",
                    "organisme_contact",
                    c.pk,
                )
                for c in one.entretiens
            ),
        )
        rows.append((one.membre.personne.nom_complet, "", found))
    return rows


def _rooms(organisme: Any, start: datetime, end: datetime, place: ZoneInfo) -> Rows:
    rows: Rows = []
    for room, seances, groups in room_week(organisme, start, end):
        found: dict[date, list[Moment]] = defaultdict(list)
        _put(found, place, ((s.debut, s.fin, s.consultant.nom_complet, "", "", None) for s in seances))
        _put(
            found,
            place,
            ((a.debut, a.fin, f"Groupe, {a.consultant.nom_complet}", "", "", None) for a in groups),
        )
        detail = f"{room.lieu.nom}, {room.places} places" + (
            ", accessible en fauteuil" if room.fauteuil else ""
        )
        rows.append((room.nom, detail, found))
    return rows


def _put(found: dict[date, list[Moment]], place: ZoneInfo, rows: Iterable[tuple[Any, ...]]) -> None:
    for debut, fin, quoi, ou, where, key in rows:
        start, end = debut.astimezone(place), fin.astimezone(place)
        found[start.date()].append(Moment(debut, f"{heure(start)} – {heure(end)}", quoi, ou, where, key))


def _where(one: Any) -> str:
    if one.modalite != "presentiel":
        return str(one.get_modalite_display())
    return ", ".join(x.nom for x in (one.lieu, one.salle) if x is not None) or "En présence"


class AttenteForm(forms.Form):
    contact = forms.ChoiceField(label="Qui ?", error_messages={"required": "Choisissez une personne."})
    consultant = forms.ChoiceField(label="Avec qui ?", required=False)

    def __init__(self, contacts: list[Any], charges: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [(str(c.pk), c.nom_complet) for c in contacts]  # type: ignore[attr-defined]
        self.fields["consultant"].choices = [("", "Qui aura une place en premier")] + [  # type: ignore[attr-defined]
            (str(c.membre.personne_id), c.membre.personne.nom_complet) for c in charges
        ]


@gate.cabinet(Action.VIEW_CONTACTS)
def attente(request: Requete, organisme: Any) -> HttpResponse:
    charges = read_charges(organisme)
    contacts = list_sans_attente(request.user, organisme)
    form = AttenteForm(contacts, charges, request.POST or None)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        chosen = next(c for c in contacts if str(c.pk) == form.cleaned_data["contact"])
        who = next(
            (
                c.membre.personne
                for c in charges
                if str(c.membre.personne_id) == form.cleaned_data["consultant"]
            ),
            None,
        )
        try:
            join_attente(contact=chosen, consultant=who, by=request.user, now=request.now)
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "La personne est inscrite, à son rang.")
            return redirect("organisme_attente")
    context = {
        "charges": charges,
        "attentes": list_attente(request.user, organisme),
        "form": form if contacts else None,
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "attente", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.VIEW_CONTACTS)
@require_POST
def retirer(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    found = next(
        (a for a in list_attente(request.user, organisme) if str(a.contact_id) == str(contact_id)), None
    )
    if found is None:
        raise Http404
    leave_attente(contact=found.contact, by=request.user, now=request.now)
    messages.success(request, "Cette personne n’attend plus.")
    return redirect("organisme_attente")


urls = [
    path("agenda/", planning, name="organisme_planning"),
    path("attente/", attente, name="organisme_attente"),
    path("attente/<uuid:contact_id>/retirer/", retirer, name="organisme_attente_retirer"),
]
