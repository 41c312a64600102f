"""What was agreed, and the closing of the preliminary phase, in this space."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.web import cloture as pages
from jalon.web import gate
from jalon.web.requete import Requete


@gate.bilan(Action.CLOSE_PRELIMINAIRE)
def cloture(request: Requete, bilan: Any) -> HttpResponse:
    return pages.page(request, bilan, space="consultant")


urls = [path("<uuid:bilan_id>/convenu/", cloture, name="consultant_cloture")]
