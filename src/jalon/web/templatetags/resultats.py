"""The result of a questionnaire, drawn by the server with its words and its table: `{% load resultats %}{% restitution instrument contenu %}`.

The picture says how unsure it is: a band around each mark, nineteen times out of twenty. No colour speaks alone.
"""

import math
from collections.abc import Iterable
from typing import Any

from django import template

from jalon.instruments import Instrument, Lecture
from jalon.web.restitution import code_interets, drawn, niveau_atteint, ressorts

register = template.Library()

_RANG = 3.6
# The hexagon, in units of its own.
_RAYON, _LETTRES = 100, "RIASEC"


@register.inclusion_tag("components/restitution.html")
def restitution(instrument: Instrument, contenu: Any) -> dict[str, Any]:
    """Words first, then the picture of its kind, then the table."""
    echelles = list(contenu.echelles)
    return {
        "instrument": instrument,
        "nom": instrument.titre,
        "etalonnage": contenu.etalonnage,
        "ressorts": ressorts(instrument, echelles),
        "code": code_interets(echelles) if instrument.lecture == Lecture.HEXAGONE else "",
        "genre": str(instrument.lecture),
        "dessin": _drawing(instrument, echelles),
        "lignes": [_row(instrument, e) for e in _ordered(instrument, echelles)],
        "muettes": [e.nom for e in echelles if e.moyenne is None],
    }


def _ordered(instrument: Instrument, echelles: Iterable[Any]) -> list[Any]:
    found = drawn(echelles)
    return sorted(found, key=lambda e: (-e.moyenne, e.nom)) if instrument.lecture == Lecture.ORDRE else found


def _drawing(instrument: Instrument, echelles: list[Any]) -> dict[str, Any] | None:
    found = _ordered(instrument, echelles)
    if not found:
        return None
    if instrument.lecture == Lecture.HEXAGONE and len(found) == len(_LETTRES):
        return _hexagon(found)
    if instrument.epreuve is not None:
        return _ladder(instrument, found[0])
    return {
        "hauteur": f"{len(found) * _RANG:.2f}em",
        "marques": [_mark(rank, e) for rank, e in enumerate(found)],
    }


def _mark(rank: int, e: Any) -> dict[str, str]:
    """One scale on its own line: a track, the band, and a stake where the mean is."""
    half = e.demi_bande or 0.0
    low, high = _percent(e.moyenne - half, e), _percent(e.moyenne + half, e)
    return {
        "nom": e.nom,
        "valeur": _french(e.moyenne),
        "x": f"{_percent(e.moyenne, e):.2f}%",
        "x_bande": f"{low:.2f}%",
        "l_bande": f"{high - low:.2f}%",
        "y_nom": f"{rank * _RANG + 1.1:.2f}em",
        "y": f"{rank * _RANG + 1.6:.2f}em",
        "y_milieu": f"{rank * _RANG + 2:.2f}em",
        "y_bas": f"{rank * _RANG + 2.8:.2f}em",
    }


def _percent(value: float, e: Any) -> float:
    low, high = e.minimum or 0.0, e.maximum if e.maximum is not None else 1.0
    span = high - low
    return max(0.0, min(100.0, 100 * (value - low) / span)) if span else 0.0


def _hexagon(echelles: list[Any]) -> dict[str, Any]:
    """Six axes, the closest neighbours side by side; the band is the ring between the least and the most that the answers allow."""
    by_letter = {e.code: e for e in echelles}
    ordered = [by_letter[letter] for letter in _LETTRES]

    def ring(shift: float) -> str:
        points = []
        for rank, e in enumerate(ordered):
            share = _percent(e.moyenne + shift * (e.demi_bande or 0.0), e) / 100
            points.append(_point(rank, _RAYON * share))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    corners = [_point(rank, _RAYON) for rank in range(6)]
    labels = []
    for rank, e in enumerate(ordered):
        x, y = _point(rank, _RAYON + 12)
        # Two lines, away from the drawing: above the upper corners, below the lower ones, beside the others.
        first = y - 22 if y < -1 else y + 14 if y > 1 else y - 4
        labels.append(
            {
                "x": f"{x:.1f}",
                "y": f"{first:.1f}",
                "y2": f"{first + 22:.1f}",
                "ancre": "start" if x > 0 else "end",
                "texte": e.nom,
                "lettre": e.code,
                "valeur": _french(e.moyenne),
            }
        )
    outer, inner = ring(1), ring(-1)
    return {
        "cercles": [
            " ".join(f"{x * share:.1f},{y * share:.1f}" for x, y in corners) for share in (0.25, 0.5, 0.75, 1)
        ],
        "axes": [{"x": f"{x:.1f}", "y": f"{y:.1f}"} for x, y in corners],
        "bande": f"M{outer.replace(' ', ' L')} Z M{inner.replace(' ', ' L')} Z",
        "ligne": ring(0),
        "points": [dict(zip("xy", pair.split(","), strict=True)) for pair in ring(0).split()],
        "etiquettes": labels,
    }


def _point(rank: int, radius: float) -> tuple[float, float]:
    # R at the top left, as the model is always drawn; then clockwise.
    angle = math.radians(-120 + 60 * rank)
    return radius * math.cos(angle), radius * math.sin(angle)


def _ladder(instrument: Instrument, e: Any) -> dict[str, Any]:
    """Ten steps; those that are solved at least one time in two are filled, and a band says how unsure that is. A difficulty stands in
    the middle of its step."""
    assert instrument.epreuve is not None
    levels = instrument.epreuve.niveaux
    reached = niveau_atteint(instrument.epreuve, e.valeur)
    width = 100 / len(levels)
    step = levels[1].difficulte - levels[0].difficulte

    def place(value: float) -> float:
        return max(0.0, min(100.0, 100 * (value - levels[0].difficulte + step / 2) / (step * len(levels))))

    low, high = place(e.valeur - (e.demi_bande or 0)), place(e.valeur + (e.demi_bande or 0))
    return {
        "atteint": reached,
        "total": len(levels),
        "marches": [
            {
                "x": f"{rank * width:.2f}%",
                "x_nom": f"{(rank + 0.5) * width:.2f}%",
                "largeur": f"{width:.2f}%",
                "numero": rank + 1,
                "classe": "plein-doux" if rank < reached else "fond",
            }
            for rank in range(len(levels))
        ],
        "x": f"{place(e.valeur):.2f}%",
        "x_bande": f"{low:.2f}%",
        "l_bande": f"{high - low:.2f}%",
        "de": max(1, sum(level.difficulte <= e.valeur - (e.demi_bande or 0) for level in levels)),
        "a": max(1, sum(level.difficulte <= e.valeur + (e.demi_bande or 0) for level in levels)),
    }


def _row(instrument: Instrument, e: Any) -> dict[str, Any]:
    row = {"nom": e.nom, "n": e.n, "n_items": e.n_items, "lecture": e.lecture, "rang": ""}
    if instrument.epreuve is not None:
        return row | {
            "moyenne": f"niveau {niveau_atteint(instrument.epreuve, e.valeur)} sur {len(instrument.epreuve.niveaux)}",
            "bande": "",
        }
    half = e.demi_bande
    low = max(e.minimum, e.moyenne - half) if half is not None else None
    high = min(e.maximum, e.moyenne + half) if half is not None else None
    return row | {
        "moyenne": f"{_french(e.moyenne)} (de {_french(e.minimum)} à {_french(e.maximum)})",
        "bande": f"de {_french(low)} à {_french(high)}" if half is not None else "inconnue",
        "rang": f"{e.rang_percentile:.0f}" if e.rang_percentile is not None else "",
    }


@register.filter
def une_decimale(value: float) -> str:
    return _french(value)


def _french(value: float | None) -> str:
    """«3,7», «4»."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0").replace(".", ",")


@register.filter
def rang(values: list[str], place: int) -> str:
    """The label of a column, for the cells that stand under it on a narrow screen."""
    return values[place]
