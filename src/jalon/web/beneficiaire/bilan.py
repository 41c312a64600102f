"""Where I am: the line, the next thing, the hours, what the end means."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.suite import a_venir, suite
from jalon.web.templatetags.cadre import situation_of


@gate.bilan(Action.VIEW_DOSSIER)
def bilan(request: Requete, bilan: Any) -> HttpResponse:
    return page_of_bilan(request, bilan)


def page_of_bilan(request: Requete, bilan: Any) -> HttpResponse:
    situation = situation_of(request, bilan)
    prochaines = a_venir(situation)
    context = {
        "bilan": bilan,
        "situation": situation,
        "suite": suite(situation, space="beneficiaire"),
        "prochaine": prochaines[0] if prochaines else None,
        "limite": situation.law.bilan_competences.duree_max_heures,
    }
    return render(request, "beneficiaire/bilan.html", context)


urls = [path("<uuid:bilan_id>/", bilan, name="beneficiaire_bilan")]
