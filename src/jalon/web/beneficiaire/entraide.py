"""To be asked by others after one's own journey, or to ask somebody who has been there: words are relayed, addresses never."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.reseau import (
    get_echange,
    get_joignable,
    list_echanges,
    list_joignables,
    my_ressource,
)
from jalon.actions.reseau import ask_ressource, close_relation, join_reseau, leave_reseau, reply
from jalon.domain.bilan import RUNNING, Etat
from jalon.domain.obstacle import Refused
from jalon.domain.reseau import DUREE_MOIS, TEXTE_MAX, Sujet
from jalon.web import gate
from jalon.web.requete import Requete


class SujetsForm(forms.Form):
    sujets = forms.MultipleChoiceField(
        label="Sur quoi voulez-vous bien répondre ?",
        choices=[(s.value, s.label) for s in Sujet],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un sujet."},
    )


class MessageForm(forms.Form):
    texte = forms.CharField(
        label="Votre message",
        widget=forms.Textarea,
        max_length=TEXTE_MAX,
        error_messages={"required": "Écrivez votre message."},
    )


def _page(
    request: Requete, bilan: Any, *, refused: Refused | None = None, sujets: Any = None, bad: Any = None
) -> HttpResponse:
    mine = my_ressource(request.user, bilan)
    target, form = bad or (None, None)

    def form_of(pk: Any) -> MessageForm:
        return form if form is not None and str(pk) == target else MessageForm(auto_id=f"%s-{pk}")

    context = {
        "bilan": bilan,
        "mienne": mine,
        "sujets_choisis": [s.label for s in Sujet if mine is not None and s.value in mine.sujets],
        "peut_rejoindre": bilan.etat in (Etat.CONCLUSIONS, Etat.TERMINE),
        "peut_demander": bilan.etat in RUNNING,
        "mois": DUREE_MOIS,
        "sujets_form": sujets or SujetsForm(),
        "joignables": [(j, form_of(j.ressource.pk)) for j in list_joignables(request.user, bilan)],
        "echanges": [(e, form_of(e.relation.pk)) for e in list_echanges(request.user, bilan)],
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(
        request, "beneficiaire/entraide.html", context, status=422 if refused or sujets or bad else 200
    )


@gate.bilan(Action.JOIN_RESEAU)
def entraide(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.JOIN_RESEAU)
@require_POST
def rejoindre(request: Requete, bilan: Any) -> HttpResponse:
    form = SujetsForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, sujets=form)
    try:
        join_reseau(bilan=bilan, sujets=form.cleaned_data["sujets"], by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "Merci. Vous pouvez en sortir à tout moment, et c’est immédiat.")
    return redirect("beneficiaire_entraide", bilan.pk)


@gate.bilan(Action.JOIN_RESEAU)
@require_POST
def quitter(request: Requete, bilan: Any) -> HttpResponse:
    mine = my_ressource(request.user, bilan)
    if mine is not None:
        leave_reseau(ressource=mine, by=request.user, now=request.now)
    messages.success(request, "C’est fait : plus personne ne peut vous écrire par ici.")
    return redirect("beneficiaire_entraide", bilan.pk)


@gate.bilan(Action.ASK_RESEAU)
@require_POST
def demander(request: Requete, bilan: Any, ressource_id: Any) -> HttpResponse:
    found = get_joignable(request.user, bilan, ressource_id)
    form = MessageForm(request.POST, auto_id=f"%s-{ressource_id}")
    if not form.is_valid():
        return _page(request, bilan, bad=(str(ressource_id), form))
    try:
        ask_ressource(
            bilan=bilan,
            ressource=found.ressource,
            texte=form.cleaned_data["texte"],
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        return _page(request, bilan, refused=refused, bad=(str(ressource_id), form))
    messages.success(request, "Votre message est transmis. La réponse s’affichera ici.")
    return redirect("beneficiaire_entraide", bilan.pk)


@gate.bilan(Action.JOIN_RESEAU)
@require_POST
def repondre(request: Requete, bilan: Any, relation_id: Any, geste: str) -> HttpResponse:
    found = get_echange(request.user, bilan, relation_id)
    if geste == "fermer":
        close_relation(relation=found.relation, by=request.user, now=request.now)
        messages.success(request, "L’échange est fermé, et ses messages effacés.")
        return redirect("beneficiaire_entraide", bilan.pk)
    if geste != "repondre":
        raise Http404
    form = MessageForm(request.POST, auto_id=f"%s-{relation_id}")
    if not form.is_valid():
        return _page(request, bilan, bad=(str(relation_id), form))
    try:
        reply(relation=found.relation, texte=form.cleaned_data["texte"], by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused, bad=(str(relation_id), form))
    messages.success(request, "Votre message est transmis.")
    return redirect("beneficiaire_entraide", bilan.pk)


_BASE = "<uuid:bilan_id>/entraide/"
urls = [
    path(_BASE, entraide, name="beneficiaire_entraide"),
    path(f"{_BASE}rejoindre/", rejoindre, name="beneficiaire_entraide_rejoindre"),
    path(f"{_BASE}quitter/", quitter, name="beneficiaire_entraide_quitter"),
    path(f"{_BASE}demander/<uuid:ressource_id>/", demander, name="beneficiaire_entraide_demander"),
    *(
        path(
            f"{_BASE}<uuid:relation_id>/{geste}/",
            repondre,
            {"geste": geste},
            name=f"beneficiaire_entraide_{geste}",
        )
        for geste in ("repondre", "fermer")
    ),
]
