"""The frame of the employer's pages: which dossier, for whom, and the pages that this route has."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jalon.access.employeur import DossierEmployeur, read_dossier_employeur
from jalon.domain.engagement import CONVENTION
from jalon.domain.financement import Financement
from jalon.web.requete import Requete


def frame(request: Requete, bilan: Any) -> dict[str, Any]:
    found: DossierEmployeur = read_dossier_employeur(request.user, bilan)
    return {
        "bilan": bilan,
        "dossier": found,
        "cabinet": bilan.organisme,
        "avec_convention": bilan.financement in CONVENTION or found.convention is not None,
        "avec_absence": bilan.financement == Financement.CPF_SUR_TEMPS,
        "a_signer_nombre": len(found.a_signer),
    }


def page(
    request: Requete, bilan: Any, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    return render(
        request, f"employeur/{template}.html", {**frame(request, bilan), **(context or {})}, status=status
    )
