"""The cabinet's visio server and the rules of its séances: how early the room opens, until when a person moves hers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.visio import as_form, has_server, reglage_seances
from jalon.actions.visio import PREAVIS_MAX, settle_seances
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.visio import AVANCE_MAX, Fournisseur
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import ligne, telephone
from jalon.web.requete import Requete


class SeancesForm(forms.Form):
    visio = forms.ChoiceField(
        label="Où se tiennent les séances en visio ?",
        choices=[(f.value, f.label) for f in Fournisseur],
        widget=forms.RadioSelect,
    )
    visio_adresse = forms.URLField(
        label="Adresse de votre serveur",
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text="Jitsi : https://visio.moncabinet.fr. BigBlueButton : l’adresse qui finit par /bigbluebutton/api.",
    )
    visio_identifiant = ligne(
        "Identifiant d’application (Jitsi)",
        100,
        aide="Celui que votre serveur attend dans ses jetons (app_id).",
    )
    visio_secret = forms.CharField(
        label="Secret partagé du serveur",
        required=False,
        max_length=200,
        strip=True,
        help_text="Gardé chiffré, jamais remontré. Laissez vide pour ne pas le changer.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    visio_avance = forms.IntegerField(
        label="La salle ouvre combien de minutes avant ?", min_value=0, max_value=AVANCE_MAX
    )
    visio_telephone = telephone(
        "Le numéro à appeler si l’image ne vient pas", aide="Sinon, celui du cabinet."
    )
    preavis_heures = forms.IntegerField(
        label="Jusqu’à combien d’heures avant une personne déplace-t-elle seule son rendez-vous ?",
        min_value=0,
        max_value=PREAVIS_MAX,
    )


@gate.cabinet(Action.MANAGE_CABINET)
def seances(request: Requete, organisme: Any) -> HttpResponse:
    known = reglage_seances(organisme)
    form = SeancesForm(request.POST or None, initial=as_form(known))
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            settle_seances(organisme=organisme, by=request.user, now=request.now, **form.cleaned_data)
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("organisme_reglages")
    context = {"form": form, "secret": has_server(known), "obstacles_trouves": found}
    return page(request, organisme, "seances", context, status=422 if request.method == "POST" else 200)


urls = [path("reglages/seances/", seances, name="organisme_seances")]
