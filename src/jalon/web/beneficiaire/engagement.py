"""What she pays and what she signed: who else pays, the clocks, starting without waiting, and giving up the contract online."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.engagement import EngagementVue, read_engagement
from jalon.actions.contrat import ask_early_start, renounce_contrat
from jalon.domain.bilan import RUNNING, Etat
from jalon.domain.depart import read_retractation
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import TypeAction
from jalon.domain.retractation import Retractation
from jalon.law import law_on
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.voies import voie_of


@gate.bilan(Action.RENOUNCE_CONTRAT)
def engagement(request: Requete, bilan: Any) -> HttpResponse:
    return _show(request, bilan)


def _show(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    vue = read_engagement(bilan, now=request.now)
    period = _period(request, bilan, vue)
    context = {
        "bilan": bilan,
        "engagement": vue,
        "titre": _titre(vue),
        "voie": voie_of(
            bilan.financement, bilan.type_action, law_on(bilan_day(bilan, request.now)), pour="personne"
        ),
        "acompte": f"{vue.law.contrat_individuel.premier_versement_max.value * 100:.0f}",
        "voie_nom": Financement(bilan.financement).label,
        "periode": period,
        "versements": [{"ligne": one, "euros": one.montant_centimes / 100} for one in vue.versements],
        "peut_anticiper": period is not None
        and bilan.etat == Etat.PREPARATION
        and vue.faits is not None
        and not vue.faits.demande_expresse,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "beneficiaire/engagement.html", context, status=422 if refused else 200)


def _titre(vue: EngagementVue) -> str:
    if not vue.regle:
        return "Ce que vous payez n’est pas encore fixé"
    if not vue.reste_a_charge:
        return "Vous n’avez rien à payer"
    return "Ce que vous payez, et ce que paient les autres"


def _period(request: Requete, bilan: Any, vue: EngagementVue) -> Retractation | None:
    """Open today: she may still give up."""
    facts = vue.faits
    if facts is None or facts.voie != Financement.PERSONNEL or facts.conclu_le is None or facts.retracte_le:
        return None
    found = read_retractation(facts, TypeAction(bilan.type_action), facts.conclu_le)
    return found if found is not None and bilan_day(bilan, request.now) <= found.dernier_jour else None


@gate.bilan(Action.ASK_EARLY_START)
@require_POST
def anticiper(request: Requete, bilan: Any) -> HttpResponse:
    """L. 221-25: an express request, so a box that she ticks herself and a button that says what it does."""
    try:
        if request.POST.get("je_demande") != "oui":
            raise Refused(
                Obstacle(
                    "Cochez la case : cette demande doit être expresse.",
                    "Code de la consommation, art. L. 221-25",
                    code="expresse",
                )
            )
        ask_early_start(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _show(request, bilan, refused)
    messages.success(request, "Votre demande est notée. Vous pouvez toujours renoncer jusqu’au dernier jour.")
    return redirect("beneficiaire_engagement", bilan.pk)


@gate.bilan(Action.RENOUNCE_CONTRAT)
def renoncer(request: Requete, bilan: Any) -> HttpResponse:
    """Two steps, as the Code de la consommation wants them (D. 221-5): the function, then one confirmation. No reason asked."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            renounce_contrat(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(
                request, "Vous avez renoncé au contrat. L’accusé de réception est dans vos papiers, à garder."
            )
            return redirect("beneficiaire_engagement", bilan.pk)
    vue = read_engagement(bilan, now=request.now)
    context = {
        "bilan": bilan,
        "engagement": vue,
        "periode": _period(request, bilan, vue),
        "en_cours": bilan.etat in RUNNING,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "beneficiaire/engagement_renoncer.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/financement/", engagement, name="beneficiaire_engagement"),
    path("<uuid:bilan_id>/financement/anticiper/", anticiper, name="beneficiaire_engagement_anticiper"),
    path("<uuid:bilan_id>/financement/renoncer/", renoncer, name="beneficiaire_engagement_renoncer"),
]
