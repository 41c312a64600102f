"""The cabinet's agenda: the week of its consultants or of its rooms, its groups, who waits for a place."""

import html
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
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


class Moment(NamedTuple):
    """One line of a cell: hours, words, and where it leads."""

    debut: datetime
    quand: str
    quoi: str
    ou: str = ""
    href: str = ""


@dataclass(frozen=True)
class Rang:
    """A consultant, or a room, and her days."""

    nom: str
    detail: str
    cellules: list[SafeString] = field(default_factory=list)


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
            Rang(name, detail, [_cell(found.get(d, [])) for d in shown]) for name, detail, found in rows
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
# A week has hundreds of lines: each kind of address is worked out once, with this in the place of the identifier.
_PLACE = "00000000-0000-4000-8000-000000000090"


def _people(request: Requete, organisme: Any, start: datetime, end: datetime, place: ZoneInfo) -> Rows:
    weeks = read_planning(request.user, organisme, start, end)
    addresses = {
        page: reverse(f"organisme_{page}", args=[_PLACE]) for page in ("dossier", "atelier", "contact")
    }
    return [
        (
            one.nom,
            "",
            _by_day(
                (
                    (m.debut, m.fin, m.quoi, m.ou, addresses[m.page].replace(_PLACE, str(m.cle)))
                    for m in one.moments
                ),
                place,
            ),
        )
        for one in weeks
    ]


def _rooms(organisme: Any, start: datetime, end: datetime, place: ZoneInfo) -> Rows:
    rows: Rows = []
    for room, seances, groups in room_week(organisme, start, end):
        held = [(s.debut, s.fin, s.consultant.nom_complet, "", "") for s in seances]
        held += [(a.debut, a.fin, f"Groupe, {a.consultant.nom_complet}", "", "") for a in groups]
        detail = f"{room.lieu.nom}, {room.places} places" + (
            ", accessible en fauteuil" if room.fauteuil else ""
        )
        rows.append((room.nom, detail, _by_day(held, place)))
    return rows


def _by_day(
    rows: Iterable[tuple[datetime, datetime, str, str, str]], place: ZoneInfo
) -> dict[date, list[Moment]]:
    found: dict[date, list[Moment]] = defaultdict(list)
    for debut, fin, quoi, ou, href in rows:
        start, end = debut.astimezone(place), fin.astimezone(place)
        found[start.date()].append(Moment(debut, f"{heure(start)} – {heure(end)}", quoi, ou, href))
    return found


_FREE = format_html('<span class="doux petit" aria-label="Rien ce jour-là">{}</span>', "–")


def _cell(moments: list[Moment]) -> SafeString:
    """Written here and not in the template: a large cabinet's week has hundreds of these lines."""
    if not moments:
        return _FREE
    lines = "".join(
        f'<li><span class="planning-heure">{m.quand}</span> {_linked(m)}'
        f'{f"""<span class="doux petit"> {html.escape(m.ou)}</span>""" if m.ou else ""}</li>'
        for m in sorted(moments)
    )
    return mark_safe(f"<ul>{lines}</ul>")  # noqa: S308 (hours are ours, every word above is escaped)


def _linked(moment: Moment) -> str:
    words = html.escape(moment.quoi)
    return f'<a href="{html.escape(moment.href)}">{words}</a>' if moment.href else words


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
