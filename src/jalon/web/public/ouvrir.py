"""The very first page: whoever holds the code printed at the first start opens the cabinet, once."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.cabinet import open_cabinet as existing_cabinet
from jalon.actions.cabinet import open_cabinet, opening_code_waits
from jalon.domain.identite import digits
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.public.frein import too_often
from jalon.web.requete import Requete

ESSAIS, FENETRE = 10, 900


class OuvrirForm(forms.Form):
    code = forms.CharField(
        label="Code d’ouverture",
        max_length=60,
        help_text="Il s’est affiché au premier démarrage, sur l’écran de la machine. Il ne sert qu’une fois.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Recopiez le code affiché au premier démarrage."},
    )
    prenom = forms.CharField(
        label="Votre prénom",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label="Votre nom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Donnez votre nom : il figure sur les papiers du cabinet."},
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="C’est par elle que vous entrerez, avec un second moyen de vérification.",
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Écrivez votre adresse, par exemple zoe@exemple.fr.",
            "invalid": "Cette adresse n’est pas complète : il faut une partie avant et une partie après le @.",
        },
    )
    seul = forms.BooleanField(
        label="Je travaille seul·e",
        required=False,
        help_text="Vous aurez les trois rôles : responsable, assistance, consultant ou consultante. "
        "Le contenu des bilans reste dans son coffre, à part.",
    )
    consultant = forms.BooleanField(
        label="Je conduis aussi des bilans",
        required=False,
        help_text="À cocher si d’autres tiennent l’administration avec vous.",
    )
    cabinet = forms.CharField(
        label="Nom du cabinet",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Donnez un nom au cabinet : le vôtre convient."},
    )
    siret = forms.CharField(
        label="Numéro SIRET",
        max_length=30,
        help_text="Quatorze chiffres, sur l’avis de situation Sirene. Les espaces ne comptent pas.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Recopiez le numéro SIRET."},
    )

    def clean_siret(self) -> str:
        return digits(self.cleaned_data["siret"])


@gate.public
def ouvrir(request: Requete) -> HttpResponse:
    if existing_cabinet() is not None:
        return redirect("public_accueil")
    form = OuvrirForm(request.POST or None)
    found: list[Obstacle] = []
    status = 200
    if request.method == "POST":
        status = 422
        if too_often(request, "ouverture", amount=ESSAIS, seconds=FENETRE):
            status = 429
            found = [
                Obstacle(
                    "Trop d’essais viennent d’être faits : attendez un quart d’heure, puis recommencez.",
                    code="frein",
                )
            ]
        elif form.is_valid():
            said = form.cleaned_data
            try:
                _, personne = open_cabinet(
                    code=said["code"],
                    nom=said["cabinet"],
                    siret=said["siret"],
                    responsable_prenom=said["prenom"],
                    responsable_nom=said["nom"],
                    responsable_email=said["email"],
                    consultant=said["consultant"] or said["seul"],
                    assistant=said["seul"],
                    now=request.now,
                )
            except Refused as refused:
                found = refus.put_on(form, refused)
            else:
                if request.user.is_authenticated:
                    logout(request)
                record_authentication(request, personne, method="ouverture")
                return perform_login(
                    request,
                    Login(user=personne, email=personne.email, redirect_url="/cabinet/reglages/"),
                )
    context = {"form": form, "obstacles_trouves": found, "code_attendu": opening_code_waits()}
    return render(request, "public/ouvrir.html", context, status=status)


urls = [path("ouvrir/", ouvrir, name="public_ouvrir")]
