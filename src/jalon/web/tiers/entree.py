"""The way in: the link, a code sent to the address that the person gave, then what she gives to read. No account is opened."""

import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access.partage import find_share
from jalon.actions.partage import enter, send_reading_code
from jalon.domain.obstacle import Refused
from jalon.domain.signature import masked
from jalon.web import gate, refus
from jalon.web.compte.formulaires import code_field
from jalon.web.public.frein import too_often


class CodeForm(forms.Form):
    code = code_field("Le code reçu", "Huit chiffres. Le tiret ne compte pas.")


@gate.public
def lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """A link that is forged, over or stopped gives the same page: it tells nothing of anybody."""
    if too_often(request, "lien_partage", amount=60, seconds=900):
        return render(request, "429.html", status=429)
    partage = find_share(jeton, now=request.now)  # type: ignore[attr-defined]
    if partage is None:
        return render(request, "tiers/ferme.html", status=404)
    form = CodeForm(request.POST or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        if too_often(request, "code_partage", amount=30, seconds=900):
            return render(request, "429.html", status=429)
        try:
            opened = enter(token=jeton, code=form.cleaned_data["code"], now=request.now)  # type: ignore[attr-defined]
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            return _open(request, opened)
    return _page(request, jeton, partage, form, found)


def _page(request: HttpRequest, jeton: str, partage: Any, form: CodeForm, found: list[Any]) -> HttpResponse:
    context = {
        "jeton": jeton,
        "form": form,
        "obstacles_trouves": found,
        "adresse": masked(partage.courriel),
        "cabinet": partage.bilan.organisme,
        "code_envoye": request.GET.get("code") == "envoye" or request.method == "POST",
    }
    return render(request, "tiers/lien.html", context, status=422 if request.method == "POST" else 200)


def _open(request: HttpRequest, partage: Any) -> HttpResponse:
    """Nothing of an earlier visitor of this browser stays in the session."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    opened = request.session.get(gate.PARTAGES, {})
    request.session[gate.PARTAGES] = {**opened, str(partage.pk): int(time.time())}
    return redirect("partage_ouvert", partage.pk)


@gate.public
@require_POST
def code(request: HttpRequest, jeton: str) -> HttpResponse:
    if too_often(request, "code_demande_partage", amount=20, seconds=900):
        return render(request, "429.html", status=429)
    try:
        sent = send_reading_code(token=jeton, now=request.now)  # type: ignore[attr-defined]
    except Refused as refused:
        partage = find_share(jeton, now=request.now)  # type: ignore[attr-defined]
        return _page(request, jeton, partage, CodeForm(), list(refused.obstacles))
    if sent is None:
        return render(request, "tiers/ferme.html", status=404)
    return redirect(f"{reverse('partage_lien', args=[jeton])}?code=envoye")


@gate.public
def referme(request: HttpRequest) -> HttpResponse:
    return render(request, "tiers/referme.html", status=401)


@gate.public
@require_POST
def sortir(request: HttpRequest) -> HttpResponse:
    request.session.pop(gate.PARTAGES, None)
    return redirect("partage_referme")


urls = [
    path("referme/", referme, name="partage_referme"),
    path("sortir/", sortir, name="partage_sortir"),
    path("lien/<str:jeton>/", lien, name="partage_lien"),
    path("lien/<str:jeton>/code/", code, name="partage_lien_code"),
]
