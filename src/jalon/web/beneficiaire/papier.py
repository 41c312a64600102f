"""The papers that the cabinet issued about her: number, date, fingerprint, and the file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.papier import list_papiers, read_papier
from jalon.web import gate
from jalon.web.papier import download
from jalon.web.requete import Requete


@gate.bilan(Action.VIEW_PAPIERS)
def papiers(request: Requete, bilan: Any) -> HttpResponse:
    context = {"bilan": bilan, "papiers": list_papiers(request.user, bilan)}
    return render(request, "beneficiaire/papiers.html", context)


@gate.bilan(Action.VIEW_PAPIERS)
def papier(request: Requete, bilan: Any, document_id: Any) -> HttpResponse:
    number, octets = read_papier(request.user, bilan, document_id)
    return download(octets, number)


urls = [
    path("<uuid:bilan_id>/papiers/", papiers, name="beneficiaire_papiers"),
    path("<uuid:bilan_id>/papiers/<uuid:document_id>/", papier, name="beneficiaire_papier"),
]
