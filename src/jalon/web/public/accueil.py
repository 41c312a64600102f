"""The public home: what the cabinet does and its published offers, each whole on its own page; or a sober page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.cabinet import open_cabinet, read_vitrine
from jalon.access.disponibilite import read_agendas
from jalon.access.offre import PageOffre, list_pages
from jalon.actions.cabinet import opening_code_waits
from jalon.domain.parcours import LEGAL_PHASES
from jalon.domain.tva import price_mention
from jalon.web import gate
from jalon.web.public.bilan import PHASES
from jalon.web.requete import Requete


@gate.public
def accueil(request: Requete) -> HttpResponse:
    organisme = open_cabinet()
    if organisme is None:
        return render(request, "public/sobre.html", {"code_attendu": opening_code_waits()})
    pages = list_pages(organisme, request.now)
    agendas = read_agendas(organisme, request.now)
    context = {
        "organisme": organisme,
        "pages": [_shown(page, organisme.regime_tva) for page in pages],
        "vitrine": read_vitrine(organisme, request.now),
        "phases": [(phase.label, PHASES[phase]) for phase in LEGAL_PHASES],
        "rendez_vous": bool(agendas),
    }
    if not pages:
        return render(request, "public/accueil_court.html", context)
    response = render(request, "public/accueil.html", context)
    # Only what is published may be found by search engines.
    response.headers["X-Robots-Tag"] = "all"
    return response


def _shown(page: PageOffre, regime_tva: str) -> dict[str, Any]:
    return {
        "offre": page.offre,
        "parcours": page.offre.parcours,
        "heures": page.parcours.heures,
        "hors_cadre": page.parcours.hors_cadre,
        "tva": price_mention(regime_tva, hors_cadre=page.parcours.hors_cadre),
        "comment": [m.label.lower() for m in page.modalites],
    }


urls = [path("", accueil, name="public_accueil")]
