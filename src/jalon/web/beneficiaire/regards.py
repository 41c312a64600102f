"""The looks of others, for the person who asks for them: she chooses whom, says how, follows a number, closes; then reads what was explained."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.regards import SOI, EtatRegards, read_regards
from jalon.actions import regards as acts
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.regards import DUREE_MAX_JOURS, DUREE_MIN_JOURS, RAPPELS_MAX, SEUIL, Groupe
from jalon.web import gate, refus
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.ecrits.saisie import prose
from jalon.web.requete import Requete

ESPACE = "beneficiaire"
# What most people choose: two weeks.
DUREE_PROPOSEE = 14


class CadreForm(forms.Form):
    signature = forms.CharField(
        label="Sous quel nom demandez-vous ?",
        max_length=60,
        error_messages={"required": "Dites sous quel nom vous demandez : sans nom, personne ne répondrait."},
        help_text="Il est dans l’objet du courriel : celui par lequel ces personnes vous connaissent.",
    )
    mot = prose("Un mot pour eux", "Lu sur leur page, jamais dans le courriel.", max_length=2_000)
    explicite = forms.BooleanField(
        label="Leur page peut dire que c’est dans le cadre d’un bilan de compétences",
        required=False,
        help_text="Sans cela, elle dit que vous faites le point sur votre façon de travailler. Le courriel ne le dit jamais.",
    )
    dernier_jour = forms.DateField(
        label="Jusqu’à quel jour peut-on répondre ?",
        error_messages={
            "required": "Choisissez jusqu’à quel jour on peut répondre.",
            "invalid": "Cette date ne se lit pas : écrivez-la ainsi, 31/03/2026.",
        },
    )


class InviterForm(forms.Form):
    nom = forms.CharField(
        label="Son nom",
        max_length=100,
        help_text="Pour vous y retrouver : vous seul·e le voyez.",
        error_messages={"required": "Donnez un nom : vous seul·e le verrez."},
    )
    groupe = forms.ChoiceField(
        label="Son groupe",
        choices=[("", "Choisissez"), *((g.value, g.label) for g in Groupe)],
        error_messages={"required": "Choisissez un groupe."},
        help_text="Les réponses sont mêlées par groupe, à partir de trois.",
    )
    adresse = forms.CharField(
        label="Son adresse électronique",
        max_length=254,
        error_messages={"required": "Il faut une adresse : l’invitation y est envoyée."},
        help_text="Plutôt personnelle : un employeur peut lire une adresse professionnelle.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CommentaireForm(forms.Form):
    commentaire = prose(
        "Ce que vous en pensez", "Vous pouvez ne pas vous y reconnaître : dites-le, cela compte autant."
    )


@gate.bilan(Action.INVITE_REPONDANTS)
def regards(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


def _page(
    request: Requete,
    bilan: Any,
    *,
    cadre: CadreForm | None = None,
    inviter: InviterForm | None = None,
    obstacles: list[Obstacle] | tuple[Obstacle, ...] = (),
    status: int = 200,
) -> HttpResponse:
    etat = read_regards(request.user, bilan, now=request.now)
    context = {
        "etat": etat,
        "cadre_form": cadre or _cadre_form(request, bilan, etat),
        "inviter_form": inviter or InviterForm(),
        "obstacles_trouves": obstacles,
        "seuil": SEUIL,
        "rappels_max": RAPPELS_MAX,
        "duree_min": DUREE_MIN_JOURS,
        "duree_max": DUREE_MAX_JOURS,
        "soi": lien(ESPACE, "questionnaire_repondre", bilan, SOI, 1),
        "commentaire_form": CommentaireForm(
            initial={"commentaire": etat.resultat.contenu.commentaire_personne}
        )
        if etat and etat.resultat
        else None,
    }
    return montrer(request, bilan, ESPACE, "beneficiaire/regards.html", context, status)


def _cadre_form(request: Requete, bilan: Any, etat: EtatRegards | None) -> CadreForm:
    if etat is None or etat.cadre is None:
        proposed = bilan_day(bilan, request.now) + timedelta(days=DUREE_PROPOSEE)
        return CadreForm(initial={"signature": bilan.beneficiaire.nom_complet, "dernier_jour": proposed})
    said = etat.cadre.contenu
    return CadreForm(
        initial={
            "signature": said.signature,
            "mot": said.mot,
            "explicite": said.explicite,
            "dernier_jour": etat.regards.dernier_jour,
        }
    )


@gate.bilan(Action.INVITE_REPONDANTS)
@require_POST
def regler(request: Requete, bilan: Any) -> HttpResponse:
    form = CadreForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, cadre=form, status=422)
    try:
        acts.frame_regards(bilan=bilan, by=request.user, now=request.now, **form.cleaned_data)
    except Refused as refused:
        return _page(request, bilan, cadre=form, obstacles=refus.put_on(form, refused), status=422)
    messages.success(request, "Votre demande est réglée.")
    return vers(ESPACE, "regards", bilan)


@gate.bilan(Action.INVITE_REPONDANTS)
@require_POST
def inviter(request: Requete, bilan: Any) -> HttpResponse:
    form = InviterForm(request.POST)
    if not form.is_valid():
        return _page(request, bilan, inviter=form, status=422)
    try:
        acts.invite_repondant(bilan=bilan, by=request.user, now=request.now, **form.cleaned_data)
    except Refused as refused:
        return _page(request, bilan, inviter=form, obstacles=refus.put_on(form, refused), status=422)
    messages.success(request, "L’invitation part. Vous pouvez en ajouter une autre.")
    return redirect(f"{lien(ESPACE, 'regards', bilan)}#inviter")


@gate.bilan(Action.INVITE_REPONDANTS)
@require_POST
def oublier(request: Requete, bilan: Any, repondant_id: Any) -> HttpResponse:
    try:
        acts.forget_repondant(bilan=bilan, repondant_id=repondant_id, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles, status=422)
    messages.success(request, "L’invitation est retirée, son adresse est détruite.")
    return vers(ESPACE, "regards", bilan)


@gate.bilan(Action.INVITE_REPONDANTS)
@require_POST
def relancer(request: Requete, bilan: Any) -> HttpResponse:
    try:
        acts.remind_repondants(bilan=bilan, by=request.user, now=request.now)
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles, status=422)
    messages.success(request, "Un rappel part à ceux qui n’ont pas répondu, sans vous dire qui.")
    return vers(ESPACE, "regards", bilan)


@gate.bilan(Action.INVITE_REPONDANTS)
def clore(request: Requete, bilan: Any) -> HttpResponse:
    """Asked on a page of its own: what is mixed is never separate again."""
    return _sure(request, bilan, "beneficiaire/regards_clore.html", acts.close_regards, _CLOSED)


@gate.bilan(Action.INVITE_REPONDANTS)
def renoncer(request: Requete, bilan: Any) -> HttpResponse:
    return _sure(request, bilan, "beneficiaire/regards_renoncer.html", acts.abandon_regards, _GIVEN_UP)


_CLOSED = "Les réponses sont mêlées. Chaque réponse séparée, chaque nom et chaque adresse sont détruits."
_GIVEN_UP = "C’est effacé : noms, adresses et réponses. Personne n’en a rien lu."


def _sure(request: Requete, bilan: Any, template: str, act: Any, done: str) -> HttpResponse:
    etat = read_regards(request.user, bilan, now=request.now)
    if etat is None or etat.clos:
        return vers(ESPACE, "regards", bilan)
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            act(bilan=bilan, by=request.user, now=request.now)
        except Refused as refused:
            found = refused.obstacles
        else:
            messages.success(request, done)
            return vers(ESPACE, "regards", bilan)
    context = {"etat": etat, "obstacles_trouves": found, "seuil": SEUIL}
    return montrer(request, bilan, ESPACE, template, context, 422 if found else 200)


@gate.bilan(Action.INVITE_REPONDANTS)
@require_POST
def commenter(request: Requete, bilan: Any) -> HttpResponse:
    form = CommentaireForm(request.POST)
    if not form.is_valid():
        return vers(ESPACE, "regards", bilan)
    try:
        acts.comment_regards(
            bilan=bilan, commentaire=form.cleaned_data["commentaire"], by=request.user, now=request.now
        )
    except Refused as refused:
        return _page(request, bilan, obstacles=refused.obstacles, status=422)
    messages.success(request, "Votre commentaire est enregistré, à côté du résultat.")
    return vers(ESPACE, "regards", bilan)


_BASE = "<uuid:bilan_id>/regards/"
urls = [
    path(_BASE, regards, name="beneficiaire_regards"),
    path(f"{_BASE}demande/", regler, name="beneficiaire_regards_regler"),
    path(f"{_BASE}inviter/", inviter, name="beneficiaire_regards_inviter"),
    path(f"{_BASE}<uuid:repondant_id>/oublier/", oublier, name="beneficiaire_regards_oublier"),
    path(f"{_BASE}relancer/", relancer, name="beneficiaire_regards_relancer"),
    path(f"{_BASE}clore/", clore, name="beneficiaire_regards_clore"),
    path(f"{_BASE}renoncer/", renoncer, name="beneficiaire_regards_renoncer"),
    path(f"{_BASE}commenter/", commenter, name="beneficiaire_regards_commenter"),
]
