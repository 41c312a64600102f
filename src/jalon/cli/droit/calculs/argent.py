"""Calculations on the contract of a person who pays herself."""

from __future__ import annotations

from datetime import date
from typing import Any

from jalon.cli.droit.entree import (
    Champs,
    a_count,
    a_day,
    a_flag,
    a_positive_count,
    law_of,
    money,
    one_of,
)
from jalon.cli.droit.reponse import Answer, answer
from jalon.domain.contrat_individuel import Cause, due_pro_rata, largest_first_payment
from jalon.domain.jours import Calendrier
from jalon.domain.retractation import Lieu, withdrawal
from jalon.law import Parameter, law_on


def retractation(data: Any) -> Answer:
    champs = Champs(data, "conclu_le lieu territoire information_donnee information_donnee_le")
    conclu_le, lieu = champs.need("conclu_le", a_day), champs.need("lieu", one_of(Lieu))
    territoire = champs.territoire()
    informed = champs.flag("information_donnee", default=True)
    informed_on = champs.may("information_donnee_le", a_day)
    with law_of("conclu_le"):
        calendrier = Calendrier(territoire, law_on(conclu_le))
        found = withdrawal(
            conclu_le, lieu, calendrier, information_donnee=informed, information_donnee_le=informed_on
        )
        return answer(
            *_sources(lieu, calendrier, informed and informed_on is None),
            dernier_jour=found.dernier_jour,
            premier_paiement_le=found.premier_paiement_le,
            fonction_en_ligne_requise=found.fonction_en_ligne_requise,
        )


def _sources(lieu: Lieu, calendrier: Calendrier, informed: bool) -> list[Parameter | str]:
    rules = calendrier.law.contrat_individuel
    told: list[Parameter | str] = [rules.retractation_jours, rules.premier_versement_max]
    if lieu == Lieu.ETABLISSEMENT:
        return told
    told += [rules.retractation_distance_jours, rules.retractation_distance_prorogation]
    if not informed:
        told.append(rules.retractation_defaut_information_mois)
    if lieu == Lieu.HORS_ETABLISSEMENT:
        told.append(rules.hors_etablissement_sans_paiement_jours)
    elif rules.covers("fonction_retractation_en_ligne"):
        told.append(rules.fonction_retractation_en_ligne)
    return [*told, calendrier.source]


def acompte(data: Any) -> Answer:
    """The contract gives no date: the last value that the law has is the one that answers."""
    champs = Champs(data, "prix")
    prix = champs.need("prix", money)
    law = law_on(date.max)
    return answer(
        law.contrat_individuel.premier_versement_max,
        premier_versement_max=largest_first_payment(prix, law),
    )


def prorata(data: Any) -> Answer:
    champs = Champs(data, "prix minutes_prevues minutes_faites demande_expresse cause")
    cause = champs.need("cause", one_of(Cause))
    du = due_pro_rata(
        champs.need("prix", money),
        minutes_prevues=champs.need("minutes_prevues", a_positive_count),
        minutes_faites=champs.need("minutes_faites", a_count),
        cause=cause,
        demande_expresse=champs.need("demande_expresse", a_flag),
    )
    withdrawn = cause == Cause.RETRACTATION
    source = "Code de la consommation, art. L. 221-25" if withdrawn else "Code du travail, art. L. 6353-7"
    return answer(source, du=du)
