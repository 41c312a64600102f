"""What the person has decided of each set of documents: the consultant reads it, and decides nothing of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access import Action
from jalon.access.conservation import read_cep, read_sorts
from jalon.web import gate
from jalon.web.requete import Requete


@gate.bilan(Action.ANNOUNCE_TERME)
def decisions(request: Requete, bilan: Any) -> HttpResponse:
    context = {"bilan": bilan, "sorts": read_sorts(request.user, bilan), "cep": read_cep(bilan)}
    return render(request, "consultant/decisions.html", context)


urls = [path("<uuid:bilan_id>/decisions/", decisions, name="consultant_decisions")]
