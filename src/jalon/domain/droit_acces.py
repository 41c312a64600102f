"""Answering a person who asks for her data: one month, carried over a non-working last day (RGPD art. 12)."""

from __future__ import annotations

from datetime import date

from jalon.domain.jours import Calendrier, add_months


def answer_before(recue_le: date, calendrier: Calendrier) -> date:
    """The last day for the answer. Periods of European law are carried over by regulation 1182/71, art. 3."""
    rules = calendrier.law.donnees_personnelles
    last = add_months(recue_le, rules.reponse_mois.value)
    return calendrier.postponed(last) if rules.reponse_prorogation.value else last
