"""Days and amounts as sentences say them: one way for obstacles, pages and papers, with their no-break spaces."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

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


def jour(day: date) -> str:
    """«3 mars 2026», «1er mars 2026»."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MOIS[day.month - 1]} {day.year}"


def jour_complet(day: date) -> str:
    """«mardi 3 mars 2026»."""
    return f"{JOURS[day.weekday()]} {jour(day)}"


def nombre(value: Decimal | int, decimals: int = 0) -> str:
    """Thousands apart by a no-break space, decimal comma: «1 600», «1 600,50»."""
    return f"{value:,.{decimals}f}".replace(",", NBSP).replace(".", ",")


def euros(amount: Decimal | int | str) -> str:
    """«1 600 €», «1 600,50 €»: cents only when there are some."""
    try:
        exact = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError("This is not an amount of money.") from error
    decimals = 0 if exact == exact.to_integral_value() else 2
    return nombre(exact, decimals) + NBSP + "€"


def mois(text: str) -> str:
    """«2012» as it is, «2012-09» as «septembre 2012»."""
    year, _, month = text.partition("-")
    return f"{MOIS[int(month) - 1]} {year}" if month else year


def periode(debut: str, fin: str, *, dure: bool = False) -> str:
    """«2012», «de 2012 à juin 2019», «depuis 2012», «jusqu’en 2019»; `dure`: without an end, it goes on."""
    if debut and fin:
        return mois(debut) if debut == fin else f"de {mois(debut)} à {mois(fin)}"
    if debut:
        return f"depuis {mois(debut)}" if dure else mois(debut)
    return f"jusqu’en {mois(fin)}" if fin else ""
