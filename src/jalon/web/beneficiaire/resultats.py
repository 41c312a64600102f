"""«Mes résultats détaillés»: everything that was restituted, on one page and in one sealed paper; what is missing is named."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.resultats import list_reunions, read_reunis
from jalon.actions.resultats import gather_resultats, scales
from jalon.documents import passages_of
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien
from jalon.web.ecrits.saisie import ouvert
from jalon.web.requete import Requete


@gate.bilan(Action.READ_RESULTATS_DETAILLES)
def resultats(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(request: Requete, bilan: Any, obstacles: Any = (), status: int = 200) -> HttpResponse:
    found = read_reunis(request.user, bilan, now=request.now)
    context = {
        "bilan": bilan,
        "ouvert": ouvert(bilan),
        "obstacles_trouves": obstacles,
        "manques": found.manques,
        "restitues": [
            {
                "titre": one.titre,
                "contenu": one.contenu,
                "echelles": scales(one.contenu.echelles),
                "commentaire": passages_of(one.contenu.commentaire_personne),
                "href": lien("beneficiaire", "questionnaire_lire", bilan, one.reference),
            }
            for one in found.restitues
        ],
        "papiers": list_reunions(request.user, bilan),
    }
    return render(request, "beneficiaire/resultats.html", context, status=status)


@gate.bilan(Action.READ_RESULTATS_DETAILLES)
@require_POST
def reunir(request: Requete, bilan: Any) -> HttpResponse:
    try:
        gather_resultats(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused.obstacles, status=422)
    messages.success(request, "Vos résultats détaillés sont réunis dans un document scellé.")
    return redirect("beneficiaire_resultats", bilan.pk)


urls = [
    path("<uuid:bilan_id>/resultats/", resultats, name="beneficiaire_resultats"),
    path("<uuid:bilan_id>/resultats/reunir/", reunir, name="beneficiaire_resultats_reunir"),
]
