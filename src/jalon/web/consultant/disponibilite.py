"""One's own hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.disponibilite import get_consultant, get_exception
from jalon.actions.disponibilite import remove_exception
from jalon.web import gate
from jalon.web.agendas import edit as edit_agendas
from jalon.web.disponibilites import edit
from jalon.web.requete import Requete


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
def disponibilites(request: Requete, organisme: Any) -> HttpResponse:
    membre = get_consultant(request.user, organisme, request.user.pk)

    def show(context: dict[str, Any], status: int) -> HttpResponse:
        context |= {"retirer": "consultant_exception_retirer", "organisme": organisme}
        return render(request, "consultant/disponibilites.html", context, status=status)

    return edit(request, organisme, membre.personne, show, "consultant_disponibilites")


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
def agendas(request: Requete, organisme: Any) -> HttpResponse:
    """Her own calendars, here and elsewhere."""

    def show(context: dict[str, Any], status: int) -> HttpResponse:
        return render(request, "consultant/agendas.html", {"organisme": organisme, **context}, status=status)

    return edit_agendas(request, show, "consultant_agendas", externes=True)


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
@require_POST
def retirer(request: Requete, organisme: Any, exception_id: Any) -> HttpResponse:
    found = get_exception(request.user, organisme, exception_id)
    remove_exception(exception=found, by=request.user, now=request.now)
    messages.success(request, "Ces jours redeviennent comme les autres.")
    return redirect("consultant_disponibilites")


urls = [
    path("agenda/reglages/", agendas, name="consultant_agendas"),
    path("disponibilites/", disponibilites, name="consultant_disponibilites"),
    path(
        "disponibilites/exceptions/<uuid:exception_id>/retirer/", retirer, name="consultant_exception_retirer"
    ),
]
