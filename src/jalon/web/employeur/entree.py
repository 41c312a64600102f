"""The way in: the link, a code sent to the address that the cabinet noted, then the dossier. No account is opened."""

import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access.employeur import find_acces
from jalon.actions.employeur import enter, send_entry_code
from jalon.domain.obstacle import Refused
from jalon.domain.signature import masked
from jalon.web import gate, refus
from jalon.web.compte.formulaires import code_field
from jalon.web.public.frein import too_often


class CodeForm(forms.Form):
    code = code_field("Le code reçu", "Huit chiffres. Le tiret ne compte pas.")


@gate.public
def lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """The same page for a link that opens nothing, but for its sentence: it tells nothing of any dossier."""
    acces = find_acces(jeton)
    if acces is None or not acces.courriel:
        return render(request, "employeur/lien_ferme.html", status=404)
    form = CodeForm(request.POST or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        if too_often(request, "code_employeur", amount=30, seconds=900):
            return render(request, "429.html", status=429)
        try:
            opened = enter(token=jeton, code=form.cleaned_data["code"], now=request.now)  # type: ignore[attr-defined]
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            return _open(request, opened)
    context = {
        "jeton": jeton,
        "form": form,
        "obstacles_trouves": found,
        "adresse": masked(acces.courriel),
        "cabinet": acces.bilan.organisme,
        "code_envoye": request.GET.get("code") == "envoye" or request.method == "POST",
    }
    return render(request, "employeur/lien.html", context, status=422 if request.method == "POST" else 200)


def _open(request: HttpRequest, acces: Any) -> HttpResponse:
    """A session of its own: nothing of an earlier visitor of this browser stays in it."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    opened = request.session.get(gate.EMPLOYEUR, {})
    mine = (str(acces.pk), int(time.time()))
    request.session[gate.EMPLOYEUR] = {**opened, str(acces.bilan_id): mine}
    return redirect("employeur_dossier", acces.bilan_id)


@gate.public
@require_POST
def code(request: HttpRequest, jeton: str) -> HttpResponse:
    if too_often(request, "lien_employeur", amount=20, seconds=900):
        return render(request, "429.html", status=429)
    try:
        send_entry_code(token=jeton, now=request.now)  # type: ignore[attr-defined]
    except Refused as refused:
        context = {"obstacles_trouves": refused.obstacles, "jeton": jeton, "form": CodeForm()}
        return render(request, "employeur/lien.html", context, status=422)
    return redirect(f"{reverse('employeur_lien', args=[jeton])}?code=envoye")


@gate.public
def referme(request: HttpRequest) -> HttpResponse:
    return render(request, "employeur/referme.html", status=401)


@gate.public
@require_POST
def sortir(request: HttpRequest) -> HttpResponse:
    request.session.pop(gate.EMPLOYEUR, None)
    return redirect("employeur_referme")


urls = [
    path("referme/", referme, name="employeur_referme"),
    path("sortir/", sortir, name="employeur_sortir"),
    path("lien/<str:jeton>/", lien, name="employeur_lien"),
    path("lien/<str:jeton>/code/", code, name="employeur_lien_code"),
]
