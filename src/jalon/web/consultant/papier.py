"""The papers of one bilan, for the consultant: issue the attendance sheet, read those that exist."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.papier import list_papiers, read_papier
from jalon.actions.papier import issue_emargement
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.papier import TAILLES, download
from jalon.web.requete import Requete


@gate.bilan(Action.VIEW_PAPIERS)
def papiers(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.ISSUE_PAPIERS)
@require_POST
def emargement(request: Requete, bilan: Any) -> HttpResponse:
    try:
        issued = issue_emargement(
            bilan=bilan, by=request.user, now=request.now, taille=request.POST.get("taille", "normal")
        )
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, f"La feuille {issued.numero} est établie et scellée.")
    return redirect("consultant_papiers", bilan.pk)


@gate.bilan(Action.VIEW_PAPIERS)
def papier(request: Requete, bilan: Any, document_id: Any) -> HttpResponse:
    number, octets = read_papier(request.user, bilan, document_id)
    return download(octets, number)


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    context = {
        "bilan": bilan,
        "papiers": list_papiers(request.user, bilan),
        "tailles": TAILLES,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "consultant/papiers.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/papiers/", papiers, name="consultant_papiers"),
    path("<uuid:bilan_id>/papiers/emargement/", emargement, name="consultant_papier_emargement"),
    path("<uuid:bilan_id>/papiers/<uuid:document_id>/", papier, name="consultant_papier"),
]
