"""The result of a questionnaire, drawn by the server with its table beside: `{% load resultats %}{% barres resultat %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/barres.html")
def barres(echelles: Iterable[Any], nom: str = "Votre résultat") -> dict[str, Any]:
    """Scales of one sheet against each other, the strongest first: never against anybody else.

    `echelles` as the vault keeps them; one that had too few answers is told, not drawn.
    """
    found = list(echelles)
    drawn = sorted((e for e in found if e.moyenne is not None), key=lambda e: (-e.moyenne, e.nom))
    rows = [
        {
            "nom": e.nom,
            "moyenne": _french(e.moyenne),
            "echelle": f"de {_french(e.minimum)} à {_french(e.maximum)}",
            "n": e.n,
            "n_items": e.n_items,
            "lecture": e.lecture,
            "largeur": _percent(e.moyenne, e.minimum, e.maximum),
            "y_nom": f"{rank * 3.6 + 1.1:.2f}em",
            "y_barre": f"{rank * 3.6 + 1.6:.2f}em",
        }
        for rank, e in enumerate(drawn)
    ]
    return {
        "nom": nom,
        "lignes": rows,
        "muettes": [e.nom for e in found if e.moyenne is None],
        "hauteur": f"{max(1, len(rows)) * 3.6:.2f}em",
    }


def _percent(value: float, low: float | None, high: float | None) -> str:
    low, high = low or 0.0, high if high is not None else 1.0
    span = high - low
    return f"{max(0.0, min(100.0, 100 * (value - low) / span)) if span else 0:.2f}%"


def _french(value: float | None) -> str:
    """«3,7», «4»."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0").replace(".", ",")
