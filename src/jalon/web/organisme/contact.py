"""First contacts: noted, called back, met once for free, then a dossier or nothing."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.cabinet import list_consultants, list_lieux
from jalon.access.contact import CHOIX_VUE, get_contact, list_contacts, read_contact
from jalon.actions.contact import (
    erase_contact,
    hold_entretien,
    record_contact,
    update_contact,
)
from jalon.actions.reservation import plan_entretien
from jalon.domain.horaire import instant, nom_du_fuseau
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.seance import Modalite
from jalon.web import gate, refus
from jalon.web.composants.typographie import heures
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import Liste, choix, courriel, ligne, oui, telephone, texte
from jalon.web.requete import Requete

PAR_PAGE = 20
CANAUX = (
    ("telephone", "Par téléphone"),
    ("courriel", "Par courriel"),
    ("visite", "En passant"),
    ("formulaire", "Par le formulaire du site"),
)


class CoordonneesForm(forms.Form):
    prenom = ligne("Prénom", 100, aide="Celui que la personne donne ; un prénom d’emprunt convient.")
    nom = ligne("Nom", 100)
    telephone = telephone()
    email = courriel("Adresse électronique")
    rappel_discret = oui(
        "Rappeler avec discrétion",
        "Ne laisser aucun message qui dise d’où vient l’appel : un proche ou un collègue peut décrocher.",
    )


class NoterForm(CoordonneesForm):
    canal = choix("Comment est venu ce contact ?", CANAUX, radio=True)
    propos = texte(
        "Ce que la personne a dit de sa demande",
        5000,
        aide="Chiffré aussitôt ; seules les personnes qui conduisent des bilans pourront le relire. "
        "Notez peu : tout s’efface si rien ne suit.",
        rows=6,
    )
    field_order = ("canal", "prenom", "nom", "telephone", "email", "rappel_discret", "propos")


class EntretienForm(forms.Form):
    jour = forms.DateField(
        label="Quel jour ?",
        error_messages={
            "required": "Choisissez un jour.",
            "invalid": "Cette date n’existe pas : écrivez par exemple 03/03/2026.",
        },
    )
    debut = forms.TimeField(
        label="À quelle heure ?",
        error_messages={
            "required": "Choisissez une heure.",
            "invalid": "Cette heure n’existe pas : écrivez par exemple 18:30.",
        },
    )
    duree = forms.TypedChoiceField(
        label="Pendant combien de temps ?",
        coerce=int,
        required=False,
        empty_value=None,
        choices=[(m, heures(m)) for m in (20, 30, 45, 60, 75, 90)],
        widget=Liste(),
    )
    modalite = choix("Comment ?", [(m.value, m.label) for m in Modalite], radio=True)
    lieu = choix("Où ?", (), aide="Seulement pour un entretien en présence.", requis=False)
    consultant = choix("Avec qui ?", ())
    prevenir = oui(
        "Lui envoyer un courriel neutre",
        "Avec un lien pour confirmer, déplacer ou annuler sans compte. Il ne dit rien de la démarche.",
    )

    def __init__(self, consultants: list[Any], lieux: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lieux = {str(x.pk): x for x in lieux}
        self.fields["lieu"].choices = [("", "À dire"), *((k, x.nom) for k, x in self.lieux.items())]  # type: ignore[attr-defined]
        choices = [(str(one.pk), one.nom_complet) for one in consultants]
        if len(choices) != 1:
            choices.insert(0, ("", "Choisissez"))
        self.fields["consultant"].choices = choices  # type: ignore[attr-defined]


class VueForm(forms.Form):
    vue = choix("Montrer", CHOIX_VUE, requis=False)


@gate.cabinet(Action.VIEW_CONTACTS)
def contacts(request: Requete, organisme: Any) -> HttpResponse:
    form = VueForm(request.GET or None)
    vue = form.cleaned_data["vue"] if form.is_valid() else ""
    found = list_contacts(Action.VIEW_CONTACTS, request.user, organisme, vue)
    shown = Paginator(found, PAR_PAGE).get_page(request.GET.get("page"))
    context = {"form": VueForm(initial={"vue": vue}), "page": shown, "vue": vue}
    return page(request, organisme, "contacts", context)


@gate.cabinet(Action.RECORD_CONTACT)
def noter(request: Requete, organisme: Any) -> HttpResponse:
    form = NoterForm(request.POST or None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            contact = record_contact(
                organisme=organisme, by=request.user, now=request.now, **form.cleaned_data
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Le contact est noté.")
            return redirect("organisme_contact", contact.pk)
    context = {"form": form, "obstacles_trouves": found}
    return page(request, organisme, "contact_noter", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.VIEW_CONTACTS)
def contact(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    return _page(request, organisme, get_contact(Action.VIEW_CONTACTS, request.user, contact_id))


def _page(
    request: Requete,
    organisme: Any,
    found: Any,
    obstacles: tuple[Obstacle, ...] | list[Obstacle] = (),
    entretien: EntretienForm | None = None,
) -> HttpResponse:
    form = entretien or EntretienForm(
        list_consultants(organisme), list_lieux(organisme), initial=_planned(found, organisme)
    )
    context = {
        "contact": found,
        "vu": read_contact(request.user, found, request.now),
        "entretien": form,
        "obstacles_trouves": obstacles,
        "en_cours": found.issue == "en_cours",
        "passe": found.entretien_le is not None and found.entretien_le <= request.now,
        "modalite": Modalite(found.entretien_modalite).label if found.entretien_modalite else "",
        "ville": nom_du_fuseau(organisme.fuseau),
    }
    status = 422 if obstacles or (form.is_bound and not form.is_valid()) else 200
    return page(request, organisme, "contact", context, status=status)


def _planned(found: Any, organisme: Any) -> dict[str, Any]:
    if found.entretien_le is None:
        return {"duree": 45}
    local = found.entretien_le.astimezone(ZoneInfo(organisme.fuseau))
    return {
        "jour": local.date(),
        "debut": local.time(),
        "duree": round((found.entretien_fin - found.entretien_le).total_seconds() / 60),
        "lieu": str(found.entretien_lieu_id or ""),
        "modalite": found.entretien_modalite,
        "consultant": str(found.entretien_consultant_id or ""),
    }


@gate.cabinet(Action.RECORD_CONTACT)
def modifier(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    found = get_contact(Action.RECORD_CONTACT, request.user, contact_id)
    initial = {name: getattr(found, name) for name in CoordonneesForm.base_fields}
    form = CoordonneesForm(request.POST or None, initial=initial)
    obstacles: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            update_contact(contact=found, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            obstacles = refus.put_on(form, refused)
        else:
            messages.success(request, "Les coordonnées sont à jour.")
            return redirect("organisme_contact", found.pk)
    context = {"form": form, "contact": found, "obstacles_trouves": obstacles}
    return page(
        request, organisme, "contact_modifier", context, status=422 if request.method == "POST" else 200
    )


@gate.cabinet(Action.RECORD_CONTACT)
@require_POST
def fixer(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    found = get_contact(Action.RECORD_CONTACT, request.user, contact_id)
    consultants = list_consultants(organisme)
    form = EntretienForm(consultants, list_lieux(organisme), request.POST)
    if not form.is_valid():
        return _page(request, organisme, found, entretien=form)
    said = form.cleaned_data
    try:
        plan_entretien(
            contact=found,
            debut=instant(said["jour"], said["debut"], organisme.fuseau),
            minutes=said["duree"] or 45,
            modalite=said["modalite"],
            lieu=form.lieux.get(said["lieu"]),
            prevenir=said["prevenir"],
            consultant=next(one for one in consultants if str(one.pk) == said["consultant"]),
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        return _page(request, organisme, found, refus.put_on(form, refused), form)
    told = said["prevenir"] and found.email
    messages.success(
        request,
        "L’entretien préalable est fixé, et la personne en est prévenue par courriel."
        if told
        else "L’entretien préalable est fixé. Prévenez la personne de la façon convenue.",
    )
    return redirect("organisme_contact", found.pk)


@gate.cabinet(Action.RECORD_CONTACT)
@require_POST
def conclure(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    found = get_contact(Action.RECORD_CONTACT, request.user, contact_id)
    issue = request.POST.get("issue", "")

    def act() -> None:
        if issue not in {"suite", "autre_professionnel", "sans_suite"}:
            raise Refused(Obstacle("Dites ce qui est sorti de l’entretien.", code="issue"))
        hold_entretien(contact=found, issue=issue, by=request.user, now=request.now)

    refused = _try(act)
    if refused:
        return _page(request, organisme, found, refused.obstacles)
    if issue == "suite":
        messages.success(
            request, "L’entretien est noté comme tenu. Ouvrez le dossier quand la personne est prête."
        )
        return redirect("organisme_contact", found.pk)
    messages.success(request, "L’entretien est noté comme tenu, et ce contact est effacé.")
    return redirect("organisme_contacts")


@gate.cabinet(Action.ERASE_CONTACT)
def effacer(request: Requete, organisme: Any, contact_id: Any) -> HttpResponse:
    """Asked once more on a page of its own: nothing comes back."""
    found = get_contact(Action.ERASE_CONTACT, request.user, contact_id)
    if request.method == "POST":
        erase_contact(contact=found, by=request.user, now=request.now)
        messages.success(request, "Le contact est effacé.")
        return redirect("organisme_contacts")
    return page(request, organisme, "contact_effacer", {"contact": found})


def _try(act: Callable[[], None]) -> Refused | None:
    try:
        act()
    except Refused as refused:
        return refused
    return None


urls = [
    path("contacts/", contacts, name="organisme_contacts"),
    path("contacts/noter/", noter, name="organisme_contact_noter"),
    path("contacts/<uuid:contact_id>/", contact, name="organisme_contact"),
    path("contacts/<uuid:contact_id>/modifier/", modifier, name="organisme_contact_modifier"),
    path("contacts/<uuid:contact_id>/entretien/", fixer, name="organisme_contact_entretien"),
    path("contacts/<uuid:contact_id>/conclure/", conclure, name="organisme_contact_conclure"),
    path("contacts/<uuid:contact_id>/effacer/", effacer, name="organisme_contact_effacer"),
]
