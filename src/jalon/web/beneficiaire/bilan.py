"""Where I am: the line, the next thing, the hours, what the end means."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.bilan import Situation
from jalon.access.charge import announced_charge
from jalon.access.tache import list_taches
from jalon.domain.bilan import CLOSED, Etat
from jalon.web import gate
from jalon.web.composants.typographie import date_courte, date_longue
from jalon.web.ecrits.promesse import vues_promesses
from jalon.web.ecrits.tache import vue
from jalon.web.etapes import ou_j_en_suis
from jalon.web.requete import Requete
from jalon.web.suite import a_venir, suite
from jalon.web.templatetags.cadre import situation_of


@gate.bilan(Action.VIEW_DOSSIER)
def bilan(request: Requete, bilan: Any) -> HttpResponse:
    return page_of_bilan(request, bilan)


def page_of_bilan(request: Requete, bilan: Any) -> HttpResponse:
    situation = situation_of(request, bilan)
    prochaines = a_venir(situation)
    ouvert = bilan.etat not in CLOSED
    context = {
        "promesses": vues_promesses(request, bilan, "beneficiaire") if ouvert else [],
        "travaux": [
            vue(lue, "beneficiaire", bilan)
            for lue in (list_taches(request.user, bilan, now=request.now) if ouvert else ())
            if lue.a_faire
        ],
        "charge": announced_charge(bilan) if ouvert else None,
        "bilan": bilan,
        "situation": situation,
        "suite": suite(situation, space="beneficiaire"),
        "titre": _titre(situation),
        "surtitre": ou_j_en_suis(bilan),
        "prochaine": prochaines[0] if prochaines else None,
    }
    return render(request, "beneficiaire/bilan.html", context)


def _titre(situation: Situation) -> str:
    """One sentence that says where she is."""
    bilan = situation.bilan
    place = ZoneInfo(bilan.fuseau)
    if situation.etat == Etat.PREPARATION:
        return "Rien n’a commencé : c’est vous qui décidez"
    if situation.etat == Etat.NON_CONCLU:
        return "Vous n’avez pas donné suite, et c’est votre droit"
    if bilan.contenu_detruit_le:
        return "C’est terminé, et ce qui a été écrit est détruit"
    if situation.etat in (Etat.TERMINE, Etat.ABANDONNE) and bilan.termine_le is not None:
        ended = date_courte(bilan.termine_le.astimezone(place).date())
        return f"Votre accompagnement s’est terminé le {ended}"
    coming = a_venir(situation)
    if coming:
        return f"Votre prochaine séance est {date_longue(coming[0].debut, place)}"
    return {
        Etat.PRELIMINAIRE: "Vous posez les bases, à deux",
        Etat.INVESTIGATION: "Vous cherchez, et vous vérifiez",
        Etat.CONCLUSIONS: "Vous rassemblez ce que vous avez trouvé",
    }[situation.etat]


urls = [path("<uuid:bilan_id>/", bilan, name="beneficiaire_bilan")]
