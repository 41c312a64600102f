"""The library of exercises: shipped, the cabinet's, one's own; in and out as files with their method sheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.exercice import get_exercice, get_own_exercice, list_own_exercices
from jalon.actions.exercice import deposit_exercice, share_exercice, withdraw_exercice
from jalon.domain.obstacle import Obstacle, Refused
from jalon.instruments import Theme, library
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.instrument import DepotForm
from jalon.web.requete import Requete


class DepotExerciceForm(DepotForm):
    partage = forms.BooleanField(
        label="Le partager tout de suite avec le cabinet",
        required=False,
        help_text="Sinon, vous seul ou vous seule pouvez le proposer.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fichier"].help_text = "Un fichier .toml, au format des exercices de la bibliothèque."


@gate.cabinet(Action.VIEW_CABINET)
def exercices(request: Requete, organisme: Any) -> HttpResponse:
    return _page(request, organisme)


def _page(
    request: Requete,
    organisme: Any,
    form: DepotExerciceForm | None = None,
    obstacles: tuple[Obstacle, ...] = (),
) -> HttpResponse:
    shelves = [
        {"nom": theme.label, "exercices": [e for e in library().values() if e.theme == theme]}
        for theme in Theme
    ]
    context = {
        "themes": [shelf for shelf in shelves if shelf["exercices"]],
        "propres": list_own_exercices(request.user, organisme),
        "form": form or DepotExerciceForm(prefix="exercice"),
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "exercices", context, status=422 if form or obstacles else 200)


@gate.cabinet(Action.VIEW_CABINET)
def fiche(request: Requete, organisme: Any, code: str) -> HttpResponse:
    """The method sheet and the steps, to read or to print."""
    exercice, _ = get_exercice(request.user, organisme, code)
    return page(request, organisme, "exercice", {"exercice": exercice})


@gate.cabinet(Action.VIEW_CABINET)
def exporter(request: Requete, organisme: Any, code: str) -> HttpResponse:
    exercice, octets = get_exercice(request.user, organisme, code)
    response = HttpResponse(octets, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{exercice.code}-{exercice.version}.toml"'
    return response


@gate.cabinet(Action.MANAGE_EXERCICES)
def deposer(request: Requete, organisme: Any) -> HttpResponse:
    if request.method != "POST":
        return redirect("organisme_exercices")
    form = DepotExerciceForm(request.POST, request.FILES, prefix="exercice")
    if form.is_valid():
        sent = form.cleaned_data["fichier"]
        try:
            row = deposit_exercice(
                organisme=organisme,
                nom_fichier=sent.name or "fichier.toml",
                octets=sent.read(),
                partage=form.cleaned_data["partage"],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            refus.put_on(form, refused)
        else:
            messages.success(request, "L’exercice est dans la bibliothèque : il peut être proposé.")
            return redirect("organisme_exercice", row.code)
    return _page(request, organisme, form)


@gate.cabinet(Action.MANAGE_EXERCICES)
@require_POST
def partager(request: Requete, organisme: Any, exercice_id: Any) -> HttpResponse:
    row = get_own_exercice(Action.MANAGE_EXERCICES, request.user, exercice_id)
    try:
        share_exercice(exercice=row, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, organisme, obstacles=refused.obstacles)
    messages.success(request, "Tout le cabinet peut maintenant proposer cet exercice.")
    return redirect("organisme_exercices")


@gate.cabinet(Action.MANAGE_EXERCICES)
@require_POST
def retirer(request: Requete, organisme: Any, exercice_id: Any) -> HttpResponse:
    row = get_own_exercice(Action.MANAGE_EXERCICES, request.user, exercice_id)
    withdraw_exercice(exercice=row, by=request.user, now=request.now)
    messages.success(request, "Il n’est plus proposé. Les travaux déjà donnés le gardent.")
    return redirect("organisme_exercices")


urls = [
    path("exercices/", exercices, name="organisme_exercices"),
    path("exercices/deposer/", deposer, name="organisme_exercice_deposer"),
    path("exercices/<uuid:exercice_id>/partager/", partager, name="organisme_exercice_partager"),
    path("exercices/<uuid:exercice_id>/retirer/", retirer, name="organisme_exercice_retirer"),
    path("exercices/<slug:code>/", fiche, name="organisme_exercice"),
    path("exercices/<slug:code>/fichier/", exporter, name="organisme_exercice_exporter"),
]
