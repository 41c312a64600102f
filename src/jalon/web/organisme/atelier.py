"""Moments of group: fixed once, then each person inscribed. The page is the consultant's and the desk's, never a participant's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.cabinet import list_lieux
from jalon.access.disponibilite import list_consultants
from jalon.access.planning import get_atelier, list_ateliers, list_candidats, list_inscrits
from jalon.actions.atelier import PLACES_MAX, cancel_atelier, join_atelier, plan_atelier
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Phase
from jalon.domain.seance import Modalite
from jalon.web import gate, refus
from jalon.web.horaire import HoraireForm
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


class AtelierForm(HoraireForm):
    consultant = forms.ChoiceField(label="Animé par")
    phase = forms.ChoiceField(label="Dans quelle phase ?", choices=[(p.value, p.label) for p in LEGAL_PHASES])
    modalite = forms.ChoiceField(
        label="Comment ?", choices=[(m.value, m.label) for m in Modalite], widget=forms.RadioSelect
    )
    lieu = forms.ChoiceField(label="Où ?", required=False, help_text="Pour un groupe en présence.")
    places = forms.IntegerField(
        label="Combien de personnes, au plus ?",
        min_value=2,
        max_value=PLACES_MAX,
        error_messages={
            "required": "Donnez un nombre.",
            "min_value": "Deux au moins.",
            "max_value": f"{PLACES_MAX} au plus.",
            "invalid": "Écrivez un nombre, en chiffres.",
        },
    )
    field_order = ("consultant", "phase", "jour", "debut", "duree", "modalite", "lieu", "places")

    def __init__(self, people: list[Any], lieux: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        self.lieux = {str(x.pk): x for x in lieux}
        self.fields["consultant"].choices = [(k, p.nom_complet) for k, p in self.people.items()]  # type: ignore[attr-defined]
        self.fields["lieu"].choices = [("", "Choisissez"), *((k, x.nom) for k, x in self.lieux.items())]  # type: ignore[attr-defined]


class InscrireForm(forms.Form):
    bilan = forms.ChoiceField(label="Qui ?", error_messages={"required": "Choisissez une personne."})

    def __init__(self, bilans: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bilans = {str(b.pk): b for b in bilans}
        self.fields["bilan"].choices = [  # type: ignore[attr-defined]
            (k, f"{b.beneficiaire.nom_complet}, {b.numero}") for k, b in self.bilans.items()
        ]


@gate.cabinet(Action.PLAN_ATELIER)
def ateliers(request: Requete, organisme: Any) -> HttpResponse:
    everybody = access.can(Action.VIEW_PLANNING, request.user, organisme)
    people = [
        m.personne for m, _, _ in list_consultants(organisme) if everybody or m.personne == request.user
    ]
    form = AtelierForm(
        people, list_lieux(organisme), request.POST or None, initial={"duree": 180, "places": 6}
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            debut, fin = form.moments(organisme.fuseau)
            made = plan_atelier(
                organisme=organisme,
                consultant=form.people[said["consultant"]],
                phase=Phase(said["phase"]),
                modalite=Modalite(said["modalite"]),
                lieu=form.lieux.get(said["lieu"]),
                debut=debut,
                fin=fin,
                places=said["places"],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "Le groupe est prévu. Inscrivez maintenant les personnes.")
            return redirect("organisme_atelier", made.pk)
    context = {
        "ateliers": list_ateliers(request.user, organisme, request.now),
        "form": form,
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "ateliers", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.PLAN_ATELIER)
def atelier(request: Requete, organisme: Any, atelier_id: Any) -> HttpResponse:
    found = get_atelier(request.user, organisme, atelier_id)
    form = InscrireForm(list_candidats(request.user, found), request.POST or None)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            join_atelier(
                atelier=found, bilan=form.bilans[form.cleaned_data["bilan"]], by=request.user, now=request.now
            )
        except Refused as refused:
            # Full, the form is no longer there to carry it.
            obstacles = list(refused.obstacles)
        else:
            messages.success(request, "La personne est inscrite : elle a sa propre séance.")
            return redirect("organisme_atelier", found.pk)
    inscrits = list_inscrits(request.user, found)
    context = {
        "atelier": found,
        "inscrits": inscrits,
        "form": form if form.bilans and len(inscrits) < found.places else None,
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "atelier", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.PLAN_ATELIER)
@require_POST
def annuler(request: Requete, organisme: Any, atelier_id: Any) -> HttpResponse:
    found = get_atelier(request.user, organisme, atelier_id)
    try:
        cancel_atelier(atelier=found, by=request.user, now=request.now)
    except Refused as refused:
        messages.error(request, " ".join(o.sentence for o in refused.obstacles))
        return redirect("organisme_atelier", found.pk)
    messages.success(request, "Le groupe est annulé, pour chaque personne inscrite.")
    return redirect("organisme_ateliers")


urls = [
    path("ateliers/", ateliers, name="organisme_ateliers"),
    path("ateliers/<uuid:atelier_id>/", atelier, name="organisme_atelier"),
    path("ateliers/<uuid:atelier_id>/annuler/", annuler, name="organisme_atelier_annuler"),
]
