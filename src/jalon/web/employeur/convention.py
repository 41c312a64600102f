"""The convention: read the project, transmit it to the employee. From there her ten days run."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import convention_vue, get_convention
from jalon.access.employeur import read_dossier_employeur
from jalon.actions.convention import transmit_convention
from jalon.domain.francais import jour_complet
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.employeur.cadre import page
from jalon.web.requete import Requete


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    found = read_dossier_employeur(request.user, bilan)
    context = {
        "convention": convention_vue(found.convention, bilan, request.now) if found.convention else None,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return page(request, bilan, "convention", context, status=422 if refused else 200)


@gate.employeur(Action.VIEW_EMPLOYEUR)
def convention(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.employeur(Action.VIEW_EMPLOYEUR)
@require_POST
def transmettre(request: Requete, bilan: Any, convention_id: Any) -> HttpResponse:
    try:
        sent = transmit_convention(
            convention=get_convention(request.user, bilan, convention_id), by=request.user, now=request.now
        )
    except Refused as refused:
        return _page(request, bilan, refused)
    assert sent.dernier_jour is not None
    messages.success(
        request,
        f"Le projet est transmis. La personne a jusqu’au {jour_complet(sent.dernier_jour)} à minuit pour signer.",
    )
    return redirect("employeur_convention", bilan.pk)


urls = [
    path("<uuid:bilan_id>/convention/", convention, name="employeur_convention"),
    path(
        "<uuid:bilan_id>/convention/<uuid:convention_id>/transmettre/",
        transmettre,
        name="employeur_convention_transmettre",
    ),
]
