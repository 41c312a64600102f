"""Settings of the synthesis: the cabinet's own headings under the three that stay."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.trame import read_trame
from jalon.actions.synthese_a_deux import write_trame
from jalon.domain.obstacle import Refused
from jalon.domain.synthese import Rubrique
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.MANAGE_CABINET)
def trame(request: Requete, organisme: Any) -> HttpResponse:
    """One heading a line; an empty box leaves the heading bare."""
    if request.method != "POST":
        return _page(request, organisme, read_trame(organisme))
    typed = {r.value: request.POST.get(r.value, "").splitlines() for r in Rubrique}
    try:
        write_trame(organisme=organisme, titres=typed, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, organisme, typed, refused.obstacles, 422)
    messages.success(request, "La trame est enregistrée. Elle sert aux synthèses qui commencent.")
    return redirect("organisme_trame")


def _page(
    request: Requete, organisme: Any, typed: dict[str, list[str]], obstacles: Any = (), status: int = 200
) -> HttpResponse:
    context = {
        "rubriques": [(r.value, r.label, "\n".join(typed[r.value])) for r in Rubrique],
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "trame", context, status=status)


urls = [path("reglages/trame/", trame, name="organisme_trame")]
