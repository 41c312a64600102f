"""The employer's link of one dossier, and what the cabinet notes of it on paper. It exists only where the route gives it a part."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import get_convention
from jalon.access.employeur import read_acces
from jalon.actions.convention import transmit_convention
from jalon.actions.employeur import close_employeur, open_employeur, send_again
from jalon.domain.financement import WITH_EMPLOYER
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.papier import papers_page
from jalon.web.organisme.saisie import courriel, ligne
from jalon.web.requete import Requete


class LienForm(forms.Form):
    prenom = ligne("Prénom", 100)
    nom = ligne("Nom", 100, manque="Donnez le nom de la personne qui signe pour l’employeur.")
    fonction = ligne(
        "Fonction",
        100,
        aide="Elle est écrite sur la convention, par exemple « directrice des ressources humaines ».",
    )
    courriel = courriel(
        "Adresse électronique",
        aide="Le lien et les codes y sont envoyés. Sans adresse, tout se fait sur papier.",
    )


@gate.bilan(Action.OPEN_EMPLOYEUR)
def employeur(request: Requete, bilan: Any) -> HttpResponse:
    if bilan.financement not in WITH_EMPLOYER:
        raise Http404
    form = LienForm(request.POST or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            acces = open_employeur(bilan=bilan, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(
                request,
                "Le lien est envoyé. L’employeur y entre par un code, sans ouvrir de compte."
                if acces.courriel
                else "Le nom est noté ; avec cet employeur, tout se fait sur papier.",
            )
            return redirect("organisme_papiers", bilan.pk)
    context = {"bilan": bilan, "form": form, "acces": read_acces(bilan), "obstacles_trouves": found}
    return page(
        request, bilan.organisme, "employeur", context, status=422 if request.method == "POST" else 200
    )


def _open_link(bilan: Any) -> Any:
    acces = read_acces(bilan)
    if acces is None:
        raise Http404
    acces.bilan = bilan
    return acces


@gate.bilan(Action.OPEN_EMPLOYEUR)
@require_POST
def renvoyer(request: Requete, bilan: Any) -> HttpResponse:
    try:
        send_again(acces=_open_link(bilan), by=request.user, now=request.now)
    except Refused as refused:
        return papers_page(request, bilan, refused, "Le lien n’est pas envoyé")
    messages.success(request, "Le lien est envoyé de nouveau ; c’est le même.")
    return redirect("organisme_papiers", bilan.pk)


@gate.bilan(Action.OPEN_EMPLOYEUR)
@require_POST
def fermer(request: Requete, bilan: Any) -> HttpResponse:
    close_employeur(acces=_open_link(bilan), by=request.user, now=request.now)
    messages.success(request, "Le lien est fermé : il n’ouvre plus rien.")
    return redirect("organisme_papiers", bilan.pk)


class TransmiseForm(forms.Form):
    jour = forms.DateField()
    heure = forms.TimeField(required=False)


@gate.bilan(Action.OPEN_EMPLOYEUR)
@require_POST
def transmise(request: Requete, bilan: Any, convention_id: Any) -> HttpResponse:
    """The employer handed the project over on paper: the cabinet notes its day, never another's decision."""
    form = TransmiseForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(Obstacle("Donnez le jour où l’employeur a remis le projet.", code="jour"))
        place = ZoneInfo(bilan.fuseau)
        hour = form.cleaned_data["heure"]
        moment = datetime.combine(form.cleaned_data["jour"], hour or datetime.min.time(), tzinfo=place)
        if hour is None:
            # Only a day is known: its end, so that nobody loses an hour of the ten days. Never in the future.
            moment = min(moment + timedelta(days=1) - timedelta(minutes=1), max(moment, request.now))
        transmit_convention(
            convention=get_convention(request.user, bilan, convention_id),
            by=request.user,
            now=request.now,
            transmise_le=moment,
        )
    except Refused as refused:
        return papers_page(request, bilan, refused, "La transmission n’est pas notée")
    messages.success(request, "La transmission est notée : les dix jours de la personne courent.")
    return redirect("organisme_papiers", bilan.pk)


urls = [
    path("dossiers/<uuid:bilan_id>/employeur/", employeur, name="organisme_employeur"),
    path("dossiers/<uuid:bilan_id>/employeur/renvoyer/", renvoyer, name="organisme_employeur_renvoyer"),
    path("dossiers/<uuid:bilan_id>/employeur/fermer/", fermer, name="organisme_employeur_fermer"),
    path(
        "dossiers/<uuid:bilan_id>/employeur/transmise/<uuid:convention_id>/",
        transmise,
        name="organisme_employeur_transmise",
    ),
]
