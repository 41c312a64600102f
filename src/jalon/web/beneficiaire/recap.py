"""The recaps that were shared with the person, and her own words beside them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.pieces import Lue, get_piece, read_pieces
from jalon.actions.recap import correct_recap
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.recap import engagements, quand, seances_tenues
from jalon.web.ecrits.saisie import Formulaire, envoyer, ouvrir, prose
from jalon.web.requete import Requete

ESPACE = "beneficiaire"


class FormulaireCorrection(Formulaire):
    correction = prose(
        "Ce que vous corrigez, ou ajoutez",
        "Avec vos mots. Le texte de départ reste, le vôtre s’affiche à côté.",
    )


@gate.bilan(Action.CORRECT_RECAP)
def recaps(request: Requete, bilan: Any) -> HttpResponse:
    held = seances_tenues(request, bilan)
    found = [
        _line(request, bilan, lue, held)
        for lue in read_pieces(request.user, bilan, ["recap"], now=request.now)
    ]
    found.sort(key=lambda line: line["quand"], reverse=True)
    return montrer(request, bilan, ESPACE, "beneficiaire/recaps.html", {"recaps": found})


def _line(request: Requete, bilan: Any, lue: Lue, held: Any) -> dict[str, Any]:
    seance = held.get(lue.piece.reference)
    return {
        "quand": quand(seance) if seance else lue.piece.cree_le,
        "texte": lue.contenu.texte,
        "correction": lue.contenu.correction,
        "engagements": engagements(lue.contenu, bilan, request.user),
        "corriger": lien(ESPACE, "recap_corriger", bilan, lue.piece.reference),
        "ident": lue.piece.reference,
    }


@gate.bilan(Action.CORRECT_RECAP)
def corriger(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    lue = get_piece(request.user, bilan, "recap", str(seance_id), now=request.now)
    line = _line(request, bilan, lue, seances_tenues(request, bilan))
    page = f"correction-{seance_id}"
    if request.method != "POST":
        saisie = ouvrir(
            request, bilan, page, FormulaireCorrection, {"correction": lue.contenu.correction}, lue.revision
        )
        return montrer_saisie(
            request, bilan, ESPACE, "beneficiaire/recap.html", saisie, {"recap": line, "page": page}
        )
    refused = envoyer(
        FormulaireCorrection(request.POST),
        lambda form: correct_recap(
            bilan=bilan,
            seance_id=str(seance_id),
            correction=form.cleaned_data["correction"],
            by=request.user,
            now=request.now,
        ),
        lambda contenu: str(contenu.correction),
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return montrer_saisie(
            request, bilan, ESPACE, "beneficiaire/recap.html", refused, {"recap": line, "page": page}
        )
    messages.success(request, "Votre correction est enregistrée, à côté du compte rendu.")
    return vers(ESPACE, "recaps", bilan)


urls = [
    path("<uuid:bilan_id>/comptes-rendus/", recaps, name="beneficiaire_recaps"),
    path("<uuid:bilan_id>/comptes-rendus/<uuid:seance_id>/", corriger, name="beneficiaire_recap_corriger"),
]
