"""Autosave of every form of this space."""

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.web import brouillon, gate
from jalon.web.requete import Requete


@gate.bilan(Action.SAVE_BROUILLON)
@require_POST
def garder(request: Requete, bilan: Any) -> HttpResponse:
    return brouillon.save(request, bilan)


@gate.bilan(Action.SAVE_BROUILLON)
@require_POST
def jeter(request: Requete, bilan: Any) -> HttpResponse:
    return brouillon.throw_away(request, bilan)


urls = [
    path("<uuid:bilan_id>/brouillon/", garder, name="beneficiaire_brouillon"),
    path("<uuid:bilan_id>/brouillon/jeter/", jeter, name="beneficiaire_brouillon_jeter"),
]
