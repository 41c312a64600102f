"""The person moves one of her séances by herself: the moments that are free, one gesture."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.access.planification import free_moments
from jalon.access.seance import get_seance
from jalon.actions.planification import move_own_seance, refuse_own_move
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.composants.typographie import date_longue
from jalon.web.requete import Requete

_ECRIT = "%Y%m%dT%H%MZ"
JOURS_MONTRES = 8


@gate.bilan(Action.MOVE_OWN_SEANCE)
def deplacer(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    obstacles: list[Obstacle] = []
    if request.method == "POST":
        try:
            moved = move_own_seance(
                seance=found, debut=_read(request.POST.get("debut", "")), by=request.user, now=request.now
            )
        except Refused as refused:
            obstacles = list(refused.obstacles)
        else:
            when = date_longue(moved.debut, ZoneInfo(bilan.fuseau))
            messages.success(request, f"Votre séance aura lieu le {when}.")
            return redirect("beneficiaire_seance", bilan.pk, found.pk)
    try:
        refuse_own_move(bilan, found, request.now)
        possible = True
    except Refused as refused:
        possible, obstacles = False, obstacles or list(refused.obstacles)
    jours = _days(bilan, found, request) if possible else []
    since = request.GET.get("depuis", "")
    shown = [one for one in jours if one[0].isoformat() >= since] or jours
    context = {
        "bilan": bilan,
        "seance": found,
        "jours": shown[:JOURS_MONTRES],
        "apres": shown[JOURS_MONTRES][0].isoformat() if len(shown) > JOURS_MONTRES else "",
        "avant": bool(since) and shown != jours,
        "possible": possible,
        "obstacles_trouves": obstacles,
        "ville": nom_du_fuseau(bilan.fuseau),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "beneficiaire/seance_deplacer.html", context, status=status)


def _days(bilan: Any, seance: Any, request: Requete) -> list[tuple[date, list[tuple[datetime, str]]]]:
    place = ZoneInfo(bilan.fuseau)
    by_day: dict[date, list[tuple[datetime, str]]] = defaultdict(list)
    for one in free_moments(bilan, seance, request.now):
        by_day[one.debut.astimezone(place).date()].append(
            (one.debut, one.debut.astimezone(UTC).strftime(_ECRIT))
        )
    return sorted(by_day.items())


def _read(text: str) -> datetime:
    try:
        return datetime.strptime(text, _ECRIT).replace(tzinfo=UTC)
    except ValueError:
        raise Refused(Obstacle("Choisissez un moment de la liste.", code="debut")) from None


urls = [
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/deplacer/", deplacer, name="beneficiaire_seance_deplacer")
]
