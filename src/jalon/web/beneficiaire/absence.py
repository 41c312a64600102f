"""Ask the employer to be away on working time: hers alone to send, with the notice and the silence told before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import get_absence, list_absences
from jalon.access.employeur import read_acces
from jalon.actions.absence import ask_absence, receive_on_paper, withdraw_absence
from jalon.actions.papiers.absence import print_demande
from jalon.domain.financement import Financement
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused, Severity
from jalon.web import gate, refus
from jalon.web.papier import download
from jalon.web.requete import Requete

MANQUE = "Choisissez un jour."


class DemandeForm(forms.Form):
    debut = forms.DateField(
        label="Premier jour de l’action",
        error_messages={"required": MANQUE, "invalid": "Cette date ne se lit pas : jour, mois, année."},
    )
    fin = forms.DateField(
        label="Dernier jour",
        error_messages={"required": MANQUE, "invalid": "Cette date ne se lit pas : jour, mois, année."},
    )


class RecueForm(forms.Form):
    recue_le = forms.DateField(
        label="Jour où votre employeur l’a reçue",
        help_text="Le jour de la remise en main propre, ou celui écrit sur l’avis de réception.",
        error_messages={"required": MANQUE, "invalid": "Cette date ne se lit pas : jour, mois, année."},
    )


def _page(
    request: Requete,
    bilan: Any,
    *,
    form: DemandeForm | None = None,
    recue: RecueForm | None = None,
    obstacles: Any = (),
    status: int = 200,
) -> HttpResponse:
    if bilan.financement != Financement.CPF_SUR_TEMPS:
        raise Http404
    rows = list_absences(request.user, bilan, now=request.now)
    row = getattr(bilan, "engagement", None)
    initial = {"debut": row.debut_prevu_le, "fin": row.fin_prevue_le} if row else {}
    context = {
        "bilan": bilan,
        "courante": rows[0] if rows and rows[0].reponse != "retiree" else None,
        "passees": rows[1:],
        "peut_demander": not rows or not rows[0].attend,
        "form": form or DemandeForm(initial=initial),
        "recue": recue or RecueForm(),
        "acces": read_acces(bilan),
        "obstacles_trouves": [o for o in obstacles if o.severity is Severity.REFUSE],
        "avertissements": [o for o in obstacles if o.severity is Severity.WARN],
        "motifs": [(m.value, m.label) for m in (Motif.CHOIX, Motif.REGULARISE, Motif.AUTRE)],
    }
    return render(request, "beneficiaire/absence.html", context, status=status)


@gate.bilan(Action.ASK_ABSENCE)
def absence(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, bilan)
    form = DemandeForm(request.POST)
    found: Any = ()
    if form.is_valid():
        try:
            ask_absence(
                bilan=bilan,
                by=request.user,
                now=request.now,
                reasons=refus.reasons_of(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Votre demande est enregistrée.")
            return redirect("beneficiaire_absence", bilan.pk)
    return _page(request, bilan, form=form, obstacles=found, status=422)


@gate.bilan(Action.ASK_ABSENCE)
@require_POST
def recue(request: Requete, bilan: Any, absence_id: Any) -> HttpResponse:
    asked = get_absence(Action.ASK_ABSENCE, request.user, bilan, absence_id)
    form = RecueForm(request.POST)
    found: Any = ()
    if form.is_valid():
        try:
            receive_on_paper(absence=asked, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "La réception est notée : le délai de réponse court.")
            return redirect("beneficiaire_absence", bilan.pk)
    return _page(request, bilan, recue=form, obstacles=found, status=422)


@gate.bilan(Action.ASK_ABSENCE)
@require_POST
def retirer(request: Requete, bilan: Any, absence_id: Any) -> HttpResponse:
    asked = get_absence(Action.ASK_ABSENCE, request.user, bilan, absence_id)
    try:
        withdraw_absence(absence=asked, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles, status=422)
    messages.info(request, "Votre demande est retirée.")
    return redirect("beneficiaire_absence", bilan.pk)


@gate.bilan(Action.ASK_ABSENCE)
def imprimer(request: Requete, bilan: Any, absence_id: Any) -> HttpResponse:
    asked = get_absence(Action.ASK_ABSENCE, request.user, bilan, absence_id)
    try:
        octets = print_demande(absence=asked, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles, status=422)
    return download(octets, "demande")


urls = [
    path("<uuid:bilan_id>/absence/", absence, name="beneficiaire_absence"),
    path("<uuid:bilan_id>/absence/<uuid:absence_id>/recue/", recue, name="beneficiaire_absence_recue"),
    path("<uuid:bilan_id>/absence/<uuid:absence_id>/retirer/", retirer, name="beneficiaire_absence_retirer"),
    path(
        "<uuid:bilan_id>/absence/<uuid:absence_id>/imprimer/", imprimer, name="beneficiaire_absence_imprimer"
    ),
]
