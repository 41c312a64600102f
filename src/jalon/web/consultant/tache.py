"""What the person handed in, as the consultant reads it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.tache import get_tache, joined_files
from jalon.actions.tache import review_tache
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits import tache as commun
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.ecrits.tache_saisie import effort_lu, etapes_lues
from jalon.web.requete import Requete

ESPACE = "consultant"


@gate.bilan(Action.REVIEW_RENDU)
def page(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    return _page(request, bilan, tache_id)


def _page(request: Requete, bilan: Any, tache_id: Any, refused: Refused | None = None) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    rendu = lue.rendu.contenu if lue.rendu else None
    context = {
        **commun.vue(lue, ESPACE, bilan),
        "etapes": etapes_lues(lue.contenu.exercice, rendu),
        "rendu": rendu,
        "effort": effort_lu(rendu.effort) if rendu else "",
        "fichiers": [
            {"nom": f.fiche.nom_original, "href": lien(ESPACE, "fichier_lire", bilan, f.fichier.pk)}
            for f in joined_files(request.user, bilan, lue, now=request.now)
        ],
        "retour": lien(ESPACE, "taches", bilan),
        "obstacles": refused.obstacles if refused else (),
    }
    return montrer(request, bilan, ESPACE, "consultant/tache.html", context, 422 if refused else 200)


@gate.bilan(Action.REVIEW_RENDU)
@require_POST
def lire(request: Requete, bilan: Any, tache_id: Any) -> HttpResponse:
    lue = get_tache(request.user, bilan, tache_id, now=request.now)
    try:
        review_tache(tache=lue.tache, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, tache_id, refused)
    messages.success(request, "La personne voit que vous l’avez lu.")
    return vers(ESPACE, "taches", bilan)


urls = [
    *commun.urls_of(ESPACE),
    path("<uuid:bilan_id>/travaux/<uuid:tache_id>/", page, name="consultant_tache"),
    path("<uuid:bilan_id>/travaux/<uuid:tache_id>/lu/", lire, name="consultant_tache_lire"),
]
