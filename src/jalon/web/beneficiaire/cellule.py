"""What is told to the cellule de reclassement, word for word: the person reads it before anybody else."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.pieces import read_piece
from jalon.web import gate
from jalon.web.ecrits import cellule as pages
from jalon.web.ecrits.page import montrer
from jalon.web.requete import Requete

ESPACE = "beneficiaire"


@gate.bilan(Action.READ_CONTENU)
def cellule(request: Requete, bilan: Any) -> HttpResponse:
    if not pages.is_told(bilan):
        return montrer(request, bilan, ESPACE, "ecrits/cellule_sans_objet.html")
    found = read_piece(request.user, bilan, "cellule", now=request.now)
    sent = found.contenu.transmis_le if found else None
    context = {
        "actions": pages.actions_lisibles(found.contenu) if found else [],
        "montre_le": found.piece.partage_le if found else None,
        "transmis_le": date.fromisoformat(sent) if sent else None,
    }
    return montrer(request, bilan, ESPACE, "beneficiaire/cellule.html", context)


@gate.bilan(Action.READ_CONTENU)
def courrier(request: Requete, bilan: Any) -> HttpResponse:
    return pages.courrier(request, bilan, ESPACE)


urls = [
    path("<uuid:bilan_id>/cellule/", cellule, name="beneficiaire_cellule"),
    path("<uuid:bilan_id>/cellule/courrier/", courrier, name="beneficiaire_cellule_courrier"),
]
