"""The small acts of the funding, each a date that is noted: the platform's steps, a contract on paper, an agreement, a payment."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.engagement import get_part, get_versement
from jalon.actions import contrat, cpf
from jalon.actions.engagement import note_accord
from jalon.domain.engagement import MotifSortie
from jalon.domain.financement import Financement
from jalon.domain.jours import zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.retractation import Lieu
from jalon.web import gate
from jalon.web.organisme.engagement import show
from jalon.web.organisme.engagement_saisie import jour
from jalon.web.organisme.saisie import choix, ligne
from jalon.web.requete import Requete

_FAIT = {
    "demande": "La demande est notée ; le dernier jour pour y répondre est affiché.",
    "proposition": "La proposition est notée. Le premier jour possible est affiché.",
    "acceptation": "La confirmation est notée : la commande tient lieu de convention.",
    "entree": "La déclaration d’entrée est notée.",
    "sortie": "La déclaration de sortie et du service fait est notée.",
}


class JourForm(forms.Form):
    le = jour("Le")
    dossier = ligne("Numéro du dossier", 40)
    reference = ligne("Numéro", 64)
    motif = choix("Motif", [(m.value, m.label) for m in MotifSortie], requis=False)
    realisation = forms.IntegerField(required=False)
    heure = forms.TimeField(required=False)
    lieu = choix("Où", [(one.value, one.label) for one in Lieu], requis=False)

    def day(self) -> Any:
        said = self.cleaned_data.get("le") if self.is_valid() else None
        if said is None:
            raise Refused(Obstacle("Donnez la date à laquelle cela a été fait.", code="le", field="le"))
        return said


@gate.bilan(Action.MANAGE_ENGAGEMENT)
@require_POST
def etape(request: Requete, bilan: Any, nom: str) -> HttpResponse:
    if nom not in _FAIT:
        raise Http404
    form = JourForm(request.POST)
    common: dict[str, Any] = {"bilan": bilan, "by": request.user, "now": request.now}
    try:
        common["le"] = form.day()
        if nom == "demande":
            cpf.note_demande(**common, dossier=form.cleaned_data["dossier"])
        elif nom == "proposition":
            cpf.note_proposition(**common)
        elif nom == "acceptation":
            cpf.note_acceptation(**common)
        elif nom == "entree":
            cpf.declare_entree(**common)
        else:
            cpf.declare_sortie(**common, **_sortie(form))
    except Refused as refused:
        return show(request, bilan, refused)
    messages.success(request, _FAIT[nom])
    return redirect("organisme_engagement", bilan.pk)


def _sortie(form: JourForm) -> dict[str, Any]:
    motif, rate = form.cleaned_data["motif"], form.cleaned_data["realisation"]
    if not motif or rate is None:
        raise Refused(
            Obstacle(
                "Dites comment l’accompagnement s’est terminé et quelle part a été réalisée, en pour cent.",
                "Caisse des dépôts, Mon Compte Formation",
                code="sortie",
                field="motif",
            )
        )
    return {"motif": MotifSortie(motif), "realisation": rate}


@gate.bilan(Action.MANAGE_ENGAGEMENT)
@require_POST
def signe_sur_papier(request: Requete, bilan: Any) -> HttpResponse:
    form = JourForm(request.POST)
    try:
        day = form.day()
        if bilan.financement == Financement.OPCO:
            contrat.note_convention(bilan=bilan, le=day, by=request.user, now=request.now)
            messages.success(request, "La signature de la convention est notée.")
            return redirect("organisme_engagement", bilan.pk)
        at = datetime.combine(day, form.cleaned_data["heure"] or time(12), tzinfo=zone(bilan.fuseau))
        contrat.conclude_contrat(
            bilan=bilan,
            le=min(at, request.now) if at.date() == request.now.astimezone(zone(bilan.fuseau)).date() else at,
            lieu=Lieu(form.cleaned_data["lieu"] or Lieu.ETABLISSEMENT),
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        return show(request, bilan, refused)
    messages.success(request, "La signature du contrat est notée ; le délai pour renoncer court.")
    return redirect("organisme_engagement", bilan.pk)


@gate.bilan(Action.MANAGE_ENGAGEMENT)
@require_POST
def accord(request: Requete, bilan: Any, part_id: Any) -> HttpResponse:
    part, form = get_part(bilan, part_id), JourForm(request.POST)
    try:
        note_accord(
            bilan=bilan,
            part=part,
            accord_le=form.day(),
            reference=form.cleaned_data["reference"],
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        return show(request, bilan, refused)
    messages.success(request, "L’accord est noté.")
    return redirect("organisme_engagement", bilan.pk)


@gate.bilan(Action.MANAGE_ENGAGEMENT)
@require_POST
def versement(request: Requete, bilan: Any, versement_id: Any) -> HttpResponse:
    paid, form = get_versement(bilan, versement_id), JourForm(request.POST)
    try:
        contrat.receive_versement(versement=paid, le=form.day(), by=request.user, now=request.now)
    except Refused as refused:
        return show(request, bilan, refused)
    messages.success(request, "Le versement est noté.")
    return redirect("organisme_engagement", bilan.pk)


urls = [
    path("dossiers/<uuid:bilan_id>/financement/etape/<slug:nom>/", etape, name="organisme_engagement_etape"),
    path(
        "dossiers/<uuid:bilan_id>/financement/contrat/", signe_sur_papier, name="organisme_engagement_contrat"
    ),
    path(
        "dossiers/<uuid:bilan_id>/financement/accord/<uuid:part_id>/",
        accord,
        name="organisme_engagement_accord",
    ),
    path(
        "dossiers/<uuid:bilan_id>/financement/versement/<uuid:versement_id>/",
        versement,
        name="organisme_engagement_versement",
    ),
]
