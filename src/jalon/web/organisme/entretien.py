"""The first interviews of the whole cabinet: those that wait for their outcome, then those to come, day by day."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.contact import get_contact
from jalon.access.reservation import list_entretiens
from jalon.actions.reservation import withdraw_entretien
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.VIEW_CONTACTS)
def entretiens(request: Requete, organisme: Any) -> HttpResponse:
    found = list_entretiens(request.user, organisme, request.now)
    place = zone(organisme.fuseau)

    def day_of(contact: Any) -> Any:
        return local_day(contact.entretien_le, place)

    days = [(day, list(those)) for day, those in groupby(found.a_venir, day_of)]
    context = {"a_conclure": found.a_conclure, "jours": days, "aujourd_hui": local_day(request.now, place)}
    return page(request, organisme, "entretiens", context)


@gate.cabinet(Action.RECORD_CONTACT)
@require_POST
def annuler(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    found = get_contact(Action.RECORD_CONTACT, request.user, contact_id)
    told = bool(found.email)
    try:
        withdraw_entretien(contact=found, by=request.user, now=request.now)
    except Refused as refused:
        messages.error(request, refused.obstacles[0].sentence)
    else:
        messages.success(
            request,
            "L’entretien est annulé ; la personne en est prévenue par courriel et peut en choisir un autre."
            if told
            else "L’entretien est annulé. Prévenez la personne : elle n’a pas laissé d’adresse.",
        )
    return redirect("organisme_contact", contact_id)


urls = [
    path("entretiens/", entretiens, name="organisme_entretiens"),
    path("contacts/<uuid:contact_id>/entretien/annuler/", annuler, name="organisme_entretien_annuler"),
]
