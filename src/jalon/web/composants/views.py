"""The living page of the design system: each component in its states, with when to use it. Demonstration and tests only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.actions import clock
from jalon.web import gate
from jalon.web.composants import exemples

CADRES = {
    "": "components/galerie/page.html",
    "formulaires": "components/galerie/formulaires.html",
    "beneficiaire": "components/galerie/cadre_beneficiaire.html",
    "staff": "components/galerie/cadre_staff.html",
    "public": "components/galerie/cadre_public.html",
    "compte": "components/galerie/cadre_compte.html",
}


@gate.public
def composants(request: HttpRequest, cadre: str = "") -> HttpResponse:
    if cadre not in CADRES:
        raise Http404
    context = exemples.contexte(clock.now(), request.GET.get("page", "2"))
    return render(request, CADRES[cadre], {**context, "cadre": cadre})
