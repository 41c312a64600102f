"""The mails that could not leave: to whom, since when, and one more try once the address is right. No clock waits for them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.envoi import get_given_up, list_given_up
from jalon.actions.courrier import set_aside, try_again
from jalon.documents.courriels import subject_of
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete

SHOWN = 200
_WITHOUT_ADDRESS = "SansAdresse"


@gate.cabinet(Action.VIEW_CABINET)
def courriels(request: Requete, organisme: Any) -> HttpResponse:
    rows = [
        {
            "envoi": one,
            "objet": subject_of(one.genre),
            "a": one.adresse or (one.personne.email if one.personne else "") or "",
            "nom": one.personne.nom_complet if one.personne else "",
            "sans_adresse": one.erreur == _WITHOUT_ADDRESS,
        }
        for one in list_given_up(request.user, organisme)[:SHOWN]
    ]
    return page(request, organisme, "courriels", {"courriels": rows})


@gate.cabinet(Action.VIEW_CABINET)
@require_POST
def reessayer(request: Requete, organisme: Any, envoi_id: Any) -> HttpResponse:
    try_again(envoi=get_given_up(request.user, organisme, envoi_id), by=request.user, now=request.now)
    messages.success(request, "Le courriel repart dans la minute. S’il échoue encore, il reviendra ici.")
    return redirect("organisme_courriels")


@gate.cabinet(Action.VIEW_CABINET)
@require_POST
def ecarter(request: Requete, organisme: Any, envoi_id: Any) -> HttpResponse:
    set_aside(envoi=get_given_up(request.user, organisme, envoi_id), by=request.user)
    messages.success(request, "Ce courriel ne sera plus envoyé, et quitte la liste.")
    return redirect("organisme_courriels")


urls = [
    path("courriels/", courriels, name="organisme_courriels"),
    path("courriels/<uuid:envoi_id>/reessayer/", reessayer, name="organisme_courriel_reessayer"),
    path("courriels/<uuid:envoi_id>/ecarter/", ecarter, name="organisme_courriel_ecarter"),
]
