"""Around one séance, for the consultant: why it did not take place, the person's presence by a code, signed hours put right."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.seance import get_seance
from jalon.actions.presence import correct_seance, send_presence_code, sign_by_code
from jalon.actions.seance import cancel_seance
from jalon.domain.financement import Financement
from jalon.domain.horaire import instant, nom_du_fuseau
from jalon.domain.issue import APRES, AVANT, Issue, effets
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.presence import MotifCorrection
from jalon.domain.seance import EtatSeance
from jalon.web import gate, refus
from jalon.web.compte.formulaires import code_field
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue


class CodeForm(forms.Form):
    sur_place = forms.ChoiceField(
        label="Où est la personne ?",
        choices=[("oui", "Ici, avec moi"), ("non", "À distance : elle me dicte le code")],
        widget=forms.RadioSelect,
        initial="oui",
    )
    code = code_field("Le code qu’elle a reçu", "Huit chiffres. Le tiret ne compte pas.")


class CorrigerForm(forms.Form):
    jour = forms.DateField(label="Jour")
    debut_reel = forms.TimeField(label="Début réel")
    fin_reelle = forms.TimeField(label="Fin réelle")
    motif = forms.ChoiceField(
        label="Pourquoi les horaires changent-ils ?",
        choices=[("", "Choisissez"), *((m.value, m.label) for m in MotifCorrection)],
    )


def _show(
    request: Requete, bilan: Any, found: Any, name: str, obstacles: Any = (), **more: Any
) -> HttpResponse:
    context = {
        "bilan": bilan,
        "rdv": SeanceVue(found, bilan, "consultant", request.now),
        "ville": nom_du_fuseau(bilan.fuseau),
        "obstacles_trouves": obstacles,
        **more,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"consultant/{name}.html", context, status=status)


@gate.bilan(Action.PLAN_SEANCE)
def issue(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    """Each reason with what it leaves of the hours and of the money, before the click."""
    found = get_seance(request.user, bilan, seance_id)
    if found.etat != EtatSeance.PREVUE:
        raise Http404
    past = found.debut <= request.now
    reasons = APRES if past else AVANT
    obstacles: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("issue") not in set(reasons):
                raise Refused(Obstacle("Choisissez pourquoi la séance n’a pas lieu.", code="issue"))
            cancel_seance(
                seance=found,
                absence=past,
                issue=Issue(request.POST["issue"]),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refused.obstacles
        else:
            messages.success(request, "C’est noté. Le temps prévu redevient libre.")
            return redirect("consultant_seance", bilan.pk, found.pk)
    voie = Financement(bilan.financement) if bilan.financement in set(Financement) else None
    told = [{"issue": one, "effets": effets(one, voie)} for one in reasons]
    return _show(request, bilan, found, "seance_issue", obstacles, motifs=told, passe=past)


@gate.bilan(Action.SIGN_CONSULTANT)
@require_POST
def envoyer_code(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    try:
        send_presence_code(seance=found, by=request.user, now=request.now)
    except Refused as refused:
        return _show(request, bilan, found, "seance_code", refused.obstacles, form=None)
    messages.success(request, "Le code est parti à l’adresse de la personne. Il vaut un quart d’heure.")
    return redirect("consultant_seance_code", bilan.pk, found.pk)


@gate.bilan(Action.SIGN_CONSULTANT)
def code(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    if not SeanceVue(found, bilan, "consultant", request.now).attend_l_autre:
        return redirect("consultant_seance", bilan.pk, found.pk)
    form = CodeForm(request.POST or None)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            sign_by_code(
                seance=found,
                code=form.cleaned_data["code"],
                sur_place=form.cleaned_data["sur_place"] == "oui",
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "La personne a signé, par le code qu’elle a reçu.")
            return redirect("consultant_seance", bilan.pk, found.pk)
    return _show(request, bilan, found, "seance_code", obstacles, form=form)


@gate.bilan(Action.HOLD_SEANCE)
def corriger(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    vue = SeanceVue(found, bilan, "consultant", request.now)
    if not vue.tenue or vue.travail:
        raise Http404
    place = ZoneInfo(bilan.fuseau)
    start, end = vue.debut.astimezone(place), vue.fin.astimezone(place)
    form = CorrigerForm(
        request.POST or None,
        initial={"jour": start.date(), "debut_reel": start.time(), "fin_reelle": end.time()},
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_seance(
                seance=found,
                debut_reel=instant(said["jour"], said["debut_reel"], bilan.fuseau, field="debut_reel"),
                fin_reelle=instant(said["jour"], said["fin_reelle"], bilan.fuseau, field="fin_reelle"),
                motif=MotifCorrection(said["motif"]),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "Les horaires sont corrigés. Signez tous les deux de nouveau.")
            return redirect("consultant_seance", bilan.pk, found.pk)
    return _show(request, bilan, found, "seance_corriger", obstacles, form=form)


_BASE = "<uuid:bilan_id>/seances/<uuid:seance_id>/"
urls = [
    path(f"{_BASE}issue/", issue, name="consultant_seance_issue"),
    path(f"{_BASE}code/", code, name="consultant_seance_code"),
    path(f"{_BASE}code/envoyer/", envoyer_code, name="consultant_seance_code_envoyer"),
    path(f"{_BASE}corriger/", corriger, name="consultant_seance_corriger"),
]
