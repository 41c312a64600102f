"""What a person asked for by right: the administration answers, extends where the text allows it, within the delay."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.droits import get_demande, list_demandes
from jalon.actions.droits import answer_droit, extend_droit
from jalon.domain.droits import RGPD, Issue, Nature
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete

# What to do for each, in one sentence: the person who answers is rarely a lawyer.
_FAIRE = {
    Nature.ACCES: "Son espace lui montre déjà tout ce que le cabinet a sur elle, et « Emporter » lui en donne la copie. Dites-le-lui, et joignez ce qui serait ailleurs (courriers, messagerie).",
    Nature.RECTIFICATION: "Corrigez la donnée si elle est inexacte, et dites-le-lui. Un papier déjà établi ne se réécrit pas : établissez-en un autre.",
    Nature.EFFACEMENT: "Le contenu meurt au terme, ou dès qu’elle l’efface elle-même. Ce qui prouve l’accompagnement se garde pour la durée que la loi impose : dites-lui quoi, et jusqu’à quand.",
    Nature.LIMITATION: "N’utilisez plus la donnée contestée jusqu’à la réponse, sans l’effacer.",
    Nature.PORTABILITE: "« Emporter » lui donne ses données dans un format ouvert et décrit. Dites-le-lui.",
    Nature.OPPOSITION: "Cessez l’utilisation, sauf obligation légale : dites alors laquelle.",
    Nature.CHANGEMENT: "Confiez le dossier à une autre personne de l’équipe : la demande se clôt d’elle-même. Les notes personnelles ne se transmettent pas.",
    Nature.RECLAMATION: "Appelez-la, ou écrivez-lui. Si la réponse ne lui convient pas, le médiateur de la consommation peut être saisi.",
}


class ReponseForm(forms.Form):
    issue = forms.ChoiceField(
        label="Ce qui a été répondu",
        choices=[(i.value, i.label) for i in Issue if i != Issue.RETIREE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui a été répondu."},
    )


def _page(
    request: Requete, bilan: Any, *, refused: Refused | None = None, bad: tuple[Any, Any] | None = None
) -> HttpResponse:
    rows = [
        {
            "demande": one,
            "faire": _FAIRE[Nature(one.nature)],
            "article": RGPD.get(Nature(one.nature), ""),
            "retard": one.repondue_le is None and one.repondre_avant < request.now.date(),
            "form": bad[1] if bad and bad[0] == one.pk else ReponseForm(auto_id=f"%s-{one.pk}"),
            "prolongeable": Nature(one.nature) in RGPD and one.prolongee_le is None,
        }
        for one in list_demandes(request.user, bilan)
    ]
    context = {
        "bilan": bilan,
        "demandes": rows,
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return page(request, bilan.organisme, "droits", context, status=422 if refused or bad else 200)


@gate.bilan(Action.ANSWER_DROIT)
def droits(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.ANSWER_DROIT)
@require_POST
def repondre(request: Requete, bilan: Any, demande_id: Any) -> HttpResponse:
    found = get_demande(request.user, bilan, demande_id)
    form = ReponseForm(request.POST, auto_id=f"%s-{found.pk}")
    if not form.is_valid():
        return _page(request, bilan, bad=(found.pk, form))
    try:
        answer_droit(demande=found, issue=Issue(form.cleaned_data["issue"]), by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "La réponse est notée, et la personne prévenue.")
    return redirect("organisme_droits", bilan.pk)


@gate.bilan(Action.ANSWER_DROIT)
@require_POST
def prolonger(request: Requete, bilan: Any, demande_id: Any) -> HttpResponse:
    try:
        extend_droit(demande=get_demande(request.user, bilan, demande_id), by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, refused=refused)
    messages.success(request, "Le délai est prolongé, et la personne prévenue.")
    return redirect("organisme_droits", bilan.pk)


urls = [
    path("dossiers/<uuid:bilan_id>/droits/", droits, name="organisme_droits"),
    path(
        "dossiers/<uuid:bilan_id>/droits/<uuid:demande_id>/repondre/",
        repondre,
        name="organisme_droits_repondre",
    ),
    path(
        "dossiers/<uuid:bilan_id>/droits/<uuid:demande_id>/prolonger/",
        prolonger,
        name="organisme_droits_prolonger",
    ),
]
