"""The follow-up, in both spaces: proposed, opened, written together, closed with its destruction."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.conservation import get_suivi, list_suivis
from jalon.access.pieces import read_piece
from jalon.actions import suivi as acts
from jalon.actions.piece import Conflit
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Refused
from jalon.domain.suivi import Avancee, Frein, Suite
from jalon.web import gate
from jalon.web.requete import Requete


class SuiviForm(forms.Form):
    texte = forms.CharField(
        label="Ce que nous nous sommes dit", widget=forms.Textarea, required=False, max_length=20_000
    )
    changements = forms.CharField(
        label="Ce qui a changé depuis la fin", widget=forms.Textarea, required=False, max_length=20_000
    )
    suites = forms.CharField(
        label="Ce qui vient maintenant", widget=forms.Textarea, required=False, max_length=20_000
    )
    avancee = forms.ChoiceField(
        label="Où en est le projet",
        required=False,
        choices=[("", "Je ne réponds pas"), *((a.value, a.label) for a in Avancee)],
    )
    frein = forms.ChoiceField(
        label="Ce qui freine le plus",
        required=False,
        choices=[("", "Je ne réponds pas"), *((f.value, f.label) for f in Frein)],
    )
    aide = forms.CharField(label="Ce qui aiderait", widget=forms.Textarea, required=False, max_length=20_000)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CloreForm(forms.Form):
    """What the two decide to do next, from a closed list: no word outlives the interview."""

    suite = forms.ChoiceField(
        label="Ce que vous décidez ensemble",
        choices=[(s.value, s.label) for s in Suite],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce que vous décidez ensemble, même si c’est « rien de plus »."
        },
    )


def urls_of(space: str) -> list[URLPattern]:
    home = f"{space}_suivi"

    def page(
        request: Requete,
        bilan: Any,
        *,
        refused: Refused | None = None,
        form: SuiviForm | None = None,
        conflit: Any = None,
        clore_form: CloreForm | None = None,
    ) -> HttpResponse:
        found = list_suivis(request.user, bilan)
        current = next((s for s in reversed(found) if s.etat in ("propose", "ouvert")), None)
        written = None
        if current is not None and current.etat == "ouvert":
            written = read_piece(request.user, bilan, "suivi", str(current.pk), now=request.now)
            if form is None:
                form = SuiviForm(initial=_initial(written))
        context = {
            "bilan": bilan,
            "suivis": found,
            "courant": current,
            "form": form,
            "clore_form": clore_form or CloreForm(),
            "conflit": conflit,
            "termine": bilan.etat == Etat.TERMINE,
            "obstacles_trouves": refused.obstacles if refused else (),
        }
        return render(
            request, f"{space}/suivi.html", context, status=422 if refused or conflit or clore_form else 200
        )

    @gate.bilan(Action.WRITE_SUIVI)
    def suivi(request: Requete, bilan: Any) -> HttpResponse:
        return page(request, bilan)

    @gate.bilan(Action.OPEN_SUIVI)
    @require_POST
    def proposer(request: Requete, bilan: Any) -> HttpResponse:
        try:
            acts.propose_suivi(bilan=bilan, by=request.user, now=request.now)
        except Refused as refused:
            return page(request, bilan, refused=refused)
        messages.success(request, "L’entretien de suivi est proposé.")
        return redirect(home, bilan.pk)

    @gate.bilan(Action.WRITE_SUIVI)
    @require_POST
    def changer(request: Requete, bilan: Any, suivi_id: Any, geste: str) -> HttpResponse:
        found = get_suivi(request.user, bilan, suivi_id)
        act = {"ouvrir": acts.open_suivi, "decliner": acts.decline_suivi}[geste]
        try:
            act(suivi=found, by=request.user, now=request.now)
        except Refused as refused:
            return page(request, bilan, refused=refused)
        messages.success(request, _DONE[geste])
        return redirect(home, bilan.pk)

    @gate.bilan(Action.OPEN_SUIVI)
    @require_POST
    def clore(request: Requete, bilan: Any, suivi_id: Any) -> HttpResponse:
        found = get_suivi(request.user, bilan, suivi_id)
        form = CloreForm(request.POST)
        if not form.is_valid():
            return page(request, bilan, clore_form=form)
        acts.close_suivi(suivi=found, suite=form.cleaned_data["suite"], by=request.user, now=request.now)
        messages.success(request, "L’entretien de suivi est clos. Ce qui y était écrit est détruit.")
        return redirect(home, bilan.pk)

    @gate.bilan(Action.WRITE_SUIVI)
    @require_POST
    def ecrire(request: Requete, bilan: Any, suivi_id: Any) -> HttpResponse:
        found = get_suivi(request.user, bilan, suivi_id)
        form = SuiviForm(request.POST)
        if not form.is_valid():
            return page(request, bilan, form=form, refused=None)
        data = form.cleaned_data
        base = data.pop("revision")
        if request.POST.get("conflit") == "le_mien":
            given = request.POST.get("conflit_revision", "")
            base = int(given) if given.isdigit() and len(given) < 9 else 0
        elif request.POST.get("conflit") == "l_autre":
            return redirect(home, bilan.pk)
        try:
            acts.write_suivi_texts(
                suivi=found, textes=data, by=request.user, now=request.now, base_revision=base
            )
        except Refused as refused:
            return page(request, bilan, refused=refused, form=form)
        except Conflit as both:
            shown = {
                "votre": _words(both.propose),
                "autre": _words(both.actuel.contenu),
                "revision": both.actuel.revision,
                "quand": both.actuel.piece.modifie_le,
            }
            return page(request, bilan, form=form, conflit=shown)
        messages.success(request, "C’est enregistré.")
        return redirect(home, bilan.pk)

    base = "<uuid:bilan_id>/suivi/"
    return [
        path(base, suivi, name=home),
        path(f"{base}proposer/", proposer, name=f"{home}_proposer"),
        *(
            path(f"{base}<uuid:suivi_id>/{geste}/", changer, {"geste": geste}, name=f"{home}_{geste}")
            for geste in ("ouvrir", "decliner")
        ),
        path(f"{base}<uuid:suivi_id>/clore/", clore, name=f"{home}_clore"),
        path(f"{base}<uuid:suivi_id>/ecrire/", ecrire, name=f"{home}_ecrire"),
    ]


_DONE = {
    "ouvrir": "L’entretien de suivi est ouvert.",
    "decliner": "C’est noté. Personne ne vous relancera.",
}


def _initial(written: Any) -> dict[str, Any]:
    if written is None:
        return {"revision": 0}
    text = written.contenu
    return {
        "texte": text.texte,
        "changements": text.changements,
        "suites": text.suites,
        "avancee": text.avancee,
        "frein": text.frein,
        "aide": text.aide,
        "revision": written.revision,
    }


def _words(text: Any) -> str:
    return "\n\n".join(part for part in (text.texte, text.changements, text.suites, text.aide) if part)
