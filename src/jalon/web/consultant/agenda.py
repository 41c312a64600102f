"""The consultant's week, over all her bilans, or the list of what comes: each séance at the hour of its own bilan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.planning import own_ateliers
from jalon.access.reservation import agenda_entretiens
from jalon.access.seance import agenda as read_agenda
from jalon.actions.feuille_jour import print_day
from jalon.web import gate
from jalon.web.composants.typographie import JOURS, date_longue
from jalon.web.papier import download
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue
from jalon.web.semaine import day_of, monday_of, week_of

_LIST_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Jour:
    date: date
    vues: list[SeanceVue]
    # First interviews of people who have no dossier yet.
    entretiens: list[Any]
    # Moments of group that she leads, each told once.
    ateliers: list[Any]
    aujourd_hui: bool
    # In a week the title of the page says the month; in a list each day says it all.
    libelle: str


@gate.cabinet(Action.VIEW_CABINET)
def agenda(request: Requete, organisme: Any) -> HttpResponse:
    place = ZoneInfo(organisme.fuseau)
    today = request.now.astimezone(place).date()
    view = request.GET.get("vue")
    listed, daily = view == "liste", view == "jour"
    day = day_of(request.GET.get("jour", ""), today)
    monday = monday_of(request.GET.get("semaine", ""), today)
    start = today if listed else day if daily else monday
    end = start + (_LIST_AHEAD if listed else timedelta(days=1 if daily else 7))
    found = read_agenda(
        request.user,
        start=datetime.combine(start, time.min, tzinfo=place),
        end=datetime.combine(end, time.min, tzinfo=place),
        mine=False,
    )
    first = agenda_entretiens(
        request.user,
        organisme,
        start=datetime.combine(start, time.min, tzinfo=place),
        end=datetime.combine(end, time.min, tzinfo=place),
    )
    groups: dict[date, list[Any]] = defaultdict(list)
    for group in own_ateliers(
        request.user,
        organisme,
        datetime.combine(start, time.min, tzinfo=place),
        datetime.combine(end, time.min, tzinfo=place),
    ):
        groups[group.debut.astimezone(place).date()].append(group)
    met: dict[date, list[Any]] = defaultdict(list)
    for contact in first:
        if contact.entretien_le is not None:
            met[contact.entretien_le.astimezone(place).date()].append(contact)
    by_day: dict[date, list[SeanceVue]] = defaultdict(list)
    for seance in found:
        if seance.atelier_id is not None and not (daily or listed):
            continue
        vue = SeanceVue(seance, seance.bilan, "consultant", request.now)
        by_day[seance.debut.astimezone(place).date()].append(vue)
    days = [monday + timedelta(days=n) for n in range(7)]
    if listed:
        days = sorted({*by_day, *met, *groups})
    elif daily:
        days = [day]
    # The weekend is shown only when something is in it.
    shown = [
        d for d in days if listed or daily or d.weekday() < 5 or by_day.get(d) or met.get(d) or groups.get(d)
    ]
    context = {
        "jours": [
            Jour(
                d,
                by_day.get(d, []),
                met.get(d, []),
                groups.get(d, []),
                d == today,
                date_longue(d) if listed or daily else f"{JOURS[d.weekday()]} {d.day}",
            )
            for d in shown
        ],
        "lundi": monday,
        "dimanche": monday + timedelta(days=6),
        "avant": week_of(monday - timedelta(days=7)),
        "apres": week_of(monday + timedelta(days=7)),
        "cette_semaine": week_of(today),
        "liste": listed,
        "quotidien": daily,
        "jour": day,
        "veille": day - timedelta(days=1),
        "lendemain": day + timedelta(days=1),
        "total": len(found) + len(first),
        "organisme": organisme,
    }
    return render(request, "consultant/agenda.html", context)


@gate.cabinet(Action.VIEW_CABINET)
def feuille(request: Requete, organisme: Any, jour: str) -> HttpResponse:
    """The day on paper."""
    today = request.now.astimezone(ZoneInfo(organisme.fuseau)).date()
    day = day_of(jour, today)
    made = print_day(organisme=organisme, jour=day, by=request.user, now=request.now)
    return download(made, f"journee-{day.isoformat()}")


urls = [
    path("agenda/", agenda, name="consultant_agenda"),
    path("agenda/jour/<str:jour>/feuille/", feuille, name="consultant_feuille_jour"),
]
