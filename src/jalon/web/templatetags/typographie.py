"""Filters of French typography. `{% load jalon %}` brings them too."""

from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone

from jalon.web.composants import typographie

register = template.Library()


def _zone(zone: str | tzinfo | None) -> tzinfo:
    if isinstance(zone, str) and zone:
        return ZoneInfo(zone)
    return zone if isinstance(zone, tzinfo) else timezone.get_current_timezone()


# Templates must show our wall clock, not a moment already turned by Django: hence expects_localtime=False.
@register.filter(expects_localtime=False)
def date_longue(value: date | datetime | None, zone: str | tzinfo | None = None) -> str:
    """{{ seance.debut|date_longue }} → «mardi 3 mars 2026 à 18 h»; {{ debut|date_longue:"Indian/Reunion" }}."""
    return "" if value is None else typographie.date_longue(value, _zone(zone))


@register.filter(expects_localtime=False)
def date_courte(value: date | datetime | None, zone: str | tzinfo | None = None) -> str:
    """«3 mars 2026», for tables."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(_zone(zone))
    return typographie.date_courte(value)


@register.filter(expects_localtime=False)
def heure(value: time | datetime | None, zone: str | tzinfo | None = None) -> str:
    """«18 h 30»."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(_zone(zone))
    return typographie.heure(value)


@register.filter(expects_localtime=False)
def iso(value: date | datetime | time | None) -> str:
    """For <time datetime="…">: what machines read."""
    return "" if value is None else value.isoformat()


@register.filter
def heures(minutes: int | None) -> str:
    """{{ 90|heures }} → «1 h 30»."""
    return "" if minutes is None else typographie.heures(int(minutes))


@register.filter
def euros(amount: Decimal | int | str | None) -> str:
    """{{ "1600"|euros }} → «1 600 €»."""
    return "" if amount is None or amount == "" else typographie.euros(amount)


@register.filter
def compte(number: int, forms: str) -> str:
    """{{ n|compte:"séance,séances" }} → «3 séances»."""
    singular, plural = forms.split(",")
    return typographie.compte(int(number), singular.strip(), plural.strip())


@register.filter(is_safe=True)
@stringfilter
def nbsp(text: str) -> str:
    """No-break spaces before : ; ! ? » % € and after «."""
    return typographie.nbsp(text)
