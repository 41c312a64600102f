"""The home of the cabinet: what is due and why, the backup, and the dossiers that come next."""

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.a_faire import ATraiter, Rang, read_journee
from jalon.web import gate
from jalon.web.organisme.cabinet import ligne_des_etapes
from jalon.web.organisme.cadre import page
from jalon.web.organisme.dossier import list_page
from jalon.web.requete import Requete

TONS = {
    Rang.ALARME: ("Alarme", "refuse"),
    Rang.EN_RETARD: ("En retard", "refuse"),
    Rang.A_FAIRE: ("À faire", "attente"),
    Rang.BIENTOT: ("Bientôt", "neutre"),
}


def adresse(item: ATraiter) -> str:
    if item.genre == "dossier" and item.cible:
        return reverse("organisme_dossier", args=[item.cible])
    if item.genre == "contact" and item.cible:
        return reverse("organisme_contact", args=[item.cible])
    if item.genre == "qualite":
        return reverse("organisme_reglage", args=["qualite"])
    return ""


def _row(item: ATraiter) -> dict[str, Any]:
    mot, ton = TONS[item.rang]
    return {"item": item, "href": adresse(item), "mot": mot, "ton": ton}


@gate.cabinet(Action.VIEW_CABINET)
def accueil(request: Requete, organisme: Any) -> HttpResponse:
    journee = read_journee(request.user, organisme, request.now)
    etapes = ligne_des_etapes(organisme)[0] if Action.MANAGE_CABINET in journee.peut else []
    context = {
        "alarmes": [_row(one) for one in journee.alarmes],
        "a_traiter": [_row(one) for one in journee.reste],
        "sauvegarde": journee.sauvegarde,
        "etapes_restantes": [e for e in etapes if e.etat != "fait"],
        **list_page(request, organisme),
    }
    return page(request, organisme, "accueil", context, held=journee.peut)


urls = [path("", accueil, name="organisme_accueil")]
