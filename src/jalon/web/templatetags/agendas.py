"""What the pages of agendas and plans need: a way of meeting in words, one entry of a table, fields carried along. `{% load agendas %}`."""

from collections.abc import Mapping
from typing import Any

from django import forms, template

from jalon.domain.seance import Modalite

register = template.Library()


@register.filter
def maniere(code: str) -> str:
    return Modalite(code).label.lower()


@register.filter
def cle(table: Mapping[str, str], key: str) -> str:
    return table.get(key, "")


@register.filter
def champs_caches(form: forms.Form) -> list[tuple[str, str]]:
    """What was asked for, as it was typed: a refused page shows it again."""
    found: list[tuple[str, str]] = []
    for field in form:
        value: Any = field.value()
        if isinstance(value, list):
            found += [(field.html_name, str(one)) for one in value]
        elif value not in (None, "", False):
            found.append((field.html_name, "on" if value is True else str(value)))
    return found
