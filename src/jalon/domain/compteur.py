"""How journeys end, counted without whose: by quarter, and published only when nobody can be found again in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jalon.domain.parcours import Labelled


class Mesure(Labelled):
    FIN = "fin", "Comment l’accompagnement a pris fin"
    VOIE = "voie", "Qui finançait"
    SEMAINES = "semaines", "Durée"
    HEURES = "heures", "Heures suivies"
    SYNTHESE = "synthese", "Synthèse remise"
    PROJET = "projet", "Un projet, ou une alternative"
    PLAN = "plan", "Un plan d’action"
    EMPORTE = "emporte", "Dossier emporté avant la fin"
    GARDE = "garde", "Documents gardés par un accord écrit"
    SUIVI = "suivi", "Entretien de suivi"
    AVANCEE = "avancee", "Le projet, à l’entretien de suivi"
    FREIN = "frein", "Ce qui freine, à l’entretien de suivi"
    SUITE = "suite", "Ce qui a été décidé à l’entretien de suivi"


# Fewer people than this are never shown. Ours: the usual threshold of public statistics.
PUBLIE_DES = 5
_WEEKS = ((8, "moins_8"), (13, "8_12"), (21, "13_20"))
_HOURS = ((13, "moins_13"), (17, "13_16"), (21, "17_20"))
TRANCHES = {
    "moins_8": "moins de 8 semaines",
    "8_12": "8 à 12 semaines",
    "13_20": "13 à 20 semaines",
    "plus_20": "plus de 20 semaines",
    "moins_13": "moins de 13 heures",
    "13_16": "13 à 16 heures",
    "17_20": "17 à 20 heures",
    "21_24": "21 à 24 heures",
    "oui": "oui",
    "non": "non",
}


def quarter_of(day: date) -> str:
    return f"{day.year}-T{(day.month - 1) // 3 + 1}"


def weeks_band(start: date, end: date) -> str:
    weeks = (end - start).days / 7
    return next((name for limit, name in _WEEKS if weeks < limit), "plus_20")


def hours_band(minutes: int) -> str:
    return next((name for limit, name in _HOURS if minutes < limit * 60), "21_24")


def publish(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts that may be shown; None is «fewer than five». Nothing when they are fewer together, and never a single
    hidden cell: the total would give it away."""
    if sum(counts.values()) < PUBLIE_DES:
        return {}
    hidden = {value for value, count in counts.items() if count < PUBLIE_DES}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((v for v in counts if v not in hidden), key=lambda v: (counts[v], v)))
    return {value: None if value in hidden else count for value, count in counts.items()}
