"""The register of processings and the draft of the impact analysis, filled with the cabinet's identity, to download and sign."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.rgpd import DOCUMENTS, read_rgpd
from jalon.web import gate
from jalon.web.requete import Requete

_NOMS = {"registre": "registre-des-traitements.html", "aipd": "analyse-d-impact.html"}


@gate.cabinet(Action.MANAGE_CABINET)
def rgpd(request: Requete, organisme: Any, document: str) -> HttpResponse:
    if document not in DOCUMENTS:
        raise Http404
    return HttpResponse(
        read_rgpd(request.user, organisme, document, request.now),
        content_type="text/html; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_NOMS[document]}"'},
    )


urls = [path("reglages/donnees/<slug:document>/", rgpd, name="organisme_rgpd")]
