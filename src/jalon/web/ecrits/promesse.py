"""Promises made in séance, in both spaces: those to keep, those kept, and the gesture that ticks one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.promesse import PromesseLue, get_promesse, list_promesses
from jalon.actions.promesse import keep_promesse
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer
from jalon.web.ecrits.saisie import ouvert
from jalon.web.requete import Requete


def vue_promesse(lue: PromesseLue, bilan: Any, espace: str) -> dict[str, Any]:
    mine = lue.du_consultant == (espace == "consultant")
    other = (bilan.consultant if lue.du_consultant else bilan.beneficiaire).nom_complet
    return {
        "lue": lue,
        "texte": lue.texte,
        "pour_le": lue.promesse.pour_le,
        "en_retard": lue.en_retard,
        "tenue": lue.promesse.tenue_le is not None,
        "moi": mine,
        "qui": "vous" if mine else other,
        "geste": lien(espace, "promesse_tenir", bilan, lue.promesse.pk),
        "bilan": bilan,
        "clos": not ouvert(bilan),
    }


def vues_promesses(request: Requete, bilan: Any, espace: str, **wanted: Any) -> list[dict[str, Any]]:
    found = list_promesses(request.user, bilan, now=request.now, **wanted)
    return [vue_promesse(lue, bilan, espace) for lue in found]


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.KEEP_PROMESSE)
    def liste(request: Requete, bilan: Any) -> HttpResponse:
        return page(request, bilan)

    def page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
        vues = vues_promesses(request, bilan, espace, tenues=True)
        context = {
            "a_tenir": [v for v in vues if not v["tenue"]],
            "tenues": [v for v in vues if v["tenue"]],
            "obstacles": refused.obstacles if refused else (),
        }
        return montrer(request, bilan, espace, "ecrits/promesses.html", context, 422 if refused else 200)

    @gate.bilan(Action.KEEP_PROMESSE)
    @require_POST
    def tenir(request: Requete, bilan: Any, promesse_id: Any) -> HttpResponse:
        row = get_promesse(Action.KEEP_PROMESSE, request.user, bilan, promesse_id)
        kept = request.POST.get("tenue") != "non"
        try:
            keep_promesse(promesse=row, tenue=kept, by=request.user, now=request.now)
        except Refused as refused:
            return page(request, bilan, refused)
        messages.success(request, "C’est noté : tenu." if kept else "C’est de nouveau à tenir.")
        suite = request.POST.get("suite", "")
        if not url_has_allowed_host_and_scheme(
            suite, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            suite = lien(espace, "promesses", bilan)
        return redirect(suite)

    base = "<uuid:bilan_id>/engagements/"
    return [
        path(base, liste, name=f"{espace}_promesses"),
        path(f"{base}<uuid:promesse_id>/tenir/", tenir, name=f"{espace}_promesse_tenir"),
    ]
