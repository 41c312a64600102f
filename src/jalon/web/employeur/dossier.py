"""The home of one dossier, its dates and presence by half-day, and what an employer may not ask."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.convention import absence_vue, convention_vue
from jalon.access.employeur import read_dossier_employeur, read_signed
from jalon.web import gate
from jalon.web.employeur.cadre import page
from jalon.web.papier import download
from jalon.web.requete import Requete


@gate.employeur(Action.VIEW_EMPLOYEUR)
def dossier(request: Requete, bilan: Any) -> HttpResponse:
    found = read_dossier_employeur(request.user, bilan)
    return page(
        request,
        bilan,
        "dossier",
        {
            "convention": convention_vue(found.convention, bilan, request.now) if found.convention else None,
            "absence": absence_vue(found.absence, bilan, request.now) if found.absence else None,
        },
    )


@gate.employeur(Action.VIEW_EMPLOYEUR)
def presence(request: Requete, bilan: Any) -> HttpResponse:
    return page(request, bilan, "presence")


@gate.employeur(Action.VIEW_EMPLOYEUR)
def limites(request: Requete, bilan: Any) -> HttpResponse:
    return page(request, bilan, "limites")


@gate.employeur(Action.VIEW_EMPLOYEUR)
def signe(request: Requete, bilan: Any, circuit_id: Any) -> HttpResponse:
    found = read_signed(request.user, bilan, circuit_id)
    if found is None:
        raise Http404
    return download(found[1], found[0])


urls = [
    path("<uuid:bilan_id>/", dossier, name="employeur_dossier"),
    path("<uuid:bilan_id>/presence/", presence, name="employeur_presence"),
    path("<uuid:bilan_id>/limites/", limites, name="employeur_limites"),
    path("<uuid:bilan_id>/signes/<uuid:circuit_id>/", signe, name="employeur_signe"),
]
