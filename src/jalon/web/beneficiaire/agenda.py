"""The person's dates: séances to come, the end and what it starts. One list, to read or to print."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.seance import agenda as read_agenda
from jalon.web import gate
from jalon.web.agendas import edit
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue

# Further than any bilan goes.
_AHEAD = timedelta(days=400)


@gate.bilan(Action.VIEW_SEANCES)
def agenda(request: Requete, bilan: Any) -> HttpResponse:
    found = read_agenda(request.user, start=request.now, end=request.now + _AHEAD, mine=True)
    context = {
        "bilan": bilan,
        "vues": [SeanceVue(s, s.bilan, "beneficiaire", request.now) for s in found],
    }
    return render(request, "beneficiaire/agenda.html", context)


@gate.bilan(Action.VIEW_SEANCES)
def reglages(request: Requete, bilan: Any) -> HttpResponse:
    def show(context: dict[str, Any], status: int) -> HttpResponse:
        return render(
            request, "beneficiaire/agenda_reglages.html", {"bilan": bilan, **context}, status=status
        )

    here = reverse("beneficiaire_agenda_reglages", args=[bilan.pk])
    return edit(request, show, here, externes=False)


urls = [
    path("<uuid:bilan_id>/agenda/", agenda, name="beneficiaire_agenda"),
    path("<uuid:bilan_id>/agenda/reglages/", reglages, name="beneficiaire_agenda_reglages"),
]
