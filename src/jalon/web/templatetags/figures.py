"""Drawn by the server, read by everybody: the bar of hours, the advance in a questionnaire. `{% load jalon %}` brings them."""

from typing import Any

from django import template

register = template.Library()


def _percent(part: int, whole: int) -> str:
    """As SVG wants it. The security policy allows no style attribute, so places are SVG attributes."""
    return f"{max(0.0, min(100.0, 100 * part / whole)):.2f}%"


@register.inclusion_tag("components/barre_heures.html")
def barre_heures(
    faites: int, prevues: int, limite: int, plancher: int | None = None, source: str = ""
) -> dict[str, Any]:
    """All in minutes; `limite` and `plancher` come from the law of the bilan's day, never from the page."""
    if limite <= 0:
        raise ValueError("The bar of hours needs the legal limit, in minutes.")
    return {
        "faites": faites,
        "prevues": prevues,
        "limite": limite,
        "plancher": plancher,
        "source": source,
        "x_faites": _percent(faites, limite),
        "x_prevues": _percent(prevues, limite),
        "x_plancher": _percent(plancher or 0, limite),
        # A label near an end of the bar leans inwards, so that it is never cut.
        "ancre_faites": _anchor(faites / limite),
        "ancre_prevues": _anchor(prevues / limite),
        "plancher_au_large": plancher is not None and abs(plancher - prevues) > limite * 0.25,
        "depasse": max(faites, prevues) - limite if max(faites, prevues) > limite else 0,
    }


def _anchor(ratio: float) -> str:
    return "start" if ratio < 0.2 else "end" if ratio > 0.8 else "middle"


@register.inclusion_tag("components/progression.html")
def progression(rang: int, total: int, nom: str = "Question") -> dict[str, Any]:
    """{% progression 12 40 %} → «Question 12 sur 40», on the line."""
    if total < 1:
        raise ValueError("A progression needs at least one step.")
    done = max(0, min(rang - 1, total))
    return {
        "rang": rang,
        "total": total,
        "nom": nom,
        "x": _percent(done, total),
        "reperes": [_percent(n, total) for n in range(total + 1)] if total <= 24 else [],
    }
