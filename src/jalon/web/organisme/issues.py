"""How journeys end in this cabinet: counts without anybody, raised when the content died."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.compteur import read_compteurs
from jalon.domain.compteur import PUBLIE_DES
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.VIEW_COMPTEURS)
def issues(request: Requete, organisme: Any) -> HttpResponse:
    context = {"periodes": read_compteurs(request.user, organisme), "seuil": PUBLIE_DES}
    return page(request, organisme, "issues", context)


urls = [path("issues/", issues, name="organisme_resultats_anonymes")]
