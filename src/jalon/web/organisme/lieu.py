"""Places: where people come, and how accessible each really is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.cabinet import get_lieu, list_lieux
from jalon.actions.lieu import add_lieu, update_lieu
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import ligne, oui, texte
from jalon.web.requete import Requete


class LieuForm(forms.Form):
    nom = ligne(
        "Nom du lieu", 100, aide="Pour le reconnaître dans une liste.", manque="Donnez un nom à ce lieu."
    )
    adresse = ligne("Adresse complète", 300, manque="Donnez l’adresse : la personne doit pouvoir venir.")
    accessibilite = texte(
        "Accessibilité",
        1000,
        aide="Marches, largeur des portes, ascenseur, toilettes, places proches, transports, calme. "
        "Dites aussi ce qui manque : la personne choisira en le sachant.",
    )


class LieuModifieForm(LieuForm):
    actif = oui("Ce lieu sert encore", "Décoché, il n’est plus proposé ; les séances passées le gardent.")


@gate.cabinet(Action.VIEW_CABINET)
def lieux(request: Requete, organisme: Any) -> HttpResponse:
    return page(request, organisme, "lieux", {"lieux": list_lieux(organisme, actifs=False)})


@gate.cabinet(Action.MANAGE_CABINET)
def ajouter(request: Requete, organisme: Any) -> HttpResponse:
    form = LieuForm(request.POST or None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            add_lieu(organisme=organisme, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Le lieu est ajouté.")
            return redirect("organisme_lieux")
    context = {"form": form, "obstacles_trouves": found, "lieu": None}
    return page(request, organisme, "lieu", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.MANAGE_CABINET)
def modifier(request: Requete, organisme: Any, lieu_id: Any) -> HttpResponse:
    lieu = get_lieu(Action.MANAGE_CABINET, request.user, lieu_id)
    initial = {field: getattr(lieu, field) for field in ("nom", "adresse", "accessibilite", "actif")}
    form = LieuModifieForm(request.POST or None, initial=initial)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            update_lieu(lieu=lieu, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Le lieu est modifié.")
            return redirect("organisme_lieux")
    context = {"form": form, "obstacles_trouves": found, "lieu": lieu}
    return page(request, organisme, "lieu", context, status=422 if request.method == "POST" else 200)


urls = [
    path("lieux/", lieux, name="organisme_lieux"),
    path("lieux/ajouter/", ajouter, name="organisme_lieu_ajouter"),
    path("lieux/<uuid:lieu_id>/", modifier, name="organisme_lieu"),
]
