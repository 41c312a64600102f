"""The shelf of the trade: sites, guides, videos that serve again from one bilan to the next. Nothing of anybody accompanied."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.exercice import get_ressource, list_etagere
from jalon.actions.etagere import withdraw_ressource, write_ressource
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.ecrits.etagere import GENRES
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import choix, ligne, oui, texte
from jalon.web.requete import Requete


class RessourceForm(forms.Form):
    titre = ligne("Ce que c’est", 200, manque="Donnez un titre à cette ressource.")
    genre = choix("Genre", [pair for pair in GENRES.items() if pair[0] != "fichier"])
    adresse = forms.URLField(
        label="Son adresse",
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": "Cette adresse n’est pas complète : elle commence par https://."},
    )
    pourquoi = texte(
        "Pourquoi c’est utile",
        1000,
        aide="Proposé tel quel quand vous la posez dans un dossier, et modifiable là.",
    )
    partagee = oui("La partager avec le cabinet", "Sinon, elle reste sur votre étagère à vous.")


@gate.cabinet(Action.MANAGE_ETAGERE)
def etagere(request: Requete, organisme: Any) -> HttpResponse:
    return _edit(request, organisme, None)


@gate.cabinet(Action.MANAGE_ETAGERE)
def modifier(request: Requete, organisme: Any, ressource_id: Any) -> HttpResponse:
    return _edit(request, organisme, get_ressource(Action.MANAGE_ETAGERE, request.user, ressource_id))


def _edit(request: Requete, organisme: Any, row: Any) -> HttpResponse:
    names = ("titre", "genre", "adresse", "pourquoi", "partagee")
    form = RessourceForm(request.POST or None, initial={n: getattr(row, n) for n in names} if row else None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            write_ressource(
                organisme=organisme, ressource=row, by=request.user, now=request.now, **form.cleaned_data
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "C’est sur l’étagère.")
            return redirect("organisme_etagere")
    context = {
        "ressources": list_etagere(request.user, organisme),
        "form": form,
        "modifiee": row,
        "obstacles_trouves": found,
    }
    return page(request, organisme, "etagere", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.MANAGE_ETAGERE)
@require_POST
def retirer(request: Requete, organisme: Any, ressource_id: Any) -> HttpResponse:
    row = get_ressource(Action.MANAGE_ETAGERE, request.user, ressource_id)
    withdraw_ressource(ressource=row, by=request.user, now=request.now)
    messages.success(request, "C’est retiré. Les copies posées dans des dossiers y restent.")
    return redirect("organisme_etagere")


urls = [
    path("etagere/", etagere, name="organisme_etagere"),
    path("etagere/<uuid:ressource_id>/", modifier, name="organisme_etagere_modifier"),
    path("etagere/<uuid:ressource_id>/retirer/", retirer, name="organisme_etagere_retirer"),
]
