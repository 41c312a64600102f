"""The consultant's day: what waits for her in each bilan, what she waits for, the séances of the day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon import access
from jalon.access import Action
from jalon.access.bilan import read_situations
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.suite import suite


@gate.signed_in
def accueil(request: Requete) -> HttpResponse:
    found = list(
        access.list_bilans(Action.MOVE_BILAN, request.user)
        .select_related("organisme", "beneficiaire", "consultant", "parcours")
        .order_by("ouvert_le")
    )
    situations = read_situations(found, now=request.now)
    lignes = [{"bilan": bilan, "suite": suite(situations[bilan.pk], space="consultant")} for bilan in found]
    lignes.sort(key=lambda ligne: ligne["suite"].rang)
    return render(request, "consultant/accueil.html", {"lignes": lignes})


urls = [path("", accueil, name="consultant_accueil")]
