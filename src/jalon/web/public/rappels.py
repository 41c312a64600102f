"""Stop the nudges, from the link in each of them: no account, no code, nothing told of anybody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.actions.rappel import stop_rappels
from jalon.web import gate
from jalon.web.public.frein import too_often
from jalon.web.requete import Requete


@gate.public
def arreter(request: Requete, dossier_id: Any, jeton: str) -> HttpResponse:
    """A mail reader that opens links stops nothing: it takes a button."""
    if request.method != "POST":
        return render(request, "public/rappels_arreter.html", {"fait": False})
    if too_often(request, "rappels", amount=20, seconds=900):
        return render(request, "429.html", status=429)
    if not stop_rappels(bilan_id=dossier_id, token=jeton, now=request.now):
        raise Http404
    return render(request, "public/rappels_arreter.html", {"fait": True})


urls = [path("rappels/<uuid:dossier_id>/<str:jeton>/", arreter, name="public_rappels_arreter")]
