"""The door of the room, in both spaces: a link of ours that leads outside, for the two, in its time. The room's address is on no page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.seance import get_seance
from jalon.access.visio import reglage_seances, room_phone
from jalon.actions.visio import join
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue


def urls_of(space: str, droit: Action) -> list[URLPattern]:
    @gate.bilan(droit)
    def rejoindre(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
        found = get_seance(request.user, bilan, seance_id)
        try:
            address = join(seance=found, by=request.user, now=request.now)
        except Refused as refused:
            context = {
                "bilan": bilan,
                "rdv": SeanceVue(found, bilan, space, request.now),
                "cadre": f"{space}/_bilan.html",
                "retour": f"{space}_seance",
                "telephone": room_phone(bilan.organisme, reglage_seances(bilan.organisme)),
                "obstacles_trouves": refused.obstacles,
            }
            return render(request, "seances/salle_fermee.html", context, status=422)
        answer = HttpResponseRedirect(address)
        # The server of the room learns nothing of where one comes from.
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return [path("<uuid:bilan_id>/seances/<uuid:seance_id>/salle/", rejoindre, name=f"{space}_seance_salle")]
