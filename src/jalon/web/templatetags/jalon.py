"""The components of our pages. `{% load jalon %}` brings these, the form fields and the filters of typography.

Each tag has its template in templates/components/, which says when to use it; /composants/ shows them all.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jalon.domain.obstacle import Obstacle
from jalon.web.composants import ecrire
from jalon.web.composants.affichage import Affichage, read_affichage
from jalon.web.composants.glossaire import glossaire
from jalon.web.composants.jalon import Jalon, plant
from jalon.web.templatetags import attente, champs, figures, listes, typographie

ICONES_ETAT = {
    "fait": "check",
    "en_cours": "play",
    "attente": "hourglass",
    "refuse": "x",
    "detruit": "flame",
    "neutre": "circle",
}
ICONES_AVIS = {"info": "info", "fait": "circle-check", "attente": "triangle-alert", "refuse": "octagon-x"}

register = template.Library()
for other in (attente, champs, figures, listes):
    register.tags.update(other.register.tags)
register.filters.update(typographie.register.filters)
_numbers = itertools.count(1)


register.simple_tag(ecrire.icone, name="icone")


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
        title = re.sub(r"[ \n\t]+", " ", self.nodelist.render(context)).strip()
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


@register.simple_tag
def ligne_jalons(
    etapes: Iterable[Jalon | Mapping[str, Any]], nom: str = "Les étapes", debout: bool = False
) -> SafeString:
    """THE ornament: the line and its stakes, for the steps of a bilan, of a destruction, of a payment; once per page."""
    return mark_safe(ecrire.ligne_jalons([plant(step) for step in etapes], nom, debout=debout))  # noqa: S308


register.simple_tag(ecrire.pieu, name="pieu")


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


@register.simple_tag
def qui_voit(qui: str, jamais: str = "", detail: str = "", detail_libelle: str = "") -> SafeString:
    """Who sees this page's content: one line, always in {% block qui_voit %}, on every page that shows content."""
    return mark_safe(ecrire.qui_voit(qui, jamais, detail, detail_libelle or "Voir qui a lu quoi"))  # noqa: S308


@register.simple_tag
def bouton(
    libelle: str,
    variante: str = "",
    icone: str = "",
    nom: str = "",
    valeur: str = "",
    obstacles: Iterable[Obstacle | str] | None = None,
    ident: str = "",
    form: str = "",
) -> SafeString:
    """A submit button; its label is a verb and its object. Variants: none = the one primary act, second, discret, danger.

    Given obstacles, it is greyed and says why.
    """
    blocking = [o for o in obstacles or () if isinstance(o, str) or str(o.severity) == "refuse"]
    if not blocking:
        return mark_safe(ecrire.bouton(libelle, variante, icone, nom, valeur, form))  # noqa: S308
    ident = ident or "pourquoi-" + re.sub(r"\W+", "-", libelle.lower()).strip("-")
    return mark_safe(ecrire.bouton_empeche(libelle, variante, icone, ident, _lines(blocking)))  # noqa: S308


@register.inclusion_tag("components/lien_bouton.html")
def lien_bouton(href: str, libelle: str, variante: str = "", icone: str = "") -> dict[str, Any]:
    return {"href": href, "libelle": libelle, "variante": variante, "nom_icone": icone}


@register.simple_tag(takes_context=True)
def lien_nav(context: Context, href: str, libelle: str, nombre: int = 0, exact: bool = False) -> SafeString:
    """A line of the navigation of a space, inside {% block nav %}. `nombre` says how many wait."""
    request = context.get("request")
    path = request.path if request else ""
    current = path == href or (not exact and href != "/" and path.startswith(href))
    return mark_safe(ecrire.lien_nav(href, libelle, nombre, ici=current, page=path == href))  # noqa: S308


@register.inclusion_tag("components/vide.html")
def vide(titre: str, texte: str = "", action: str = "", libelle: str = "", icone: str = "") -> dict[str, Any]:
    return {"titre": titre, "texte": texte, "action": action, "libelle": libelle, "nom_icone": icone}


@register.simple_tag
def etat(mot: str, ton: str = "neutre") -> SafeString:
    """State of a thing in a word and a shape: {% etat "Signée" "fait" %}. ton: fait, en_cours, attente, refuse, detruit, neutre."""
    return mark_safe(ecrire.etat(mot, ton, ICONES_ETAT.get(ton, "circle")))  # noqa: S308


@register.inclusion_tag("components/terme.html")
def terme(mot: str, cle: str = "", definition: str = "", source: str = "") -> dict[str, Any]:
    """{% terme "convention" %} takes the word and its text from the glossary; {% terme "cette convention" cle="convention" %}
    says it otherwise; {% terme "ancrage" definition="…" %} brings its own text."""
    if not definition:
        known = glossaire().get(cle or mot)
        if known is None:
            raise ValueError(f"«{cle or mot}» is not in the glossary.")
        mot = mot if cle else known.mot
        definition, source = known.texte, known.source
    return {"mot": mot, "definition": definition, "source": source, "ident": f"definition-{next(_numbers)}"}


@register.inclusion_tag("components/code_copiable.html")
def code_copiable(valeur: str, libelle: str = "Copier") -> dict[str, Any]:
    return {"valeur": valeur, "libelle": libelle, "ident": f"code-{next(_numbers)}"}


@register.inclusion_tag("components/conflit.html")
def conflit(
    votre: str, autre: str, quand: datetime | None = None, qui: str = "", revision: int | str = ""
) -> dict[str, Any]:
    return {"votre": votre, "autre": autre, "quand": quand, "qui": qui, "revision": revision}


@register.simple_block_tag
def avis(content: str, ton: str = "info", titre: str = "") -> SafeString:
    """{% avis "attente" titre="…" %}…{% endavis %}. ton: info, fait, attente, refuse."""
    return render_to_string(
        "components/avis.html",
        {"contenu": content, "ton": ton, "titre": titre, "nom_icone": ICONES_AVIS[ton]},
    )


@register.simple_block_tag
def feuille(content: str, titre: str = "", ident: str = "") -> SafeString:
    """{% feuille titre="…" %}…{% endfeuille %}: a raised sheet, for what is read or signed as one thing."""
    return render_to_string("components/feuille.html", {"contenu": content, "titre": titre, "ident": ident})


@register.simple_block_tag
def parole(content: str, auteur: str = "") -> SafeString:
    """{% parole auteur="Vous, le 3 mars" %}…{% endparole %}: the person's own words, untouched."""
    return render_to_string("components/parole.html", {"contenu": content, "auteur": auteur})


@register.simple_block_tag
def action_bas(content: str) -> SafeString:
    """{% block action_bas %}{% action_bas %}<button>…{% endaction_bas %}{% endblock %}: under the thumb on a phone."""
    return format_html('<div class="action-bas">{}</div>', content)
