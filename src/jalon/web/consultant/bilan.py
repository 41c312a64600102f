"""One bilan, for the consultant: the line, what blocks the next phase, the acts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


@gate.bilan(Action.MOVE_BILAN)
def bilan(request: Requete, bilan: Any) -> HttpResponse:
    situation = situation_of(request, bilan)
    return render(request, "consultant/bilan.html", {"bilan": bilan, "situation": situation})


urls = [path("<uuid:bilan_id>/", bilan, name="consultant_bilan")]
