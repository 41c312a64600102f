"""The analysis of the request, in this space: written by either, agreed by both."""

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.web import demande as pages
from jalon.web import gate
from jalon.web.requete import Requete


@gate.bilan(Action.WRITE_DEMANDE)
def demande(request: Requete, bilan: Any) -> HttpResponse:
    return pages.page(request, bilan, space="beneficiaire")


@gate.bilan(Action.WRITE_DEMANDE)
@require_POST
def accord(request: Requete, bilan: Any) -> HttpResponse:
    return pages.accord(request, bilan, space="beneficiaire")


urls = [
    path("<uuid:bilan_id>/demande/", demande, name="beneficiaire_demande"),
    path("<uuid:bilan_id>/demande/accord/", accord, name="beneficiaire_demande_accord"),
]
