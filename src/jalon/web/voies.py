"""Each way of paying, told in plain words: what it is, who learns of it, what happens before the start.

The texts are in voies.toml, once for the cabinet and once for the person; their numbers are those of the law of the day.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jalon.domain.engagement import EngagementFacts
from jalon.domain.parcours import TypeAction
from jalon.law import Law


@dataclass(frozen=True)
class Voie:
    """`sait`: who learns that there is a dossier. `avant`: what must be there before the start, in order."""

    quoi: str
    sait: str
    avant: tuple[str, ...]
    source: str


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("voies.toml").read_text(encoding="utf-8"))


def voie_of(financement: str, type_action: str, law: Law, *, pour: str) -> Voie:
    """`pour`: « cabinet » or « personne »."""
    told = _texts()["hors_cadre" if type_action == TypeAction.HORS_CADRE else str(financement)]
    words, numbers = told[pour], _numbers(law)
    steps = tuple(one.format(**numbers) for one in words["avant"])
    return Voie(words["quoi"], words["sait"], steps, told["source"])


def _numbers(law: Law) -> dict[str, object]:
    absence, contract = law.absence_cpf, law.contrat_individuel
    return {
        "entree": law.cpf.delai_avant_entree_jours_ouvres.value,
        "preavis": absence.prevenance_jours_moins_6_mois.value,
        "preavis_long": absence.prevenance_jours_6_mois_et_plus.value,
        "seuil": absence.seuil_longue_duree_mois.value,
        "reponse": absence.reponse_jours.value,
        "convention": law.bilan_competences.convention_delai_jours.value,
        "retractation": contract.retractation_jours.value,
        "distance": contract.retractation_distance_jours.value,
        "acompte": f"{contract.premier_versement_max.value * 100:.0f}",
    }


def droit_du(facts: EngagementFacts | None) -> str:
    """Why this day's law and not another's."""
    if facts is not None and facts.cpf_demande_le is not None:
        return "le jour de la demande sur Mon Compte Formation"
    return "le jour où le financement a été réglé"
