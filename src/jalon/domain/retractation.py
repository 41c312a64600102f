"""Changing one's mind about a contract paid by the person: the Labour code's ten days, and the consumer's fourteen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.domain.jours import DAY, Calendrier, add_months
from jalon.domain.parcours import Labelled
from jalon.law import Law

ONLINE = "fonction_retractation_en_ligne"


class Lieu(Labelled):
    """Where the contract was concluded: it decides which protection applies."""

    ETABLISSEMENT = "etablissement", "Dans l’établissement"
    DISTANCE = "distance", "À distance"
    HORS_ETABLISSEMENT = "hors_etablissement", "Hors établissement"


@dataclass(frozen=True)
class Retractation:
    dernier_jour: date
    premier_paiement_le: date
    fonction_en_ligne_requise: bool


def withdrawal(
    conclu_le: date,
    lieu: Lieu,
    calendrier: Calendrier,
    *,
    information_donnee: bool = True,
    information_donnee_le: date | None = None,
) -> Retractation:
    """The longest of the periods that apply: no money before it has ended (L. 6353-6, L. 221-10)."""
    law = calendrier.law
    rules = law.contrat_individuel
    last = conclu_le + timedelta(days=rules.retractation_jours.value)
    unpaid = last
    if lieu != Lieu.ETABLISSEMENT:
        consumer = consumer_period(conclu_le, calendrier, information_donnee, information_donnee_le)
        last = unpaid = max(last, consumer)
    if lieu == Lieu.HORS_ETABLISSEMENT:
        unpaid = max(unpaid, conclu_le + timedelta(days=rules.hors_etablissement_sans_paiement_jours.value))
    return Retractation(last, unpaid + DAY, lieu == Lieu.DISTANCE and online_function_required(law))


def consumer_period(
    conclu_le: date, calendrier: Calendrier, informed: bool, informed_on: date | None
) -> date:
    """L. 221-18 to L. 221-20: fourteen days, carried over a non-working last day; twelve months more without the
    information, cut to fourteen days from the day it is given, if that is during the longer period."""
    first = _fourteen_days_from(conclu_le, calendrier)
    if informed and informed_on is None:
        return first
    months = calendrier.law.contrat_individuel.retractation_defaut_information_mois.value
    prolonged = _carried(add_months(first, months), calendrier)
    if informed_on is None or informed_on > prolonged:
        return prolonged
    return max(first, _fourteen_days_from(informed_on, calendrier))


def _fourteen_days_from(day: date, calendrier: Calendrier) -> date:
    days = calendrier.law.contrat_individuel.retractation_distance_jours.value
    return _carried(day + timedelta(days=days), calendrier)


def _carried(day: date, calendrier: Calendrier) -> date:
    """L. 221-19: only the consumer's period is carried over; the ten days of L. 6353-5 are not."""
    carried = calendrier.law.contrat_individuel.retractation_distance_prorogation.value
    return calendrier.postponed(day) if carried else day


def online_function_required(law: Law) -> bool:
    """L. 221-21: the function exists only from its first day on, and before it nothing was required."""
    return law.contrat_individuel.covers(ONLINE) and bool(law.contrat_individuel[ONLINE].value)
