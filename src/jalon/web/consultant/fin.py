"""The end: announced with its reminders, then the named act, then the destruction, by the clock or in the person's presence."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.conservation import destruction_due, read_cep, read_sorts
from jalon.actions.date_de_fin import REMINDERS
from jalon.actions.destruction import destroy_documents
from jalon.actions.terme import abandon_bilan, announce_terme, finish_bilan
from jalon.domain.bilan import CLOSED, RUNNING, Etat
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused, Severity
from jalon.web import gate
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


class TermeForm(forms.Form):
    le = forms.DateField(
        label="Dernier jour", help_text="D’ordinaire, le jour du dernier entretien de conclusions."
    )


class FinForm(forms.Form):
    """One closed choice for each warning that is passed over."""

    def __init__(self, *args: Any, alertes: list[Obstacle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for alerte in alertes:
            self.fields[alerte.code] = forms.ChoiceField(
                label=alerte.sentence,
                choices=[("", "Choisir un motif"), *((m.value, m.label) for m in Motif)],
                required=False,
            )

    def reasons(self) -> dict[str, Motif]:
        return {code: Motif(value) for code, value in self.cleaned_data.items() if value}


def _page(
    request: Requete,
    bilan: Any,
    *,
    refused: Refused | None = None,
    terme_form: TermeForm | None = None,
    fin_form: FinForm | None = None,
) -> HttpResponse:
    found = situation_of(request, bilan).possible.get("finish", [])
    warnings = [o for o in found if o.severity == Severity.WARN]
    due = destruction_due(bilan)
    context = {
        "bilan": bilan,
        "terme_form": terme_form or TermeForm(initial={"le": bilan.terme_prevu_le}),
        "rappels": REMINDERS,
        "bloque": [o for o in found if o.severity == Severity.REFUSE],
        "fin_form": fin_form or FinForm(alertes=warnings),
        "peut_finir": bilan.etat == Etat.CONCLUSIONS,
        "peut_arreter": bilan.etat in RUNNING,
        "clos": bilan.etat in CLOSED,
        "sorts": read_sorts(request.user, bilan),
        "cep": read_cep(bilan),
        "destruction_le": due,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    status = 422 if refused or (terme_form and terme_form.errors) else 200
    return render(request, "consultant/fin.html", context, status=status)


@gate.bilan(Action.ANNOUNCE_TERME)
def fin(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.ANNOUNCE_TERME)
@require_POST
def annoncer(request: Requete, bilan: Any) -> HttpResponse:
    form = TermeForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, terme_form=form)
    try:
        announce_terme(bilan=bilan, le=form.cleaned_data["le"], by=request.user, now=request.now)
    except Refused as refused:
        for obstacle in refused.obstacles:
            if obstacle.field in form.fields:
                form.add_error(obstacle.field, obstacle.sentence)
        return _page(request, bilan, refused=refused, terme_form=form)
    messages.success(request, "La date de fin est annoncée à la personne.")
    return redirect("consultant_fin", bilan.pk)


@gate.bilan(Action.FINISH_BILAN)
@require_POST
def terminer(request: Requete, bilan: Any) -> HttpResponse:
    found = situation_of(request, bilan).possible.get("finish", [])
    form = FinForm(request.POST, alertes=[o for o in found if o.severity == Severity.WARN])
    if not form.is_valid():
        return _page(request, bilan, fin_form=form)
    try:
        finish_bilan(bilan=bilan, by=request.user, now=request.now, reasons=form.reasons())
    except Refused as refused:
        return _page(request, bilan, refused=refused, fin_form=form)
    messages.success(request, "L’accompagnement est terminé. Les documents seront détruits ce soir à minuit.")
    return redirect("consultant_fin", bilan.pk)


@gate.bilan(Action.ABANDON_BILAN)
def arreter(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return render(request, "consultant/fin_arreter.html", {"bilan": bilan})
    try:
        abandon_bilan(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "L’accompagnement est arrêté. Les documents seront détruits ce soir à minuit.")
    return redirect("consultant_fin", bilan.pk)


@gate.bilan(Action.DESTROY)
def detruire(request: Requete, bilan: Any) -> HttpResponse:
    """With the person beside, without waiting for midnight. Said twice: nobody gets anything back."""
    if request.method != "POST":
        return render(request, "consultant/fin_detruire.html", {"bilan": bilan})
    try:
        destroy_documents(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "Le contenu du dossier est détruit. Le procès-verbal est prêt.")
    return redirect("consultant_destruction", bilan.pk)


urls = [
    path("<uuid:bilan_id>/fin/", fin, name="consultant_fin"),
    path("<uuid:bilan_id>/fin/annoncer/", annoncer, name="consultant_fin_annoncer"),
    path("<uuid:bilan_id>/fin/terminer/", terminer, name="consultant_fin_terminer"),
    path("<uuid:bilan_id>/fin/arreter/", arreter, name="consultant_fin_arreter"),
    path("<uuid:bilan_id>/fin/detruire/", detruire, name="consultant_fin_detruire"),
]
