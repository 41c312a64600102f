"""The public home: what the cabinet offers, in plain words and complete, or a sober page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.cabinet import Offre, open_cabinet, read_vitrine, today
from jalon.actions.cabinet import opening_code_waits
from jalon.domain.parcours import LEGAL_PHASES, Nature, Phase
from jalon.law import law_on
from jalon.web import gate
from jalon.web.requete import Requete

# In our own words, what each phase is for (R. 6313-4).
PHASES = {
    Phase.PRELIMINAIRE: "Vous dites ce qui vous amène. Vous décidez ensemble de ce que vous cherchez, et de la façon de vous y prendre.",
    Phase.INVESTIGATION: "Vous regardez votre parcours, ce que vous savez faire, ce qui compte pour vous. Un projet se dessine, ou plusieurs, et vous les confrontez au réel.",
    Phase.CONCLUSIONS: "Vous faites vôtres les résultats, vous recensez ce qui aidera et ce qui gênera, vous posez les étapes avec leurs dates. Une synthèse écrite vous est remise, à vous seul·e.",
}
# What a bilan is not: said before anybody pays for something else.
PAS_CELA = (
    ("Un arbitrage avec votre employeur", "Il ne règle pas un conflit au travail."),
    ("Une formation", "Il ne délivre ni diplôme ni certification. Il peut vous amener à en viser une."),
    ("Une validation des acquis", "Aucune VAE ne s’y fait. Il peut vous donner envie d’en entreprendre une."),
    ("Une aide à la recherche d’emploi", "On n’y rédige ni CV ni lettre de candidature."),
    ("Un reclassement", "Il ne vous place pas dans un autre poste."),
    ("Une évaluation pour quelqu’un d’autre", "Personne d’autre que vous n’en reçoit les résultats."),
    ("Du coaching ou du développement personnel", "Le travail porte sur votre vie professionnelle."),
    ("Un stage de bien-être, ou une préparation à la retraite", "D’autres professionnels savent faire cela."),
)


@gate.public
def accueil(request: Requete) -> HttpResponse:
    organisme = open_cabinet()
    if organisme is None:
        return render(request, "public/sobre.html", {"code_attendu": opening_code_waits()})
    vitrine = read_vitrine(organisme, request.now)
    if not vitrine.publiable:
        return render(request, "public/accueil_court.html", {"organisme": organisme, "vitrine": vitrine})
    jour = today(organisme, request.now)
    law = law_on(jour)
    context = {
        "organisme": organisme,
        "vitrine": vitrine,
        "offres": [_shown(one) for one in vitrine.offres],
        "phases": [(phase.label, PHASES[phase]) for phase in LEGAL_PHASES],
        "pas_cela": PAS_CELA,
        "limite": int(law.bilan_competences.duree_max_heures.value),
        "delais": {
            "cpf": law.cpf.delai_avant_entree_jours_ouvres.value,
            "convention": law.bilan_competences.convention_delai_jours.value,
            "retractation": law.contrat_individuel.retractation_jours.value,
            "distance": law.contrat_individuel.retractation_distance_jours.value,
        },
    }
    response = render(request, "public/accueil.html", context)
    # The one page that search engines may show: an offer must be found.
    response.headers["X-Robots-Tag"] = "all"
    return response


def _shown(offre: Offre) -> dict[str, Any]:
    def minutes(phase: Phase, nature: Nature) -> int:
        return sum(x.total for x in offre.lignes if x.phase == phase and x.nature == nature)

    return {
        "parcours": offre.parcours,
        "heures": offre.heures,
        "hors_cadre": offre.hors_cadre,
        "collectif": any(x.collectif for x in offre.lignes),
        "phases": [
            {
                "nom": phase.label,
                "entretiens": minutes(phase, Nature.ACCOMPAGNEMENT),
                "travail": minutes(phase, Nature.TRAVAIL_PERSONNEL),
            }
            for phase in LEGAL_PHASES
        ],
    }


urls = [path("", accueil, name="public_accueil")]
