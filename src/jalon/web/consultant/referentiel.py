"""The occupations outside any bilan, as one opens a dictionary: nobody is meant, so words and codes may stand in the address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.cabinet import today
from jalon.access.metiers import referentiel as day_referentiel
from jalon.web import gate
from jalon.web.metiers.criteres import Criteres, apres_geste
from jalon.web.metiers.fiche import montrer_comparaison, montrer_fiche, sources
from jalon.web.metiers.liens import LiensLibres
from jalon.web.metiers.resultats import chercher
from jalon.web.requete import Requete

CADRE = "consultant/_libre.html"


@gate.cabinet(Action.VIEW_METIERS)
def referentiel(request: Requete, organisme: Any) -> HttpResponse:
    index, liens = day_referentiel(), LiensLibres()
    form = Criteres(apres_geste(request.GET), index)
    context = {"form": form, **chercher(form, index, liens)}
    if request.headers.get("HX-Request"):
        return render(request, "metiers/_resultats.html", context)
    context |= {"sources": sources(index), "depart": index.depart, "methode": "get"}
    return _page(request, "metiers/recherche.html", context, 200 if form.is_valid() else 422)


@gate.cabinet(Action.VIEW_METIERS)
def fiche(request: Requete, organisme: Any, code: str) -> HttpResponse:
    context = montrer_fiche(day_referentiel(), code, LiensLibres(), today(organisme, request.now))
    return _page(request, "metiers/fiche.html", context)


@gate.cabinet(Action.VIEW_METIERS)
def comparer(request: Requete, organisme: Any) -> HttpResponse:
    context = montrer_comparaison(day_referentiel(), request.GET.getlist("f"), LiensLibres())
    return _page(request, "metiers/comparer.html", context)


def _page(request: Requete, gabarit: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, gabarit, {"cadre": CADRE, "espace": "libre", **context}, status=status)


urls = [
    path("metiers/", referentiel, name="consultant_referentiel"),
    path("metiers/comparer/", comparer, name="consultant_referentiel_comparer"),
    path("metiers/<slug:code>/", fiche, name="consultant_referentiel_fiche"),
]
