"""The ceiling of a colleague, set by who directs the cabinet; her own she sets in her day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.cabinet import get_membre
from jalon.access.charge import read_charges
from jalon.web import gate
from jalon.web.charge import PlafondForm, save_plafond
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.MANAGE_MEMBRES)
def plafond(request: Requete, organisme: Any, membre_id: Any) -> HttpResponse:
    membre = get_membre(Action.MANAGE_MEMBRES, request.user, membre_id)
    form = PlafondForm(initial={"plafond": membre.plafond})
    if request.method == "POST":
        wrong = save_plafond(request, organisme, membre.personne)
        if wrong is None:
            return redirect("organisme_equipe")
        form = wrong
    charge = read_charges(organisme, [membre.personne_id])[membre.personne_id]
    context = {"membre": membre, "charge": charge, "form": form}
    return page(request, organisme, "membre_plafond", context, status=422 if form.is_bound else 200)


urls = [path("equipe/<uuid:membre_id>/plafond/", plafond, name="organisme_membre_plafond")]
