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
from jalon.access.reservation import agenda_entretiens
from jalon.access.seance import agenda as read_agenda
from jalon.web import gate
from jalon.web.composants.typographie import JOURS, date_longue
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue

_LIST_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Jour:
    date: date
    vues: list[SeanceVue]
    # First interviews of people who have no dossier yet.
    entretiens: list[Any]
    aujourd_hui: bool
    # In a week the title of the page says the month; in a list each day says it all.
    libelle: str


@gate.cabinet(Action.VIEW_CABINET)
def agenda(request: Requete, organisme: Any) -> HttpResponse:
    place = ZoneInfo(organisme.fuseau)
    today = request.now.astimezone(place).date()
    listed = request.GET.get("vue") == "liste"
    monday = _monday(request.GET.get("semaine", ""), today)
    start = today if listed else monday
    end = start + (_LIST_AHEAD if listed else timedelta(days=7))
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
    met: dict[date, list[Any]] = defaultdict(list)
    for contact in first:
        if contact.entretien_le is not None:
            met[contact.entretien_le.astimezone(place).date()].append(contact)
    by_day: dict[date, list[SeanceVue]] = defaultdict(list)
    for seance in found:
        vue = SeanceVue(seance, seance.bilan, "consultant", request.now)
        by_day[seance.debut.astimezone(place).date()].append(vue)
    days = sorted({*by_day, *met}) if listed else [monday + timedelta(days=n) for n in range(7)]
    # The weekend is shown only when something is in it.
    shown = [d for d in days if listed or d.weekday() < 5 or by_day.get(d) or met.get(d)]
    context = {
        "jours": [
            Jour(
                d,
                by_day.get(d, []),
                met.get(d, []),
                d == today,
                date_longue(d) if listed else f"{JOURS[d.weekday()]} {d.day}",
            )
            for d in shown
        ],
        "lundi": monday,
        "dimanche": monday + timedelta(days=6),
        "avant": _week(monday - timedelta(days=7)),
        "apres": _week(monday + timedelta(days=7)),
        "cette_semaine": _week(today),
        "liste": listed,
        "total": len(found) + len(first),
        "organisme": organisme,
    }
    return render(request, "consultant/agenda.html", context)


def _monday(raw: str, today: date) -> date:
    """`2026-W10` in the address; anything else is this week."""
    try:
        return datetime.strptime(f"{raw}-1", "%G-W%V-%u").date()  # noqa: DTZ007
    except ValueError:
        return today - timedelta(days=today.weekday())


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


urls = [path("agenda/", agenda, name="consultant_agenda")]
