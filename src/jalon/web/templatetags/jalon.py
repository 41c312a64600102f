"""The components of our pages. `{% load jalon %}` brings these, the form fields and the filters of typography.

Each tag has its template in templates/components/, which says when to use it; /composants/ shows them all.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.templatetags.static import static
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jalon.domain.obstacle import Obstacle
from jalon.web.composants.affichage import Affichage, read_affichage
from jalon.web.composants.jalon import Jalon, plant
from jalon.web.templatetags import champs, typographie

ICONES_ETAT = {
    "fait": "check",
    "en_cours": "play",
    "attente": "hourglass",
    "refuse": "x",
    "detruit": "flame",
    "neutre": "circle",
}

register = template.Library()
register.tags.update(champs.register.tags)
register.filters.update(typographie.register.filters)


@register.simple_tag
def icone(nom: str) -> SafeString:
    """A Lucide icon of the sprite, always beside a word: it is hidden from screen readers."""
    return format_html(
        '<svg class="icone" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("jalon/icones.svg"),
        nom,
    )


@register.simple_tag(takes_context=True)
def affichage(context: Context) -> Affichage:
    """{% affichage as vue %}: what the person chose for the look of pages."""
    return read_affichage(context.get("request"))


class TitreNeutreNode(template.Node):
    """The title of the tab. A title that says «bilan» is replaced, unless the person chose full titles."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        title = " ".join(self.nodelist.render(context).split())
        chosen = read_affichage(context.get("request"))
        if not title or (not chosen.titres_complets and re.search(r"bilan", title, re.IGNORECASE)):
            return "Mon espace"
        return title


@register.tag
def titre_neutre(parser: Parser, token: Token) -> TitreNeutreNode:
    nodelist = parser.parse(("endtitre_neutre",))
    parser.delete_first_token()
    return TitreNeutreNode(nodelist)


@register.inclusion_tag("components/tete_page.html")
def tete_page(
    titre: str,
    chapeau: str = "",
    surtitre: str = "",
    action: str = "",
    libelle: str = "",
    icone: str = "",
    retour: str = "",
    retour_libelle: str = "Revenir",
) -> dict[str, Any]:
    return {
        "titre": titre,
        "chapeau": chapeau,
        "surtitre": surtitre,
        "action": action,
        "libelle": libelle,
        "icone_action": icone,
        "retour": retour,
        "retour_libelle": retour_libelle,
    }


@register.inclusion_tag("components/ligne_jalons.html")
def ligne_jalons(
    etapes: Iterable[Jalon | Mapping[str, Any]], nom: str = "Les étapes", debout: bool = False
) -> dict[str, Any]:
    return {"etapes": [plant(step) for step in etapes], "nom": nom, "debout": debout}


def _lines(found: Iterable[Obstacle | str]) -> list[dict[str, str]]:
    return [
        {"phrase": o, "source": "", "gravite": "refuse"}
        if isinstance(o, str)
        else {"phrase": o.sentence, "source": o.source, "gravite": str(o.severity)}
        for o in found
    ]


@register.inclusion_tag("components/obstacles.html")
def obstacles(liste: Iterable[Obstacle | str], titre: str = "", ident: str = "") -> dict[str, Any]:
    lines = _lines(liste)
    refused = any(line["gravite"] == "refuse" for line in lines)
    default = "Ce qui manque encore" if refused else "À vérifier avant de continuer"
    return {"lignes": lines, "titre": titre or default, "refuse": refused, "ident": ident}


@register.inclusion_tag("components/qui_voit.html")
def qui_voit(qui: str, jamais: str = "", detail: str = "", detail_libelle: str = "") -> dict[str, Any]:
    return {
        "qui": qui,
        "jamais": jamais,
        "detail": detail,
        "detail_libelle": detail_libelle or "Voir qui a lu quoi",
    }


@register.inclusion_tag("components/bouton.html")
def bouton(
    libelle: str,
    variante: str = "",
    icone: str = "",
    nom: str = "",
    valeur: str = "",
    obstacles: Iterable[Obstacle | str] | None = None,
    ident: str = "",
    form: str = "",
) -> dict[str, Any]:
    blocking = [o for o in obstacles or () if isinstance(o, str) or str(o.severity) == "refuse"]
    return {
        "libelle": libelle,
        "variante": variante,
        "nom_icone": icone,
        "nom": nom,
        "valeur": valeur,
        "lignes": _lines(blocking),
        "ident": ident or "pourquoi-" + re.sub(r"\W+", "-", libelle.lower()).strip("-"),
        "form": form,
    }


@register.inclusion_tag("components/lien_bouton.html")
def lien_bouton(href: str, libelle: str, variante: str = "", icone: str = "") -> dict[str, Any]:
    return {"href": href, "libelle": libelle, "variante": variante, "nom_icone": icone}


@register.inclusion_tag("components/lien_nav.html", takes_context=True)
def lien_nav(
    context: Context, href: str, libelle: str, nombre: int = 0, exact: bool = False
) -> dict[str, Any]:
    request = context.get("request")
    path = request.path if request else ""
    current = path == href or (not exact and href != "/" and path.startswith(href))
    return {"href": href, "libelle": libelle, "nombre": nombre, "ici": current, "page": path == href}


@register.inclusion_tag("components/vide.html")
def vide(titre: str, texte: str = "", action: str = "", libelle: str = "", icone: str = "") -> dict[str, Any]:
    return {"titre": titre, "texte": texte, "action": action, "libelle": libelle, "nom_icone": icone}


@register.inclusion_tag("components/etat.html")
def etat(mot: str, ton: str = "neutre") -> dict[str, Any]:
    """ton: fait, en_cours, attente, refuse, detruit, neutre."""
    return {"mot": mot, "ton": ton, "nom_icone": ICONES_ETAT.get(ton, "circle")}
