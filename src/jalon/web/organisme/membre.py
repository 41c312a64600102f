"""The team: who is there, in which roles, who was invited; joining and leaving."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.cabinet import get_equipier, get_membre, list_equipe
from jalon.actions.invitation import invite
from jalon.actions.membre import add_membre, add_role, end_role, write_presentation
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import courriel, ligne, texte
from jalon.web.requete import Requete

# What each role may do, said before it is given.
ROLES = (
    ("consultant", "Conduit des bilans : lit et écrit dans les dossiers qui lui sont confiés"),
    ("assistant", "Tient l’administration : contacts, dossiers, séances, papiers, jamais le contenu"),
    ("responsable", "Dirige le cabinet : l’administration, l’équipe et les réglages, jamais le contenu"),
)
NOMS = {"consultant": "Consultant ou consultante", "assistant": "Assistance", "responsable": "Responsable"}


class InviterForm(forms.Form):
    prenom = ligne("Prénom", 100)
    nom = ligne("Nom", 100, manque="Donnez un nom.")
    email = courriel(
        "Adresse électronique",
        aide="L’invitation y est envoyée ; la personne y entre puis choisit un second moyen de vérification.",
        manque="Donnez une adresse : l’invitation y est envoyée.",
    )
    roles = forms.MultipleChoiceField(
        label="Dans quel rôle ?",
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un rôle."},
    )
    presentation = texte(
        "Présentation",
        2000,
        aide="Pour qui conduit des bilans : formation, manière de travailler, langues. "
        "Elle est montrée sur la page publique, pour que chacun choisisse.",
    )


class PresentationForm(forms.Form):
    presentation = texte("Présentation", 2000, aide="Formation, manière de travailler, langues.", rows=6)


@gate.cabinet(Action.VIEW_CABINET)
def equipe(request: Requete, organisme: Any) -> HttpResponse:
    return _page(request, organisme)


def _page(request: Requete, organisme: Any, refused: Refused | None = None) -> HttpResponse:
    team = [
        {
            "equipier": one,
            "roles": [{"membre": m, "nom": NOMS[m.role]} for m in one.roles],
            "possibles": [(code, NOMS[code]) for code in NOMS if code not in {m.role for m in one.roles}],
        }
        for one in list_equipe(organisme)
    ]
    context = {"equipe": team, "obstacles_trouves": refused.obstacles if refused else ()}
    return page(request, organisme, "equipe", context, status=422 if refused else 200)


@gate.cabinet(Action.MANAGE_MEMBRES)
def inviter(request: Requete, organisme: Any) -> HttpResponse:
    form = InviterForm(request.POST or None)
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            personne = add_membre(organisme=organisme, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, f"{personne.nom_complet} fait partie de l’équipe.")
            return redirect("organisme_equipe")
    context = {"form": form, "obstacles_trouves": found}
    return page(
        request, organisme, "membre_inviter", context, status=422 if request.method == "POST" else 200
    )


@gate.cabinet(Action.MANAGE_MEMBRES)
@require_POST
def reinviter(request: Requete, organisme: Any, personne_id: Any) -> HttpResponse:
    personne = get_equipier(Action.MANAGE_MEMBRES, request.user, organisme, personne_id)
    try:
        invite(personne=personne, organisme=organisme, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, organisme, refused)
    messages.success(request, "L’invitation est renvoyée ; la précédente ne fonctionne plus.")
    return redirect("organisme_equipe")


@gate.cabinet(Action.MANAGE_MEMBRES)
@require_POST
def donner_role(request: Requete, organisme: Any, personne_id: Any) -> HttpResponse:
    personne = get_equipier(Action.MANAGE_MEMBRES, request.user, organisme, personne_id)
    role = request.POST.get("role", "")
    try:
        if role not in NOMS:
            raise Refused(Obstacle("Choisissez un rôle de la liste.", code="roles"))
        add_role(organisme=organisme, personne=personne, role=role, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, organisme, refused)
    messages.success(request, "Le rôle est donné.")
    return redirect("organisme_equipe")


@gate.cabinet(Action.MANAGE_MEMBRES)
def retirer(request: Requete, organisme: Any, membre_id: Any) -> HttpResponse:
    """Asked once more on a page of its own: from that minute the role opens nothing."""
    membre = get_membre(Action.MANAGE_MEMBRES, request.user, membre_id)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            end_role(membre=membre, by=request.user, now=request.now)
        except Refused as refused:
            found = refused.obstacles
        else:
            messages.success(request, "Le rôle est retiré.")
            return redirect("organisme_equipe")
    context = {"membre": membre, "role": NOMS[membre.role], "obstacles_trouves": found}
    return page(request, organisme, "membre_retirer", context, status=422 if found else 200)


@gate.cabinet(Action.MANAGE_MEMBRES)
def presenter(request: Requete, organisme: Any, membre_id: Any) -> HttpResponse:
    membre = get_membre(Action.MANAGE_MEMBRES, request.user, membre_id)
    form = PresentationForm(request.POST or None, initial={"presentation": membre.presentation})
    if request.method == "POST" and form.is_valid():
        write_presentation(membre=membre, by=request.user, now=request.now, **form.cleaned_data)
        messages.success(request, "La présentation est enregistrée.")
        return redirect("organisme_equipe")
    context = {"form": form, "membre": membre}
    return page(
        request, organisme, "membre_presenter", context, status=422 if request.method == "POST" else 200
    )


urls = [
    path("equipe/", equipe, name="organisme_equipe"),
    path("equipe/inviter/", inviter, name="organisme_membre_inviter"),
    path("equipe/<uuid:personne_id>/inviter/", reinviter, name="organisme_membre_reinviter"),
    path("equipe/<uuid:personne_id>/role/", donner_role, name="organisme_membre_role"),
    path("equipe/roles/<uuid:membre_id>/retirer/", retirer, name="organisme_membre_retirer"),
    path("equipe/roles/<uuid:membre_id>/presenter/", presenter, name="organisme_membre_presenter"),
]
