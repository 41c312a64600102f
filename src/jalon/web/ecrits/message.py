"""Messages between the two: read in order, one written below. A sent message does not change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.pieces import read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import write_ecrit
from jalon.domain.message import oldest_unanswered, reponse_attendue
from jalon.web import gate
from jalon.web.ecrits.page import montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, Saisie, auteur, envoyer, ouvrir, prose
from jalon.web.requete import Requete


class FormulaireMessage(Formulaire):
    texte = prose("Votre message", requis=True)


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_MESSAGE)
    def page(request: Requete, bilan: Any) -> HttpResponse:
        if request.method != "POST":
            return fil(request, bilan, ouvrir(request, bilan, "message", FormulaireMessage, {}))
        refused = envoyer(
            FormulaireMessage(request.POST),
            lambda form: write_ecrit(
                bilan=bilan, contenu=compose("message", **form.champs()), by=request.user, now=request.now
            ),
            lambda contenu: str(contenu.texte),
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return fil(request, bilan, refused)
        messages.success(request, "Votre message est envoyé.")
        return vers(espace, "messages", bilan)

    def fil(request: Requete, bilan: Any, saisie: Saisie) -> HttpResponse:
        lus = [
            lue
            for lue in read_pieces(request.user, bilan, ["message"], now=request.now)
            if lue.piece.tiroir == "travail"
        ]
        depuis = oldest_unanswered(
            [(lue.piece.auteur_id == bilan.beneficiaire_id, lue.piece.cree_le) for lue in lus]
        )
        jours = bilan.organisme.reponse_jours
        reponse_le = (
            reponse_attendue(depuis, bilan.fuseau, bilan.territoire, jours) if depuis is not None else None
        )
        person = espace == "beneficiaire"
        context = {
            "lignes": [
                {
                    "qui": auteur(lue.piece, bilan, request.user),
                    "moi": lue.piece.auteur_id == request.user.pk,
                    "quand": lue.piece.cree_le,
                    "texte": lue.contenu.texte,
                }
                for lue in lus
            ],
            "autre": (bilan.consultant if person else bilan.beneficiaire).nom_complet,
            "jours": jours,
            # Only the person is promised an answer, only the consultant owes one.
            "reponse_le": reponse_le,
            "en_retard": reponse_le is not None and reponse_le < bilan_day(bilan, request.now),
        }
        return montrer_saisie(request, bilan, espace, "ecrits/messages.html", saisie, context)

    return [path("<uuid:bilan_id>/messages/", page, name=f"{espace}_messages")]
