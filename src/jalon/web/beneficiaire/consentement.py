"""Consent: the person reads what it is and what it is not, and she alone decides. Refusing needs no reason (L. 6313-4, al. 2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.actions.bilan import decline_bilan
from jalon.actions.consentement import give_consentement, withdraw_consentement
from jalon.domain import consentement as texte
from jalon.domain.bilan import CLOSED, RUNNING, Etat
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction
from jalon.domain.regles import CONSENT
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


@gate.bilan(Action.GIVE_CONSENTEMENT)
def consentement(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, bilan)
    try:
        if not request.POST.get("empreinte"):
            raise Refused(Obstacle("Relisez le texte avant de décider.", CONSENT, code="texte"))
        give_consentement(
            bilan=bilan, by=request.user, now=request.now, empreinte_vue=request.POST["empreinte"]
        )
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, "Votre accord est noté. Vous pouvez le reprendre à tout moment.")
    return redirect("beneficiaire_bilan", bilan.pk)


@gate.bilan(Action.DECLINE_BILAN)
def decliner(request: Requete, bilan: Any) -> HttpResponse:
    """The effects before the act; no reason is asked."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            decline_bilan(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "C’est noté. Personne ne vous demandera pourquoi.")
            return redirect("beneficiaire_bilan", bilan.pk)
    return _confirm(request, bilan, "beneficiaire/consentement_decliner.html", refused)


@gate.bilan(Action.WITHDRAW_CONSENTEMENT)
def retirer(request: Requete, bilan: Any) -> HttpResponse:
    refused: Refused | None = None
    if request.method == "POST":
        try:
            withdraw_consentement(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "Vous avez repris votre accord.")
            return redirect("beneficiaire_bilan", bilan.pk)
    return _confirm(request, bilan, "beneficiaire/consentement_retirer.html", refused)


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    context = {
        "bilan": bilan,
        "donne_le": situation_of(request, bilan).consentement_le,
        "clos": bilan.etat in CLOSED,
        "en_preparation": bilan.etat == Etat.PREPARATION,
        "hors_cadre": bilan.type_action != TypeAction.BILAN,
        "ce_que_c_est": texte.CE_QUE_C_EST,
        "ce_que_ce_n_est_pas": texte.CE_QUE_CE_N_EST_PAS,
        "engagement": texte.ENGAGEMENT,
        "empreinte": texte.fingerprint(),
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "beneficiaire/consentement.html", context, status=422 if refused else 200)


def _confirm(request: Requete, bilan: Any, template: str, refused: Refused | None) -> HttpResponse:
    context = {
        "bilan": bilan,
        "commence": bilan.etat in RUNNING,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, template, context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/consentement/", consentement, name="beneficiaire_consentement"),
    path("<uuid:bilan_id>/consentement/decliner/", decliner, name="beneficiaire_consentement_decliner"),
    path("<uuid:bilan_id>/consentement/retirer/", retirer, name="beneficiaire_consentement_retirer"),
]
