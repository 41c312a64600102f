"""Show a page that both spaces share, in the frame of the space that is given."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.web.ecrits.saisie import Saisie, ouvert
from jalon.web.requete import Requete


def montrer(
    request: Requete,
    bilan: Any,
    espace: str,
    gabarit: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`gabarit` extends `cadre`; `ouvert` says whether anything can still be written."""
    base = {"bilan": bilan, "espace": espace, "cadre": f"{espace}/_bilan.html", "ouvert": ouvert(bilan)}
    return render(request, gabarit, base | (context or {}), status=status)


def montrer_saisie(
    request: Requete,
    bilan: Any,
    espace: str,
    gabarit: str,
    saisie: Saisie,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    own = {
        "form": saisie.form,
        "obstacles": saisie.obstacles,
        "conflit": saisie.conflit,
        "brouillon": saisie.brouillon,
        **saisie.plus,
    }
    return montrer(request, bilan, espace, gabarit, own | (context or {}), saisie.status)


def lien(espace: str, nom: str, bilan: Any, *args: Any) -> str:
    return reverse(f"{espace}_{nom}", args=[bilan.pk, *args])


def vers(espace: str, nom: str, bilan: Any, *args: Any) -> HttpResponse:
    return redirect(lien(espace, nom, bilan, *args))
