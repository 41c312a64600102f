"""Pages that anybody may read: help, accessibility, personal data, legal notices. Their numbers come from the law of the day."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.cabinet import open_cabinet, today
from jalon.actions.date_de_fin import REMINDERS
from jalon.domain.offre import advertising_mention
from jalon.domain.suivi import MONTHS
from jalon.law import law_on
from jalon.web import gate
from jalon.web.requete import Requete

# When the statement on accessibility was last written; it is ours, and dated.
DECLARATION_LE = date(2026, 11, 22)


def _context(request: Requete) -> dict[str, Any]:
    organisme = open_cabinet()
    jour = (
        today(organisme, request.now)
        if organisme
        else request.now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    )
    law = law_on(jour)
    return {
        "organisme": organisme,
        "jour": jour,
        "mention": advertising_mention(organisme.nda, law) if organisme else "",
        "ans": {
            "prospect": law.conservation.prospect_annees.value,
            "exception": law.bilan_competences.retention_exception_annees.value,
            "comptable": law.conservation.comptable_annees.value,
            "certificat": law.conservation.certificat_realisation_annees_apres_fin_annee_paiement.value,
            "preuve": law.conservation.preuve_civile_annees.value,
        },
        "mois": {
            "journaux": law.conservation.journaux_mois.value,
            "reponse": law.donnees_personnelles.reponse_mois.value,
        },
        "declaration_le": DECLARATION_LE,
        "rappels": REMINDERS,
        "suivi_mois": MONTHS[0],
    }


@gate.public
def aide(request: Requete) -> HttpResponse:
    return render(request, "public/aide.html", _context(request))


@gate.public
def accessibilite(request: Requete) -> HttpResponse:
    return render(request, "public/accessibilite.html", _context(request))


@gate.public
def confidentialite(request: Requete) -> HttpResponse:
    return render(request, "public/confidentialite.html", _context(request))


@gate.public
def mentions(request: Requete) -> HttpResponse:
    return render(request, "public/mentions.html", _context(request))


urls = [
    path("aide/", aide, name="aide"),
    path("accessibilite/", accessibilite, name="accessibilite"),
    path("vos-donnees/", confidentialite, name="confidentialite"),
    path("mentions-legales/", mentions, name="mentions"),
]
