"""The first word to the cabinet: few fields, sealed at once, and the day on which it erases itself told on the form."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.cabinet import open_cabinet, today
from jalon.actions.contact import REPONSE_JOURS_OUVRES, receive_contact
from jalon.domain.jours import Calendrier, Territoire, add_years
from jalon.domain.obstacle import Obstacle, Refused
from jalon.law import law_on
from jalon.web import gate, refus
from jalon.web.public.frein import too_often
from jalon.web.requete import Requete

ESSAIS, FENETRE = 5, 3600


class ContactForm(forms.Form):
    prenom = forms.CharField(
        label="Comment vous appeler ?",
        max_length=100,
        help_text="Un prénom suffit, même d’emprunt.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Dites-nous comment vous appeler."},
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        required=False,
        max_length=254,
        help_text="Plutôt personnelle : un employeur peut lire une adresse professionnelle.",
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "invalid": "Cette adresse n’est pas complète : il faut une partie avant et une partie après le @."
        },
    )
    telephone = forms.RegexField(
        r"^\+?[0-9][0-9 .\u00a0\-]{5,25}[0-9]$",
        label="Ou votre téléphone",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={
            "invalid": "Un numéro ne compte que des chiffres, des espaces, et au besoin un + au début."
        },
    )
    rappel_discret = forms.BooleanField(
        label="Rappelez-moi avec discrétion",
        required=False,
        help_text="Nous ne dirons qui nous sommes qu’à vous, et ne laisserons pas de message.",
    )
    propos = forms.CharField(
        label="Ce que vous voulez nous dire",
        required=False,
        max_length=5000,
        help_text="En quelques mots. Rien ne vous oblige à tout dire ici.",
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={
            "max_length": "Ce texte est trop long : %(show_value)s caractères, pour %(limit_value)s au plus. Raccourcissez-le."
        },
    )
    # A field that people do not see and that machines fill.
    site = forms.CharField(required=False, label="Ne remplissez pas ce champ")


@gate.public
def contact(request: Requete) -> HttpResponse:
    organisme = open_cabinet()
    if organisme is None:
        raise Http404
    form = ContactForm(request.POST or None)
    found: list[Obstacle] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            if said.pop("site"):
                return redirect("public_contact_recu")  # a machine: let it believe
            if too_often(request, "contact", amount=ESSAIS, seconds=FENETRE):
                status = 429
                found = [
                    Obstacle(
                        "Plusieurs messages viennent d’être envoyés depuis votre réseau. Attendez une heure, "
                        "ou appelez-nous : votre texte est encore là, ci-dessous.",
                        code="frein",
                    )
                ]
            else:
                try:
                    receive_contact(organisme=organisme, now=request.now, **said)
                except Refused as refused:
                    found = refus.put_on(form, refused)
                else:
                    return redirect("public_contact_recu")
    context = {"form": form, "obstacles_trouves": found, **delais(organisme, request)}
    return render(request, "public/contact.html", context, status=status)


@gate.public
def recu(request: Requete) -> HttpResponse:
    organisme = open_cabinet()
    if organisme is None:
        raise Http404
    return render(request, "public/contact_recu.html", delais(organisme, request))


def delais(organisme: Any, request: Requete) -> dict[str, Any]:
    """When we answer, and when it is gone: told before anything is written."""
    jour = today(organisme, request.now)
    law = law_on(jour)
    days = Calendrier(Territoire(organisme.territoire), law)
    return {
        "organisme": organisme,
        "reponse_avant": days.nth_ouvre_after(jour, REPONSE_JOURS_OUVRES),
        "efface_le": add_years(jour, int(law.conservation.prospect_annees.value)),
    }


urls = [
    path("contact/", contact, name="public_contact"),
    path("contact/recu/", recu, name="public_contact_recu"),
]
