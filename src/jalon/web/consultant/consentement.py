"""Consent as the consultant sees it: yes or no, never why. She prints the form, and enters the one signed on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.actions.consentement import enter_consentement_papier
from jalon.actions.formulaire import print_consentement
from jalon.domain.bilan import CLOSED
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regles import CONSENT
from jalon.web import gate
from jalon.web.papier import TAILLES, download
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


@gate.bilan(Action.MOVE_BILAN)
def consentement(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.ENTER_CONSENTEMENT_PAPIER)
def papier(request: Requete, bilan: Any) -> HttpResponse:
    """GET prints the blank form; POST says that the signed one is in hand."""
    try:
        if request.method != "POST":
            size = request.GET.get("taille", "normal")
            return download(
                print_consentement(bilan=bilan, by=request.user, now=request.now, taille=size), "formulaire"
            )
        if request.POST.get("en_main") != "oui":
            raise Refused(
                Obstacle(
                    "Cochez que vous avez le papier signé en main : c’est lui qui fait preuve.",
                    CONSENT,
                    code="en_main",
                )
            )
        enter_consentement_papier(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "Le consentement donné sur papier est noté.")
    return redirect("consultant_bilan", bilan.pk)


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    context = {
        "bilan": bilan,
        "donne_le": situation_of(request, bilan).consentement_le,
        "clos": bilan.etat in CLOSED,
        "tailles": TAILLES,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "consultant/consentement.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/consentement/", consentement, name="consultant_consentement"),
    path("<uuid:bilan_id>/consentement/papier/", papier, name="consultant_consentement_papier"),
]
