"""Codes on paper: the way in for whoever has no mailbox, and the page where the consultant prints them."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon.access import Action
from jalon.access.compte import valid_codes
from jalon.actions.code_papier import NOMBRE, print_codes, use_code
from jalon.documents import TAILLES
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.composants.typographie import compte as counted
from jalon.web.compte.appareil import PARTAGE, choose_device
from jalon.web.compte.formulaires import appareil_field, code_field
from jalon.web.compte.paroles import ERREURS
from jalon.web.requete import Requete


class CodePapierForm(forms.Form):
    identifiant = forms.CharField(
        label="Votre identifiant",
        help_text="En haut de la feuille\u00a0: quatre lettres et quatre chiffres.",
        max_length=40,
        error_messages={"required": "Recopiez l’identifiant écrit en haut de votre feuille."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    code = code_field(
        "Un code de la liste", "Le premier qui n’est pas rayé\u00a0: neuf chiffres.", on_paper=True
    )
    appareil_partage = appareil_field()


class FeuilleForm(forms.Form):
    taille = forms.ChoiceField(
        label="Taille du texte sur la feuille",
        choices=[("normal", "Normale"), *((t, f"{t} points") for t in TAILLES if t != "normal")],
    )


@gate.public
def entrer(request: Requete) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("accueil")
    form = CodePapierForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = "".join(c for c in form.cleaned_data["identifiant"].upper() if c.isalnum())
            if not ratelimit.consume(request, action="code_papier", key=typed):
                form.add_error(None, ERREURS["too_many_login_attempts"])
                status = 429
            else:
                try:
                    return _let_in(request, form)
                except Refused as refused:
                    form.add_error("code", refused.obstacles[0].sentence)
    return render(request, "compte/code_papier.html", {"form": form}, status=status)


def _let_in(request: Requete, form: CodePapierForm) -> HttpResponse:
    typed = form.cleaned_data
    personne, left = use_code(identifiant=typed["identifiant"], code=typed["code"], now=request.now)
    choose_device(request, shared=typed[PARTAGE])
    record_authentication(request, personne, method="code_papier")
    response = perform_login(request, Login(user=personne, email=personne.email))
    rest = f"Il vous en reste {left}." if left else "C’était le dernier\u00a0: demandez une nouvelle feuille."
    messages.info(request, f"Rayez le code que vous venez d’utiliser. {rest}")
    return response


@gate.bilan(Action.GIVE_CODES_PAPIER)
def imprimer(request: Requete, bilan: Any) -> HttpResponse:
    """Each print is another sheet: the codes are in no database, and the former ones stop working."""
    form = FeuilleForm(request.POST or {"taille": bilan.beneficiaire.taille_texte})
    refused: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            pdf = print_codes(
                bilan=bilan, by=request.user, now=request.now, taille=form.cleaned_data["taille"]
            )
        except Refused as found:
            refused = found.obstacles
        else:
            response = HttpResponse(pdf, content_type="application/pdf")
            response["Content-Disposition"] = 'inline; filename="feuille.pdf"'
            return response
    left = valid_codes(bilan.beneficiaire, request.now)
    context = {
        "bilan": bilan,
        "form": form,
        "obstacles": refused,
        "nombre": NOMBRE,
        "restent": counted(left, "code", "codes") if left else "",
    }
    return render(
        request, "compte/codes_papier.html", context, status=422 if request.method == "POST" else 200
    )


urls = [
    path("papier/", entrer, name="compte_code_papier"),
    path("codes-papier/<uuid:bilan_id>/", imprimer, name="compte_codes_papier"),
]
