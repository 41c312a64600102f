"""Pages that everybody may read: help, accessibility, what becomes of one's data, legal mentions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.cabinet import open_cabinet
from jalon.actions import clock
from jalon.actions.terme import FOLLOW_UP_MONTHS, REMINDERS
from jalon.law import law_on
from jalon.web import gate


def _page(request: HttpRequest, name: str) -> HttpResponse:
    law = law_on(clock.now().date())
    context = {
        "cabinet": open_cabinet(),
        "retention": law.bilan_competences.retention_exception_annees,
        "certificat": law.conservation.certificat_realisation_annees_apres_fin_annee_paiement,
        "comptable": law.conservation.comptable_annees,
        "rappels": REMINDERS,
        "suivi_mois": FOLLOW_UP_MONTHS,
    }
    return render(request, f"public/{name}.html", context)


@gate.public
def aide(request: HttpRequest) -> HttpResponse:
    return _page(request, "aide")


@gate.public
def accessibilite(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibilite")


@gate.public
def confidentialite(request: HttpRequest) -> HttpResponse:
    return _page(request, "confidentialite")


@gate.public
def mentions(request: HttpRequest) -> HttpResponse:
    return _page(request, "mentions")


urls = [
    path("aide/", aide, name="aide"),
    path("accessibilite/", accessibilite, name="accessibilite"),
    path("vos-donnees/", confidentialite, name="confidentialite"),
    path("mentions-legales/", mentions, name="mentions"),
]
