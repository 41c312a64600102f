"""The person's four rights, with their effects before the gesture: pause, stop, change of consultant, complaint."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.actions.terme import abandon_bilan
from jalon.domain.bilan import CLOSED, RUNNING
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.requete import Requete


@gate.bilan(Action.ABANDON_BILAN)
def droits(request: Requete, bilan: Any) -> HttpResponse:
    context = {"bilan": bilan, "en_cours": bilan.etat in RUNNING, "clos": bilan.etat in CLOSED}
    return render(request, "beneficiaire/droits.html", context)


@gate.bilan(Action.ABANDON_BILAN)
def arreter(request: Requete, bilan: Any) -> HttpResponse:
    """No reason is asked nor kept; the day of the stop is the term."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            abandon_bilan(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "L’accompagnement est arrêté. Emportez votre dossier avant ce soir.")
            return redirect("beneficiaire_bilan", bilan.pk)
    context = {"bilan": bilan, "obstacles_trouves": refused.obstacles if refused else ()}
    return render(request, "beneficiaire/droits_arreter.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/droits/", droits, name="beneficiaire_droits"),
    path("<uuid:bilan_id>/droits/arreter/", arreter, name="beneficiaire_droits_arreter"),
]
