"""The looks of others, drawn by the server: each scale with the person's own mark above those of the groups, and the same in a table."""

from typing import Any

from django import template

from jalon.domain.probabilites import normal_quantile
from jalon.domain.profil import CONFIANCE, Mesure, distinct
from jalon.web.templatetags.resultats import une_decimale

register = template.Library()
TOUS, SOI = "Toutes les réponses", "Vous"
# Height of one mark, and of the title of a scale, in ems.
_RANG, _TITRE = 1.9, 2.0


@register.inclusion_tag("components/regards.html")
def regards_meles(contenu: Any) -> dict[str, Any]:
    names = {cell.code: cell.nom for cell in contenu.cellules}
    return {
        "contenu": contenu,
        "cellules": contenu.cellules,
        "echelles": [_scale(scale, names) for scale in contenu.echelles],
        "mots": contenu.mots,
        "ecarts": _gaps(contenu),
    }


def _scale(scale: Any, names: dict[str, str]) -> dict[str, Any]:
    rows = []
    if scale.soi is not None:
        rows.append(_row(scale, SOI, scale.soi, scale.soi_demi_bande, 0, soi=True))
    # All together first, then the groups.
    for view in sorted(scale.vues, key=lambda v: v.cellule != ""):
        name = names.get(view.cellule, TOUS) if view.cellule else TOUS
        rows.append(_row(scale, name, view.moyenne, view.demi_bande, view.n))
    for rank, row in enumerate(rows):
        top = rank * (_RANG + 1.3)
        row |= {"y_nom": f"{top + 1.1:.2f}em", "y": f"{top + 1.6:.2f}em", "y_milieu": f"{top + 2:.2f}em"}
    return {
        "nom": scale.nom,
        "code": scale.code,
        "lecture": scale.lecture,
        "lignes": rows,
        "hauteur": f"{len(rows) * (_RANG + 1.3) + 0.4:.2f}em",
        "muette": not scale.vues,
    }


def _row(
    scale: Any, name: str, mean: float, half: float | None, n: int, *, soi: bool = False
) -> dict[str, Any]:
    low, high = max(scale.minimum, mean - (half or 0)), min(scale.maximum, mean + (half or 0))
    start, end = _percent(scale, low), _percent(scale, high)
    return {
        "nom": name,
        "soi": soi,
        "n": n,
        "valeur": une_decimale(mean),
        "bande": f"de {une_decimale(low)} à {une_decimale(high)}" if half is not None else "inconnue",
        "x": f"{_percent(scale, mean):.2f}%",
        "x_bande": f"{start:.2f}%",
        "l_bande": f"{end - start:.2f}%",
    }


def _percent(scale: Any, value: float) -> float:
    span = scale.maximum - scale.minimum
    return max(0.0, min(100.0, 100 * (value - scale.minimum) / span)) if span else 0.0


def _gaps(contenu: Any) -> list[dict[str, Any]]:
    """Where the person and the others surely differ; everything else is told as «no difference that can be affirmed»."""
    limit = normal_quantile((1 + CONFIANCE) / 2)
    above: list[str] = []
    below: list[str] = []
    same: list[str] = []
    for scale in contenu.echelles:
        whole = next((v for v in scale.vues if not v.cellule), scale.vues[0] if scale.vues else None)
        if whole is None or scale.soi is None:
            continue
        own, others = Mesure("soi", scale.soi, scale.soi_erreur), Mesure("eux", whole.moyenne, whole.erreur)
        kept = same if not distinct(own, others, limit) else above if scale.soi < whole.moyenne else below
        kept.append(scale.nom)
    said = (
        ("Les autres le voient plus souvent que vous ne le dites", above),
        ("Vous le dites plus souvent que les autres ne le voient", below),
        ("Pas de différence que l’on puisse affirmer", same),
    )
    return [{"titre": title, "noms": names} for title, names in said if names]
