"""«Mon profil»: who I am, how I am reached, how I enter, how the pages look. The same in every space."""

import secrets
import time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access.compte import address_warning, read_moyens, warning_for
from jalon.actions.personne import address_is_taken, change_address, update_profile
from jalon.actions.secret import fingerprint
from jalon.domain.adresse import normalize
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.compte import courriel
from jalon.web.compte.formulaires import adresse_field, code_field
from jalon.web.compte.paroles import ERREURS
from jalon.web.requete import Requete

_PENDING = "nouvelle_adresse"
_SECONDS = 600
_TRIES = 3


class IdentiteForm(forms.Form):
    prenom = forms.CharField(
        label="Prénom",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label="Nom",
        max_length=100,
        error_messages={"required": "Il faut un nom\u00a0: il figure sur vos documents."},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    telephone = forms.RegexField(
        r"^[0-9+][0-9 .\u00a0\-]{5,28}$",
        label="Téléphone",
        required=False,
        max_length=30,
        error_messages={
            "invalid": "Ce numéro n’est pas complet\u00a0: écrivez-le avec ses chiffres, par exemple 06 00 00 00 00."
        },
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class AdresseForm(forms.Form):
    adresse = adresse_field(
        "Votre nouvelle adresse électronique", "Nous y enverrons un code, pour être sûrs que vous la lisez."
    )


class CodeForm(forms.Form):
    code = code_field("Le code reçu à cette adresse", "Huit chiffres. Le tiret ne compte pas.")


@gate.signed_in
def compte(request: Requete) -> HttpResponse:
    return redirect("compte_moi")


@gate.signed_in
def moi(request: Requete) -> HttpResponse:
    personne = request.user
    kept = {"prenom": personne.prenom, "nom": personne.nom, "telephone": personne.telephone}
    form = IdentiteForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            update_profile(by=personne, **form.cleaned_data, now=request.now)
        except Refused as refused:
            _tell(form, refused)
        else:
            messages.success(request, "Vos coordonnées sont à jour.")
            return redirect("compte_moi")
    avis = address_warning(personne)
    context = {
        "form": form,
        "moyens": read_moyens(personne, request.now),
        "avis": [avis] if avis else [],
    }
    return render(request, "compte/moi.html", context, status=422 if form.is_bound else 200)


@gate.signed_in
@reauthentication_required(app="allauth.mfa")
def adresse(request: Requete) -> HttpResponse:
    form = AdresseForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            wanted = normalize(form.cleaned_data["adresse"])
            if wanted == (request.user.email or "").lower():
                form.add_error("adresse", "C’est déjà votre adresse\u00a0: il n’y a rien à changer.")
            elif not ratelimit.consume(request, action="adresse", key=wanted):
                form.add_error(None, ERREURS["rate_limited"])
                status = 429
            else:
                _send_code(request, wanted)
                return redirect("compte_adresse_code")
    return render(request, "compte/adresse.html", {"form": form}, status=status)


def _send_code(request: Requete, wanted: str) -> None:
    """An address that opens another account gets a notice in place of a code: this page says nothing of it."""
    digits = f"{secrets.randbelow(10**8):08d}"
    request.session[_PENDING] = {
        "adresse": wanted,
        "code": fingerprint("adresse", wanted, digits),
        "jusqu_au": int(time.time()) + _SECONDS,
        "essais": 0,
    }
    if address_is_taken(wanted, by=request.user):
        request.session[_PENDING]["code"] = ""
        courriel.send_now(request, "adresse_prise", wanted, lien=courriel.link_to("account_login"))
    else:
        courriel.send_code(request, "code_verification", wanted, f"{digits[:4]}-{digits[4:]}", _SECONDS)


@gate.signed_in
def adresse_code(request: Requete) -> HttpResponse:
    pending = request.session.get(_PENDING)
    if not pending:
        return redirect("compte_adresse")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answer = _check(request, pending, form)
        if answer is not None:
            return answer
    avis = warning_for(request.user, pending["adresse"], pour_soi=True)
    context = {"form": form, "adresse": pending["adresse"], "avis": [avis] if avis else []}
    return render(request, "compte/adresse_code.html", context, status=422 if form.is_bound else 200)


def _check(request: Requete, pending: dict[str, Any], form: CodeForm) -> HttpResponse | None:
    digits = "".join(c for c in form.cleaned_data["code"] if c.isdigit())
    right = pending["code"] and secrets.compare_digest(
        pending["code"], fingerprint("adresse", pending["adresse"], digits)
    )
    if time.time() > pending["jusqu_au"]:
        return _start_again(request, "Ce code a expiré\u00a0: demandez-en un autre.")
    if not right:
        pending["essais"] += 1
        request.session[_PENDING] = pending
        if pending["essais"] >= _TRIES:
            return _start_again(request, "Trois codes faux\u00a0: par prudence, demandez-en un autre.")
        form.add_error("code", ERREURS["incorrect_code"])
        return None
    try:
        change_address(by=request.user, adresse=pending["adresse"], now=request.now)
    except Refused as refused:
        return _start_again(request, refused.obstacles[0].sentence)
    del request.session[_PENDING]
    messages.success(request, "Votre nouvelle adresse est en place\u00a0: c’est elle qui ouvre votre espace.")
    return redirect("compte_moi")


def _start_again(request: Requete, why: str) -> HttpResponse:
    request.session.pop(_PENDING, None)
    messages.error(request, why)
    return redirect("compte_adresse")


def _tell(form: forms.Form, refused: Refused) -> None:
    for obstacle in refused.obstacles:
        form.add_error(obstacle.field if obstacle.field in form.fields else None, obstacle.sentence)


urls = [
    path("", compte, name="compte"),
    path("moi/", moi, name="compte_moi"),
    path("moi/adresse/", adresse, name="compte_adresse"),
    path("moi/adresse/code/", adresse_code, name="compte_adresse_code"),
]
