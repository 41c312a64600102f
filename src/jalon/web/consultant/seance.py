"""Séances of one bilan, for the consultant: plan, move, cancel, say what took place, sign, copy a paper signature."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.seance import get_lieu, get_seance, list_lieux, list_seances
from jalon.actions.seance import (
    cancel_seance,
    enter_paper_signature,
    hold_seance,
    move_seance,
    plan_seance,
    shown_fingerprint,
)
from jalon.actions.visio import read_link
from jalon.domain.bilan import CLOSED
from jalon.domain.horaire import instant, nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Nature, Phase
from jalon.domain.seance import Modalite
from jalon.web import gate, presence, refus
from jalon.web.horaire import HoraireForm
from jalon.web.requete import Requete
from jalon.web.seances import SeanceVue, split, views_of
from jalon.web.templatetags.cadre import situation_of


class DeplacerForm(HoraireForm):
    """When and where. Only one of place and link is kept: that of the modality."""

    modalite = forms.ChoiceField(
        label="Comment ?", choices=[(m.value, m.label) for m in Modalite], widget=forms.RadioSelect
    )
    lieu = forms.ChoiceField(label="Où ?", required=False, help_text="Pour une séance en présence.")
    visio_lien = forms.URLField(
        label="Lien de visio",
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text="Pour une séance en visio. Choisissez un lien dont le nom ne dit rien de l’accompagnement.",
    )

    def __init__(self, bilan: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lieu"].choices = [("", "Choisissez")] + [  # type: ignore[attr-defined]
            (str(lieu.pk), f"{lieu.nom}, {lieu.adresse}") for lieu in list_lieux(bilan)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("modalite") == Modalite.PRESENTIEL and not said.get("lieu"):
            self.add_error("lieu", "Choisissez le lieu : la personne doit savoir où venir.")
        return said

    def place(self, bilan: Any) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "modalite": Modalite(said["modalite"]),
            "lieu": get_lieu(bilan, said["lieu"]) if said["lieu"] else None,
            "visio_lien": said["visio_lien"],
        }


class PrevoirForm(DeplacerForm):
    phase = forms.ChoiceField(label="Dans quelle phase ?", choices=[(p.value, p.label) for p in Phase])
    collectif = forms.BooleanField(
        label="C’est un moment de groupe",
        required=False,
        help_text="Les personnes ne voient l’une de l’autre que le prénom.",
    )

    field_order = ("phase", "jour", "debut", "duree", "modalite", "lieu", "visio_lien", "collectif")


class TenirForm(forms.Form):
    """The real times, as they were: what both will sign."""

    jour = forms.DateField(label="Jour")
    debut_reel = forms.TimeField(label="Début réel")
    fin_reelle = forms.TimeField(label="Fin réelle")


@gate.bilan(Action.MOVE_BILAN)
def seances(request: Requete, bilan: Any) -> HttpResponse:
    rows = views_of(list_seances(request.user, bilan), bilan, space="consultant", now=request.now)
    situation = situation_of(request, bilan)
    context = {"bilan": bilan, "situation": situation, **split(rows)}
    return render(request, "consultant/seances.html", context)


@gate.bilan(Action.PLAN_SEANCE)
def prevoir(request: Requete, bilan: Any) -> HttpResponse:
    form = PrevoirForm(bilan, request.POST or None, initial=_proposal(request, bilan))
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        phase = Phase(form.cleaned_data["phase"])
        try:
            debut, fin = form.moments(bilan.fuseau)
            planned = plan_seance(
                bilan=bilan,
                phase=phase,
                nature=Nature.SUIVI if phase == Phase.SUIVI else Nature.ACCOMPAGNEMENT,
                debut=debut,
                fin=fin,
                by=request.user,
                now=request.now,
                collectif=form.cleaned_data["collectif"],
                **form.place(bilan),
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "La séance est prévue. La personne la voit dans son espace.")
            return redirect("consultant_seance", bilan.pk, planned.pk)
    context = {
        "bilan": bilan,
        "form": form,
        "obstacles_trouves": obstacles,
        "situation": situation_of(request, bilan),
        "ville": nom_du_fuseau(bilan.fuseau),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultant/seance_prevoir.html", context, status=status)


@gate.bilan(Action.MOVE_BILAN)
def seance(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    return _page(request, bilan, get_seance(request.user, bilan, seance_id))


@gate.bilan(Action.PLAN_SEANCE)
def deplacer(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    place = ZoneInfo(bilan.fuseau)
    form = DeplacerForm(
        bilan,
        request.POST or None,
        initial={
            "jour": found.debut.astimezone(place).date(),
            "debut": found.debut.astimezone(place).time(),
            "duree": round((found.fin - found.debut).total_seconds() / 60),
            "modalite": found.modalite,
            "lieu": str(found.lieu_id or bilan.lieu_id or ""),
            "visio_lien": read_link(found, by=request.user),
        },
    )
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            debut, fin = form.moments(bilan.fuseau)
            move_seance(
                seance=found, debut=debut, fin=fin, by=request.user, now=request.now, **form.place(bilan)
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "La séance est déplacée.")
            return redirect("consultant_seance", bilan.pk, found.pk)
    context = {
        "bilan": bilan,
        "seance": found,
        "form": form,
        "obstacles_trouves": obstacles,
        "situation": situation_of(request, bilan),
        "ville": nom_du_fuseau(bilan.fuseau),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultant/seance_deplacer.html", context, status=status)


@gate.bilan(Action.PLAN_SEANCE)
@require_POST
def annuler(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    absence = request.POST.get("absence") == "oui"
    said = "L’absence est notée." if absence else "La séance est annulée."
    return _act(
        request,
        bilan,
        seance_id,
        lambda found: cancel_seance(seance=found, absence=absence, by=request.user, now=request.now),
        said,
    )


@gate.bilan(Action.HOLD_SEANCE)
@require_POST
def tenir(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    form = TenirForm(request.POST, prefix="tenir")
    obstacles: list[Obstacle] = []
    if form.is_valid():
        said = form.cleaned_data
        try:
            hold_seance(
                seance=found,
                debut_reel=instant(said["jour"], said["debut_reel"], bilan.fuseau, field="debut_reel"),
                fin_reelle=instant(said["jour"], said["fin_reelle"], bilan.fuseau, field="fin_reelle"),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "Les horaires sont notés : chacun peut maintenant signer.")
            return redirect("consultant_seance", bilan.pk, found.pk)
    return _page(request, bilan, get_seance(request.user, bilan, seance_id), obstacles, tenir=form)


@gate.bilan(Action.SIGN_CONSULTANT)
@require_POST
def signer(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    found = get_seance(request.user, bilan, seance_id)
    later = presence.answered_later(request, lambda: presence.sign(request, found))
    if later is not None:
        return later
    return _act(
        request, bilan, seance_id, lambda one: presence.sign(request, one), "Vous avez signé cette séance."
    )


@gate.bilan(Action.SIGN_CONSULTANT)
@require_POST
def papier(request: Requete, bilan: Any, seance_id: Any) -> HttpResponse:
    def copy(found: Any) -> None:
        if request.POST.get("en_main") != "oui":
            raise Refused(
                Obstacle(
                    "Cochez que vous avez la feuille signée en main : c’est elle qui fait preuve.",
                    code="en_main",
                )
            )
        enter_paper_signature(seance=found, by=request.user, now=request.now)

    return _act(request, bilan, seance_id, copy, "La signature sur papier est recopiée, et dite comme telle.")


def _act(
    request: Requete, bilan: Any, seance_id: Any, action: Callable[[Any], object], said: str
) -> HttpResponse:
    """One act on one séance, then its page again."""
    try:
        action(get_seance(request.user, bilan, seance_id))
    except Refused as refused:
        return _page(request, bilan, get_seance(request.user, bilan, seance_id), list(refused.obstacles))
    messages.success(request, said)
    return redirect("consultant_seance", bilan.pk, seance_id)


def _page(
    request: Requete,
    bilan: Any,
    found: Any,
    obstacles: list[Obstacle] | None = None,
    *,
    tenir: TenirForm | None = None,
) -> HttpResponse:
    vue = SeanceVue(found, bilan, "consultant", request.now)
    # Real times are asked once the séance is over, and until somebody has signed them.
    if tenir is None and ((vue.passee and vue.prevue) or (vue.tenue and not vue.signatures)):
        place = ZoneInfo(bilan.fuseau)
        start, end = vue.debut.astimezone(place), vue.fin.astimezone(place)
        tenir = TenirForm(
            prefix="tenir",
            initial={"jour": start.date(), "debut_reel": start.time(), "fin_reelle": end.time()},
        )
    context = {
        "bilan": bilan,
        "rdv": vue,
        "empreinte": shown_fingerprint(found) if vue.a_signer else "",
        "obstacles_trouves": obstacles or (),
        "tenir": tenir,
    }
    return render(request, "consultant/seance.html", context, status=422 if request.method == "POST" else 200)


def _proposal(request: Requete, bilan: Any) -> dict[str, Any]:
    """What is most likely: the present phase, its usual length, the usual place."""
    phase = Phase.SUIVI if bilan.etat in CLOSED else Phase.PRELIMINAIRE
    if bilan.etat in {p.value for p in LEGAL_PHASES}:
        phase = Phase(bilan.etat)
    usual = [x.minutes for x in situation_of(request, bilan).lignes if x.phase == phase]
    return {
        "phase": phase,
        "duree": usual[0] if usual else 60,
        "lieu": str(bilan.lieu_id or ""),
        "modalite": Modalite.PRESENTIEL if bilan.lieu_id else "",
    }


urls = [
    path("<uuid:bilan_id>/seances/", seances, name="consultant_seances"),
    path("<uuid:bilan_id>/seances/prevoir/", prevoir, name="consultant_seance_prevoir"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/", seance, name="consultant_seance"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/deplacer/", deplacer, name="consultant_seance_deplacer"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/annuler/", annuler, name="consultant_seance_annuler"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/tenir/", tenir, name="consultant_seance_tenir"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/signer/", signer, name="consultant_seance_signer"),
    path("<uuid:bilan_id>/seances/<uuid:seance_id>/papier/", papier, name="consultant_seance_papier"),
]
