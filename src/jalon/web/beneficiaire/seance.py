"""The person's séances: to come, to sign for herself, her own personal work."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.seance import get_seance, list_seances
from jalon.actions.seance import declare_travail, shown_fingerprint
from jalon.domain.horaire import nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Phase
from jalon.web import gate, presence, refus
from jalon.web.horaire import MINUTES_DE_TRAVAIL, HoraireForm
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue, split, views_of
from jalon.web.templatetags.cadre import situation_of


class TravailForm(HoraireForm):
    """When she worked, for how long, for which phase. What she did is nowhere here."""

    duree = forms.TypedChoiceField(label="Pendant combien de temps ?", coerce=int, choices=MINUTES_DE_TRAVAIL)
    phase = forms.ChoiceField(label="Pour quelle phase ?", choices=[(p.value, p.label) for p in LEGAL_PHASES])

    field_order = ("phase", "jour", "debut", "duree")


@gate.bilan(Action.VIEW_SEANCES)
def seances(request: Requete, bilan: Any) -> HttpResponse:
    rows = views_of(list_seances(request.user, bilan), bilan, space="beneficiaire", now=request.now)
    situation = situation_of(request, bilan)
    return render(
        request, "beneficiaire/seances.html", {"bilan": bilan, "situation": situation, **split(rows)}
    )


@gate.bilan(Action.VIEW_SEANCES)
def seance(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    return _page(request, bilan, get_seance(request.user, bilan, seance_id))


@gate.bilan(Action.SIGN_BENEFICIAIRE)
@require_POST
def signer(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    later = presence.answered_later(request, lambda: presence.sign(request, found))
    if later is not None:
        return later
    try:
        presence.sign(request, found)
    except Refused as refused:
        return _page(request, bilan, get_seance(request.user, bilan, seance_id), refused)
    messages.success(request, "Vous avez signé cette séance.")
    return redirect("beneficiaire_seances", bilan.pk)


@gate.bilan(Action.SIGN_BENEFICIAIRE)
def travail(request: Requete, bilan: Any) -> HttpResponse:
    now = request.now.astimezone(ZoneInfo(bilan.fuseau))
    phase = bilan.etat if bilan.etat in {p.value for p in LEGAL_PHASES} else Phase.INVESTIGATION
    form = TravailForm(request.POST or None, initial={"jour": now.date(), "phase": phase})
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            debut, fin = form.moments(bilan.fuseau)
            declare_travail(
                bilan=bilan,
                phase=Phase(form.cleaned_data["phase"]),
                debut=debut,
                fin=fin,
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "Votre temps de travail est noté et signé.")
            return redirect("beneficiaire_seances", bilan.pk)
    context = {
        "bilan": bilan,
        "form": form,
        "obstacles_trouves": obstacles,
        "ville": nom_du_fuseau(bilan.fuseau),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "beneficiaire/seance_travail.html", context, status=status)


def _page(request: Requete, bilan: Any, found: Any, refused: Refused | None = None) -> HttpResponse:
    vue = SeanceVue(found, bilan, "beneficiaire", request.now)
    context = {
        "bilan": bilan,
        "rdv": vue,
        "empreinte": shown_fingerprint(found) if vue.a_signer else "",
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "beneficiaire/seance.html", context, status=422 if refused else 200)


urls = [
    path("<uuid:bilan_id>/seances/", seances, name="beneficiaire_seances"),
    path("<uuid:bilan_id>/seances/travail/", travail, name="beneficiaire_seance_travail"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/", seance, name="beneficiaire_seance"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/signer/", signer, name="beneficiaire_seance_signer"),
]
