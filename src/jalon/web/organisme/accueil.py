"""The home of the cabinet: what is due and why, the backup, and the dossiers that come next."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.a_faire import read_journee
from jalon.web import gate
from jalon.web.organisme.a_faire import row
from jalon.web.organisme.cabinet import ligne_des_etapes
from jalon.web.organisme.cadre import page
from jalon.web.organisme.dossier import list_page
from jalon.web.requete import Requete

# What presses most; the whole queue has its own page.
PREMIERES = 8


@gate.cabinet(Action.VIEW_CABINET)
def accueil(request: Requete, organisme: Any) -> HttpResponse:
    journee = read_journee(request.user, organisme, request.now)
    etapes = ligne_des_etapes(organisme)[0] if Action.MANAGE_CABINET in journee.peut else []
    context = {
        "alarmes": [row(one) for one in journee.alarmes],
        "a_traiter": [row(one) for one in journee.reste[:PREMIERES]],
        "en_tout": len(journee.reste),
        "premieres": PREMIERES,
        "sauvegarde": journee.sauvegarde,
        "etapes_restantes": [e for e in etapes if e.etat != "fait"],
        **list_page(request, organisme),
    }
    return page(request, organisme, "accueil", context, held=journee.peut)


urls = [path("", accueil, name="organisme_accueil")]
