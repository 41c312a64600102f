"""The person's home: her bilan at once when she has one, the list when she has several."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon import access
from jalon.access import Action
from jalon.access.bilan import read_situations
from jalon.web import gate
from jalon.web.beneficiaire.bilan import page_of_bilan
from jalon.web.etapes import ou_j_en_suis
from jalon.web.requete import Requete
from jalon.web.suite import suite


@gate.signed_in
def accueil(request: Requete) -> HttpResponse:
    among = gate.people_of(request.path)
    found = list(
        access.list_bilans(Action.VIEW_DOSSIER, request.user, among=among).select_related(
            "organisme", "beneficiaire", "consultant", "parcours"
        )
    )
    if len(found) == 1:
        return page_of_bilan(request, access.hold(found[0], request.user, among))
    situations = read_situations(found, now=request.now, a_signer=True)
    lignes = [
        {
            "bilan": bilan,
            "ou": ou_j_en_suis(bilan),
            "suite": suite(situations[bilan.pk], space="beneficiaire"),
        }
        for bilan in found
    ]
    return render(request, "beneficiaire/accueil.html", {"lignes": lignes})


urls = [path("", accueil, name="beneficiaire_accueil")]
