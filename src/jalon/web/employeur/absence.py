"""The request for absence: what is asked, until when to answer, and what silence means."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import absence_vue, get_absence
from jalon.access.employeur import read_dossier_employeur
from jalon.actions.absence import answer_absence
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.employeur.cadre import page
from jalon.web.requete import Requete


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    found = read_dossier_employeur(request.user, bilan)
    context = {
        "absence": absence_vue(found.absence, bilan, request.now) if found.absence else None,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return page(request, bilan, "absence", context, status=422 if refused else 200)


@gate.employeur(Action.VIEW_EMPLOYEUR)
def absence(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.employeur(Action.ANSWER_ABSENCE)
@require_POST
def repondre(request: Requete, bilan: Any, absence_id: Any) -> HttpResponse:
    asked = get_absence(Action.ANSWER_ABSENCE, request.user, bilan, absence_id)
    said = request.POST.get("reponse", "")
    try:
        if said not in ("accord", "refus"):
            raise Refused(Obstacle("Dites si vous accordez ou refusez l’absence.", code="reponse"))
        answer_absence(absence=asked, accorde=said == "accord", by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "Votre réponse est enregistrée, et la personne en est informée.")
    return redirect("employeur_absence", bilan.pk)


urls = [
    path("<uuid:bilan_id>/absence/", absence, name="employeur_absence"),
    path("<uuid:bilan_id>/absence/<uuid:absence_id>/repondre/", repondre, name="employeur_absence_repondre"),
]
