"""Dates, hours and durations written in full French, with their no-break spaces."""

from __future__ import annotations

from datetime import date, datetime

NBSP = "\u00a0"
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def date_longue(jour: date) -> str:
    """«3 mars 2026», «1er mars 2026»."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{NBSP}{MOIS[jour.month - 1]}{NBSP}{jour.year}"


def jour_complet(jour: date) -> str:
    """«mardi 3 mars 2026»."""
    return f"{JOURS[jour.weekday()]} {date_longue(jour)}"


def heure(instant: datetime) -> str:
    """«18 h», «18 h 30»."""
    minutes = f"{NBSP}{instant.minute:02}" if instant.minute else ""
    return f"{instant.hour}{NBSP}h{minutes}"


def instant_complet(instant: datetime) -> str:
    """«mardi 3 mars 2026 à 18 h»."""
    return f"{jour_complet(instant)} à{NBSP}{heure(instant)}"


def duree(minutes: int) -> str:
    """«1 h 30», «2 h», «45 min», «0 min»."""
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste}{NBSP}min"
    return f"{heures}{NBSP}h{NBSP}{reste:02}" if reste else f"{heures}{NBSP}h"


def heures_decimales(minutes: int) -> str:
    """«16,5»: hours as the ministry's model of certificate counts them."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def demi_journee(instant: datetime) -> str:
    if instant.hour < 12:
        return "matin"
    return "après-midi" if instant.hour < 18 else "soirée"
