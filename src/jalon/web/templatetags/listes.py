"""Tables, pages of a list, filters, tabs, pairs, what comes next. `{% load jalon %}` brings them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.context import Context

from jalon.domain.horloge import EtatHorloge, Horloge
from jalon.domain.jours import local_day, zone
from jalon.web.composants.typographie import compte

register = template.Library()


@register.inclusion_tag("components/tableau.html")
def tableau(
    colonnes: Sequence[str | tuple[str, str]],
    lignes: Iterable[Sequence[Any]],
    titre: str = "",
    titre_cache: bool = False,
) -> dict[str, Any]:
    """colonnes: labels, or (label, "nombre" | "actes") to align right. lignes: cells in the same order; the first names the row."""
    heads = [(c, "") if isinstance(c, str) else c for c in colonnes]
    rows = [
        [
            {"valeur": cell, "libelle": label, "classe": kind}
            for cell, (label, kind) in zip(row, heads, strict=True)
        ]
        for row in lignes
    ]
    return {"tetes": heads, "lignes": rows, "titre": titre, "titre_cache": titre_cache}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], nom: str = "page") -> dict[str, Any]:
    """The filters stay in the address: only `page` changes in it."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[nom] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {
            "numero": n,
            "href": address(n) if isinstance(n, int) else "",
            "ici": n == page.number,
            "trou": not isinstance(n, int),
        }
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numeros": numbers,
        "avant": address(page.previous_page_number()) if page.has_previous() else "",
        "apres": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/filtres.html", takes_context=True)
def filtres(context: Context, form: forms.Form, cible: str = "") -> dict[str, Any]:
    """A GET form, kept in the address. cible="liste": the id of the part of the page that htmx changes at once."""
    request = context["request"]
    names = {form.add_prefix(name) for name in form.fields}
    return {
        "form": form,
        "cible": cible,
        "adresse": request.path,
        "actifs": any(request.GET.get(name) for name in names),
    }


@register.inclusion_tag("components/onglets.html")
def onglets(liens: Iterable[Mapping[str, Any]], nom: str = "Parties") -> dict[str, Any]:
    """liens: dicts with href, libelle, ici (bool), and nombre when something waits there."""
    return {
        "nom": nom,
        "liens": [
            {
                "href": link["href"],
                "libelle": link["libelle"],
                "ici": bool(link.get("ici")),
                "nombre": link.get("nombre") or 0,
            }
            for link in liens
        ],
    }


@register.inclusion_tag("components/fiche.html")
def fiche(paires: Iterable[Sequence[Any]], serree: bool = False) -> dict[str, Any]:
    """paires: (label, value). An empty value says «non renseigné»: a hole is told, not hidden."""
    return {"paires": [(label, value) for label, value in paires], "serree": serree}


@register.inclusion_tag("components/ce_qui_vient.html")
def ce_qui_vient(
    echeances: Iterable[Mapping[str, Any]], titre: str = "Ce qui vient", vide: str = ""
) -> dict[str, Any]:
    """echeances: dicts with quand (date or datetime), quoi, and when useful qui, href, source, retard (bool)."""
    return {
        "titre": titre,
        "vide": vide or "Rien n’est attendu pour l’instant. Les prochaines dates s’afficheront ici.",
        "echeances": [
            {
                "quand": due["quand"],
                "iso": _iso(due["quand"]),
                "quoi": due["quoi"],
                "qui": due.get("qui", ""),
                "href": due.get("href", ""),
                "source": due.get("source", ""),
                "retard": bool(due.get("retard")),
            }
            for due in echeances
        ],
    }


def _iso(moment: date | datetime) -> str:
    return moment.isoformat()


_HORLOGE_TON = {
    EtatHorloge.EN_COURS: "attente",
    EtatHorloge.A_TEMPS: "fait",
    EtatHorloge.TARD: "refuse",
    EtatHorloge.PASSE: "refuse",
}


@register.inclusion_tag("components/horloge.html", takes_context=True)
def horloge(context: Context, h: Horloge, vous: str = "") -> dict[str, Any]:
    """{% horloge h %}: one legal clock. A clock that only protects somebody is neutral once it has run out.

    `vous="la personne"` on a page that speaks to whom the clock so names."""
    request = context.get("request")
    today = (
        local_day(request.now, zone(h.fuseau)) if request is not None and hasattr(request, "now") else None
    )
    days = (h.dernier_jour - today).days if today is not None and h.court else None
    return {
        "h": h,
        "qui": "vous" if vous and h.qui == vous else h.qui,
        "ton": "neutre" if h.protege and not h.court and not h.manque else _HORLOGE_TON[h.etat],
        "borne": "Dernier jour :" if h.court or h.etat == EtatHorloge.A_TEMPS else "Le dernier jour était",
        "lieu": f"heure de {h.fuseau.rpartition('/')[2].replace('_', ' ')}",
        "reste": ""
        if days is None
        else "c’est aujourd’hui"
        if days == 0
        else f"dans {compte(days, 'jour', 'jours')}",
    }
