"""French typography: dates in full, hours, amounts, no-break spaces. Pure functions, used by the template filters.

The bundled typefaces have no narrow no-break space (U+202F); a browser would borrow it from another font and the
width would jump. So the no-break space U+00A0 is used everywhere.
"""

import re
from datetime import date, datetime, time, tzinfo

from jalon.domain.francais import JOURS, NBSP, euros, jour_complet, nombre
from jalon.domain.francais import jour as date_courte

__all__ = [
    "JOURS",
    "NBSP",
    "compte",
    "date_courte",
    "date_longue",
    "euros",
    "heure",
    "heures",
    "nbsp",
    "nombre",
]


def heure(moment: time | datetime) -> str:
    """«18 h», «18 h 30», «9 h 05»."""
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def date_longue(moment: date | datetime, zone: tzinfo | None = None) -> str:
    """«mardi 3 mars 2026», and «… à 18 h» when there is an hour. `zone` turns an aware moment into local time."""
    if isinstance(moment, datetime):
        if zone is not None and moment.tzinfo is not None:
            moment = moment.astimezone(zone)
        return f"{jour_complet(moment)} à {heure(moment)}"
    return jour_complet(moment)


def heures(minutes: int) -> str:
    """A duration counted in minutes: 90 → «1 h 30», 45 → «45 min», 120 → «2 h», 0 → «0 h»."""
    sign = "−" if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    if rest and not whole:
        return f"{sign}{rest}{NBSP}min"
    return f"{sign}{whole}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def compte(number: int, singular: str, plural: str) -> str:
    """«0 séance», «1 séance», «3 séances»: in French the plural starts at two."""
    return f"{nombre(number)}{NBSP}{singular if abs(number) < 2 else plural}"


_BEFORE = re.compile(r"[ \u202f]+(?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«)[ \u202f]+")
_ARTICLE = re.compile(r"(?<=\bart\.) (?=\S)|(?<=\b[LRDA]\.) (?=\d)|(?<=n°) (?=\d)")


def nbsp(text: str) -> str:
    """Put no-break spaces where French wants them; adds none where the writer put no space (addresses, hours)."""
    return _ARTICLE.sub(NBSP, _AFTER.sub(NBSP, _BEFORE.sub(NBSP, text)))
