"""Everybody's hours, for who holds the desk; and the days on which a place, or the whole cabinet, is closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.cabinet import list_lieux, today
from jalon.access.disponibilite import (
    get_consultant,
    get_exception,
    list_consultants,
    list_exceptions,
    may_manage,
)
from jalon.actions.disponibilite import add_exception, remove_exception
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.disponibilites import ExceptionForm, edit
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
def liste(request: Requete, organisme: Any) -> HttpResponse:
    """Each consultant, and the closures of all; a consultant alone sees her own line open."""
    form = ExceptionForm(
        list_lieux(organisme), request.POST or None, initial={"ouverte": "non"}, vide="Tout le cabinet"
    )
    del form.fields["ouverte"]
    found: list[Obstacle] = []
    administers = may_manage(request.user, organisme, None)
    if request.method == "POST":
        if not administers:
            raise PermissionDenied
        if form.is_valid():
            said = form.cleaned_data
            try:
                add_exception(
                    organisme=organisme,
                    consultant=None,
                    ouverte=False,
                    du=said["du"],
                    au=said["au"] or said["du"],
                    debut=said["debut"],
                    fin=said["fin"],
                    lieu=form.lieux.get(said["lieu"]),
                    by=request.user,
                    now=request.now,
                )
            except Refused as refused:
                found = refus.put_on(form, refused)
            else:
                messages.success(request, "La fermeture est notée.")
                return redirect("organisme_disponibilites")
    context = {
        "equipe": [
            (membre, rules, plages, may_manage(request.user, organisme, membre.personne_id))
            for membre, rules, plages in list_consultants(organisme)
        ],
        "exceptions": list_exceptions(organisme, None, today(organisme, request.now)),
        "form": form,
        "administre": administers,
        "obstacles_trouves": found,
    }
    return page(
        request, organisme, "disponibilites", context, status=422 if request.method == "POST" else 200
    )


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
def modifier(request: Requete, organisme: Any, personne_id: Any) -> HttpResponse:
    membre = get_consultant(request.user, organisme, personne_id)

    def show(context: dict[str, Any], status: int) -> HttpResponse:
        context["retirer"] = "organisme_exception_retirer"
        return page(request, organisme, "disponibilite", context, status=status)

    here = reverse("organisme_disponibilite", args=[personne_id])
    return edit(request, organisme, membre.personne, show, here)


@gate.cabinet(Action.MANAGE_DISPONIBILITES)
@require_POST
def retirer(request: Requete, organisme: Any, exception_id: Any) -> HttpResponse:
    found = get_exception(request.user, organisme, exception_id)
    consultant = found.consultant_id
    remove_exception(exception=found, by=request.user, now=request.now)
    messages.success(request, "Ces jours redeviennent comme les autres.")
    if consultant is None:
        return redirect("organisme_disponibilites")
    return redirect("organisme_disponibilite", consultant)


urls = [
    path("disponibilites/", liste, name="organisme_disponibilites"),
    path("disponibilites/<uuid:personne_id>/", modifier, name="organisme_disponibilite"),
    path(
        "disponibilites/exceptions/<uuid:exception_id>/retirer/", retirer, name="organisme_exception_retirer"
    ),
]
