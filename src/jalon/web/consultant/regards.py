"""The looks of others, for the consultant: proposed, waited for without a name, explained first."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.instruments import instrument_of
from jalon.access.regards import INSTRUMENT, read_regards
from jalon.actions.regards import propose_regards, restitute_regards
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regards import SEUIL
from jalon.web import gate
from jalon.web.ecrits.page import montrer, vers
from jalon.web.requete import Requete

ESPACE = "consultant"


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
def regards(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(request: Requete, bilan: Any, obstacles: tuple[Obstacle, ...] = ()) -> HttpResponse:
    etat = read_regards(request.user, bilan, now=request.now)
    context = {
        "etat": etat,
        "instrument": etat.instrument if etat else instrument_of(bilan.organisme_id, INSTRUMENT),
        "obstacles_trouves": obstacles,
        "seuil": SEUIL,
    }
    return montrer(request, bilan, ESPACE, "consultant/regards.html", context, 422 if obstacles else 200)


@gate.bilan(Action.PROPOSE_QUESTIONNAIRE)
@require_POST
def proposer(request: Requete, bilan: Any) -> HttpResponse:
    try:
        propose_regards(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused.obstacles)
    messages.success(
        request, "C’est proposé : la personne choisit seule à qui demander, ou ne demande à personne."
    )
    return vers(ESPACE, "regards", bilan)


@gate.bilan(Action.RESTITUTE)
@require_POST
def restituer(request: Requete, bilan: Any) -> HttpResponse:
    try:
        restitute_regards(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused.obstacles)
    messages.success(request, "Le résultat est restitué : la personne le lit désormais dans son espace.")
    return vers(ESPACE, "regards", bilan)


_BASE = "<uuid:bilan_id>/regards/"
urls = [
    path(_BASE, regards, name="consultant_regards"),
    path(f"{_BASE}proposer/", proposer, name="consultant_regards_proposer"),
    path(f"{_BASE}restituer/", restituer, name="consultant_regards_restituer"),
]
