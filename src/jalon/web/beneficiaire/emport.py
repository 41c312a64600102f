"""Take the folder away: one zip, made in memory and sent at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.actions.emport import take_away
from jalon.web import gate
from jalon.web.requete import Requete


@gate.bilan(Action.TAKE_AWAY)
def emport(request: Requete, bilan: Any) -> HttpResponse:
    return render(request, "beneficiaire/emport.html", {"bilan": bilan})


@gate.bilan(Action.TAKE_AWAY)
@require_POST
def emporter(request: Requete, bilan: Any) -> HttpResponse:
    """A POST: it is recorded. The file's name says nothing of what it is about."""
    made = take_away(bilan=bilan, by=request.user, now=request.now)
    return HttpResponse(
        made.octets,
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="mon-dossier.zip"'},
    )


urls = [
    path("<uuid:bilan_id>/emporter/", emport, name="beneficiaire_emport"),
    path("<uuid:bilan_id>/emporter/telecharger/", emporter, name="beneficiaire_emport_telecharger"),
]
