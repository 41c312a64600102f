"""What the link of a reminder opens, without an account: the hour, and how to confirm, move or cancel. Nothing of what it is for.

A GET shows, a POST acts; once the séance has moved or is over the link is a page that does not exist.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access.rappel_seance import free_moments, get_by_link, link_token
from jalon.actions.rendez_vous_seance import (
    cancel_rendez_vous,
    changes_until,
    confirm_rendez_vous,
    move_rendez_vous,
)
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue


def _context(request: Requete, seance: Any, jeton: str, found: tuple[Obstacle, ...] = ()) -> dict[str, Any]:
    bilan = seance.bilan
    return {
        "seance": seance,
        "bilan": bilan,
        "jeton": jeton,
        "ou": SeanceVue(seance, bilan, "beneficiaire", request.now).ou,
        "ville": nom_du_fuseau(bilan.fuseau),
        "jusqu_au": changes_until(seance),
        "change": request.now <= changes_until(seance),
        "passe": seance.debut <= request.now,
        "obstacles_trouves": found,
    }


def _page(
    request: Requete, seance: Any, jeton: str, name: str, found: tuple[Obstacle, ...] = (), **more: Any
) -> HttpResponse:
    context = {**_context(request, seance, jeton, found), **more}
    return render(request, f"public/{name}.html", context, status=422 if found else 200)


@gate.public
def rdv(request: Requete, seance_id: Any, jeton: str) -> HttpResponse:
    return _page(request, get_by_link(seance_id, jeton), jeton, "rdv")


@gate.public
@require_POST
def confirmer(request: Requete, seance_id: Any, jeton: str) -> HttpResponse:
    seance = get_by_link(seance_id, jeton)
    try:
        confirm_rendez_vous(seance=seance, now=request.now)
    except Refused as refused:
        return _page(request, seance, jeton, "rdv", refused.obstacles)
    messages.success(request, "C’est confirmé. À bientôt.")
    return redirect("public_rdv", seance_id, jeton)


@gate.public
def deplacer(request: Requete, seance_id: Any, jeton: str) -> HttpResponse:
    seance = get_by_link(seance_id, jeton)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            moved = move_rendez_vous(
                seance=seance, debut=_moment(request.POST.get("moment", "")), now=request.now
            )
        except Refused as refused:
            found = refused.obstacles
        else:
            messages.success(request, "Votre rendez-vous est à sa nouvelle place.")
            return redirect("public_rdv", seance_id, link_token(moved))
    moments = free_moments(seance, request.now) if request.now <= changes_until(seance) else []
    days: dict[Any, list[Any]] = {}
    for moment in moments:
        days.setdefault(moment.debut.astimezone(ZoneInfo(seance.bilan.fuseau)).date(), []).append(moment)
    return _page(request, seance, jeton, "rdv_deplacer", found, jours=list(days.items()))


def _moment(raw: str) -> datetime:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        moment = None  # type: ignore[assignment]
    if moment is None or moment.tzinfo is None:
        raise Refused(Obstacle("Choisissez un moment dans la liste.", code="moment", field="moment"))
    return moment


@gate.public
def annuler(request: Requete, seance_id: Any, jeton: str) -> HttpResponse:
    seance = get_by_link(seance_id, jeton)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            cancel_rendez_vous(seance=seance, now=request.now)
        except Refused as refused:
            found = refused.obstacles
        else:
            return redirect("public_rdv_annule")
    return _page(request, seance, jeton, "rdv_annuler", found)


@gate.public
def annule(request: Requete) -> HttpResponse:
    return render(request, "public/rdv_annule.html")


_BASE = "rdv/<uuid:seance_id>/<str:jeton>/"
urls = [
    path("rdv/annule/", annule, name="public_rdv_annule"),
    path(_BASE, rdv, name="public_rdv"),
    path(f"{_BASE}confirmer/", confirmer, name="public_rdv_confirmer"),
    path(f"{_BASE}deplacer/", deplacer, name="public_rdv_deplacer"),
    path(f"{_BASE}annuler/", annuler, name="public_rdv_annuler"),
]
