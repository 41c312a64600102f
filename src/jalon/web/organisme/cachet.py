"""The seal: which certificate, until when, its fingerprint; bring one's own, or make another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.actions.cachet import bring_cachet, read_cachet, renew_cachet
from jalon.domain.obstacle import Refused
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.papier import download
from jalon.web.requete import Requete


class CertificatForm(forms.Form):
    fichier = forms.FileField(
        label="Le certificat avec sa clé",
        help_text="Un fichier .p12 ou .pfx, avec une clé RSA.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        error_messages={
            "required": "Choisissez le fichier sur votre appareil.",
            "empty": "Ce fichier est vide.",
        },
    )
    mot_de_passe = forms.CharField(
        label="Son mot de passe",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


@gate.cabinet(Action.MANAGE_CABINET)
def cachet(request: Requete, organisme: Any) -> HttpResponse:
    form = CertificatForm(request.POST or None, request.FILES or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            bring_cachet(
                organisme=organisme,
                fichier=form.cleaned_data["fichier"].read(),
                mot_de_passe=form.cleaned_data["mot_de_passe"],
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "Ce certificat scelle désormais vos documents.")
            return redirect("organisme_cachet")
    context = {"cachet": read_cachet(organisme), "form": form, "obstacles_trouves": found}
    return page(request, organisme, "cachet", context, status=422 if request.method == "POST" else 200)


@gate.cabinet(Action.MANAGE_CABINET)
@require_POST
def renouveler(request: Requete, organisme: Any) -> HttpResponse:
    renew_cachet(organisme=organisme, by=request.user, now=request.now)
    messages.success(request, "Un nouveau certificat est créé. Ce que l’ancien a scellé reste vérifiable.")
    return redirect("organisme_cachet")


@gate.cabinet(Action.MANAGE_CABINET)
def certificat(request: Requete, organisme: Any) -> HttpResponse:
    """The public part: whoever receives a document may trust it in a reader of PDF."""
    held = read_cachet(organisme)
    if held is None:
        return redirect("organisme_cachet")
    return download(held.certificate_bytes(), "certificat", kind="application/pkix-cert", suffix="cer")


urls = [
    path("reglages/cachet/", cachet, name="organisme_cachet"),
    path("reglages/cachet/renouveler/", renouveler, name="organisme_cachet_renouveler"),
    path("reglages/cachet/certificat/", certificat, name="organisme_cachet_certificat"),
]
