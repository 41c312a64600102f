"""What a consultant is qualified for, noted by the responsable on her proofs: some questionnaires cannot be used without."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.cabinet import get_membre, today
from jalon.access.qualification import demanded, get_qualification, list_qualifications
from jalon.actions.qualification import note_qualification, remove_qualification
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


class QualificationForm(forms.Form):
    intitule = forms.CharField(
        label="Qualification",
        max_length=120,
        help_text="Avec les mots de la fiche du questionnaire qui la demande.",
        error_messages={"required": "Dites laquelle."},
    )
    obtenue_le = forms.DateField(
        label="Obtenue le",
        error_messages={
            "required": "Donnez le jour où elle a été obtenue.",
            "invalid": "Cette date ne se lit pas : écrivez-la ainsi, 31/03/2026.",
        },
    )
    expire_le = forms.DateField(
        label="Valable jusqu’au",
        required=False,
        help_text="Vide : elle ne se périme pas.",
        error_messages={"invalid": "Cette date ne se lit pas : écrivez-la ainsi, 31/03/2026."},
    )


@gate.cabinet(Action.MANAGE_MEMBRES)
def qualifications(request: Requete, organisme: Any, membre_id: Any) -> HttpResponse:
    membre = get_membre(Action.MANAGE_MEMBRES, request.user, membre_id)
    if membre.role != "consultant":
        raise Http404
    form = QualificationForm(request.POST or None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            note_qualification(membre=membre, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "La qualification est notée.")
            return redirect("organisme_qualifications", membre.pk)
    day = today(organisme, request.now)
    context = {
        "membre": membre,
        "form": form,
        "obstacles_trouves": found,
        "lignes": [
            {"q": row, "valable": row.expire_le is None or day <= row.expire_le}
            for row in list_qualifications(membre)
        ],
        "demandees": demanded(organisme),
    }
    return page(
        request, organisme, "qualifications", context, status=422 if request.method == "POST" else 200
    )


@gate.cabinet(Action.MANAGE_MEMBRES)
@require_POST
def retirer(request: Requete, organisme: Any, qualification_id: Any) -> HttpResponse:
    found = get_qualification(Action.MANAGE_MEMBRES, request.user, qualification_id)
    membre_id = found.membre_id
    remove_qualification(qualification=found, by=request.user, now=request.now)
    messages.success(request, "La qualification est retirée.")
    return redirect("organisme_qualifications", membre_id)


urls = [
    path("equipe/roles/<uuid:membre_id>/qualifications/", qualifications, name="organisme_qualifications"),
    path(
        "equipe/qualifications/<uuid:qualification_id>/retirer/",
        retirer,
        name="organisme_qualification_retirer",
    ),
]
