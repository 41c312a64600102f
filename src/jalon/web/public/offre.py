"""The page of one offer, whole: objectives, hours, price, ways of paying, methods, accessibility, results with their number."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from jalon.access.cabinet import today
from jalon.access.disponibilite import read_agendas
from jalon.access.offre import PageOffre, get_page, resultat_facts
from jalon.domain.offre_publique import TEXTES
from jalon.domain.parcours import LEGAL_PHASES, Nature
from jalon.domain.seance import Modalite
from jalon.domain.tva import price_mention
from jalon.law import law_on
from jalon.web import gate
from jalon.web.public.payer import ways
from jalon.web.requete import Requete


@gate.public
def offre(request: Requete, adresse: str) -> HttpResponse:
    page = get_page(adresse, request.now)
    response = render(request, "public/offre.html", read_context(request, page))
    response.headers["X-Robots-Tag"] = "all"
    return response


def read_context(request: Requete, page: PageOffre) -> dict[str, Any]:
    """The same for everybody and for the author who looks before publishing."""
    organisme = page.organisme
    law = law_on(today(organisme, request.now))
    parcours = page.offre.parcours
    remote = [m.label.lower() for m in page.modalites]
    return {
        "organisme": organisme,
        "page": page,
        "offre": page.offre,
        "parcours": parcours,
        "tva": price_mention(organisme.regime_tva, hors_cadre=page.parcours.hors_cadre),
        "heures": page.parcours.heures,
        "hors_cadre": page.parcours.hors_cadre,
        "collectif": any(x.collectif for x in page.parcours.lignes),
        "phases": [_phase(page, phase) for phase in LEGAL_PHASES],
        "textes": {name: getattr(page.offre, name) for name in TEXTES},
        "facons": ways(page.financements, parcours.prix, law) if parcours.prix is not None else [],
        "comment": remote,
        "en_presence": Modalite.PRESENTIEL in page.modalites,
        "a_distance": Modalite.VISIO in page.modalites or Modalite.TELEPHONE in page.modalites,
        "resultats": [(row, resultat_facts(row)) for row in page.resultats],
        "limite": law.bilan_competences.duree_max_heures,
        "canonique": settings.JALON_BASE_URL.rstrip("/") + reverse("public_offre", args=[page.offre.adresse])
        if page.offre.adresse
        else "",
        "apercu": False,
        "rendez_vous": bool(read_agendas(organisme, request.now)),
    }


def _phase(page: PageOffre, phase: Any) -> dict[str, Any]:
    lignes = [x for x in page.parcours.lignes if x.phase == phase]
    return {
        "nom": phase.label,
        "entretiens": sum(x.total for x in lignes if x.nature == Nature.ACCOMPAGNEMENT),
        "nombre": sum(x.nombre for x in lignes if x.nature == Nature.ACCOMPAGNEMENT),
        "travail": sum(x.total for x in lignes if x.nature == Nature.TRAVAIL_PERSONNEL),
    }


urls = [path("offres/<slug:adresse>/", offre, name="public_offre")]
