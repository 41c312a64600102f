"""The person's right to correct: the text itself, under its three headings. What she changes stays visible word by word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.pieces import read_piece
from jalon.actions.synthese_a_deux import correct_synthese
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, Saisie, envoyer, ouvert, ouvrir, prose, reprend_l_autre
from jalon.web.ecrits.synthese import RUBRIQUES, texte_de_la_synthese
from jalon.web.requete import Requete

ESPACE = "beneficiaire"


class FormulaireCorrection(Formulaire):
    circonstances = prose(RUBRIQUES["circonstances"])
    competences = prose(RUBRIQUES["competences"])
    projet = prose(RUBRIQUES["projet"])


@gate.bilan(Action.CORRECT_SYNTHESE)
def corriger(request: Requete, bilan: Any) -> HttpResponse:
    lue = read_piece(request.user, bilan, "synthese", now=request.now)
    if lue is None or bilan.synthese_remise_le or not ouvert(bilan):
        return vers(ESPACE, "synthese", bilan)
    if request.method != "POST":
        saved = {name: getattr(lue.contenu, name) for name in RUBRIQUES}
        return _page(
            request, bilan, ouvrir(request, bilan, "corriger", FormulaireCorrection, saved, lue.revision)
        )
    if reprend_l_autre(request):
        return vers(ESPACE, "synthese_corriger", bilan)
    refused = envoyer(
        FormulaireCorrection(request.POST),
        lambda form: correct_synthese(
            bilan=bilan, textes=form.champs(), by=request.user, now=request.now, base_revision=form.base()
        ),
        texte_de_la_synthese,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, refused)
    messages.success(
        request,
        "Votre correction est enregistrée. Votre consultant la verra, mot par mot\u00a0; relisez puis approuvez.",
    )
    return vers(ESPACE, "synthese", bilan)


def _page(request: Requete, bilan: Any, saisie: Saisie) -> HttpResponse:
    context = {"retour": lien(ESPACE, "synthese", bilan)}
    return montrer_saisie(request, bilan, ESPACE, "beneficiaire/synthese_corriger.html", saisie, context)


urls = [path("<uuid:bilan_id>/synthese/corriger/", corriger, name="beneficiaire_synthese_corriger")]
