"""Document by document, before the term: destroy (by default) or keep under a written agreement, never ticked beforehand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.conservation import get_decision, read_cep, read_sorts
from jalon.access.reseau import my_ressource
from jalon.actions.decision import ask_cep, choose_recontact, decide, withdraw_decision
from jalon.domain.bilan import CLOSED
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.obstacle import Refused
from jalon.law import law_on
from jalon.web import gate
from jalon.web.requete import Requete


class ConserverForm(forms.Form):
    """The written agreement: its ground and its length are the person's own gestures."""

    fonde_sur_suivi = forms.BooleanField(
        label="Je demande que ces documents soient gardés, parce que ma situation a besoin d’un suivi",
        required=False,
    )
    duree_mois = forms.IntegerField(
        label="Pendant combien de mois après la fin ?", min_value=1, max_value=600
    )


class CepForm(forms.Form):
    operateur = forms.CharField(
        label="À quel conseiller ou organisme ?",
        max_length=200,
        help_text="Par exemple l’antenne de votre opérateur du conseil en évolution professionnelle.",
    )


def _ensemble(word: str) -> Ensemble:
    """The set named in the address, or 404."""
    try:
        return Ensemble(word)
    except ValueError:
        raise Http404 from None


def _page(
    request: Requete, bilan: Any, *, refused: Refused | None = None, forme: str = "", form: Any = None
) -> HttpResponse:
    forms_by_set = {e: ConserverForm(prefix=e.value) for e in Ensemble}
    if forme in forms_by_set:
        forms_by_set[Ensemble(forme)] = form
    context = {
        "bilan": bilan,
        "sorts": [(sort, forms_by_set[sort.ensemble]) for sort in read_sorts(request.user, bilan)],
        "cep": read_cep(bilan),
        "entraide": my_ressource(request.user, bilan),
        "cep_form": form if forme == "cep" else CepForm(prefix="cep"),
        "limite": law_on(bilan_day(bilan, request.now)).bilan_competences.retention_exception_annees,
        "clos": bilan.etat in CLOSED,
        "obstacles_trouves": refused.obstacles if refused else (),
        "ouvert": forme,
    }
    return render(request, "beneficiaire/decisions.html", context, status=422 if refused or forme else 200)


@gate.bilan(Action.DECIDE_DOCUMENTS)
def decisions(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.DECIDE_DOCUMENTS)
@require_POST
def conserver(request: Requete, bilan: Any, ensemble: str) -> HttpResponse:
    chosen = _ensemble(ensemble)
    form = ConserverForm(request.POST, prefix=ensemble)
    if not form.is_valid():
        return _page(request, bilan, forme=ensemble, form=form)
    try:
        decide(
            bilan=bilan,
            ensemble=chosen,
            choix=Choix.CONSERVER,
            fonde_sur_suivi=form.cleaned_data["fonde_sur_suivi"],
            duree_mois=form.cleaned_data["duree_mois"],
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        for obstacle in refused.obstacles:
            if obstacle.field in form.fields:
                form.add_error(obstacle.field, obstacle.sentence)
        return _page(request, bilan, refused=refused, forme=ensemble, form=form)
    messages.success(request, "Votre accord est noté. Vous pouvez le retirer à tout moment.")
    return redirect("beneficiaire_decisions", bilan.pk)


@gate.bilan(Action.DECIDE_DOCUMENTS)
@require_POST
def detruire(request: Requete, bilan: Any, ensemble: str) -> HttpResponse:
    try:
        decide(
            bilan=bilan, ensemble=_ensemble(ensemble), choix=Choix.DETRUIRE, by=request.user, now=request.now
        )
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "C’est noté : ces documents seront détruits à la fin.")
    return redirect("beneficiaire_decisions", bilan.pk)


@gate.bilan(Action.DECIDE_DOCUMENTS)
def retirer(request: Requete, bilan: Any, decision_id: int) -> HttpResponse:
    """Asked once more when it destroys at once: nobody gets back what a key has lost."""
    found = get_decision(request.user, bilan, decision_id)
    if request.method != "POST":
        return render(request, "beneficiaire/decision_retirer.html", {"bilan": bilan, "decision": found})
    try:
        withdraw_decision(decision=found, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "Votre accord est retiré.")
    return redirect("beneficiaire_decisions", bilan.pk)


@gate.bilan(Action.ASK_CEP)
@require_POST
def cep(request: Requete, bilan: Any) -> HttpResponse:
    form = CepForm(request.POST, prefix="cep")
    if not form.is_valid():
        return _page(request, bilan, forme="cep", form=form)
    try:
        ask_cep(bilan=bilan, operateur=form.cleaned_data["operateur"], by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused, forme="cep", form=form)
    messages.success(request, "Votre demande est notée.")
    return redirect("beneficiaire_decisions", bilan.pk)


@gate.bilan(Action.ACCEPT_RECONTACT)
@require_POST
def recontact(request: Requete, bilan: Any) -> HttpResponse:
    said = request.POST.get("accepte")
    choose_recontact(
        bilan=bilan,
        accept=said in ("oui", "un_an"),
        un_an=said == "un_an",
        by=request.user,
        now=request.now,
    )
    messages.success(request, "Votre choix est noté. Vous pouvez en changer à tout moment.")
    return redirect("beneficiaire_decisions", bilan.pk)


urls = [
    path("<uuid:bilan_id>/decisions/", decisions, name="beneficiaire_decisions"),
    path("<uuid:bilan_id>/decisions/cep/", cep, name="beneficiaire_decision_cep"),
    path("<uuid:bilan_id>/decisions/recontact/", recontact, name="beneficiaire_decision_recontact"),
    path(
        "<uuid:bilan_id>/decisions/<int:decision_id>/retirer/", retirer, name="beneficiaire_decision_retirer"
    ),
    path(
        "<uuid:bilan_id>/decisions/<slug:ensemble>/conserver/",
        conserver,
        name="beneficiaire_decision_conserver",
    ),
    path(
        "<uuid:bilan_id>/decisions/<slug:ensemble>/detruire/", detruire, name="beneficiaire_decision_detruire"
    ),
]
