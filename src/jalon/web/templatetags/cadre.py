"""The frame of a bilan's pages: navigation, tabs, where one is, what comes next, who sees. `{% load cadre %}`.

Each tag reads `bilan` in the context and the name of the page's URL: a page has nothing to prepare.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from jalon.access.bilan import Situation, read_situation
from jalon.access.brouillon import BrouillonLu
from jalon.web import etapes, regards, rubriques
from jalon.web.suite import Suite, suite

register = template.Library()


def _request(context: Context) -> HttpRequest:
    found: HttpRequest = context["request"]
    return found


def _space(context: Context) -> str:
    match = _request(context).resolver_match
    return "consultant" if match and (match.url_name or "").startswith("consultant_") else "beneficiaire"


def _noun(context: Context) -> str:
    match = _request(context).resolver_match
    return rubriques.noun_of(_space(context), (match.url_name or "") if match else "")


def situation_of(request: HttpRequest, bilan: Any) -> Situation:
    """Read once for the whole page, whoever asks: view or frame."""
    known: dict[Any, Situation] = request.__dict__.setdefault("_situations", {})
    if bilan.pk not in known:
        known[bilan.pk] = read_situation(bilan, now=request.now)  # type: ignore[attr-defined]
    return known[bilan.pk]


@register.simple_tag(takes_context=True)
def rubriques_du_bilan(context: Context) -> list[dict[str, Any]]:
    bilan = context.get("bilan")
    return rubriques.rubriques_of(_space(context), _noun(context), bilan) if bilan else []


@register.inclusion_tag("beneficiaire/_onglets.html", takes_context=True)
def onglets_du_bilan(context: Context) -> dict[str, Any]:
    tabs = rubriques.onglets_of(_space(context), _noun(context), context["bilan"])
    return {"nom": "Pages de cette partie", "liens": [{**tab, "nombre": 0} for tab in tabs]}


@register.simple_tag(takes_context=True)
def regard_sur_la_page(context: Context) -> regards.Regard | None:
    return regards.regard(_noun(context), context["bilan"], space=_space(context))


@register.simple_tag(takes_context=True)
def etapes_du_bilan(context: Context) -> list[Any]:
    return etapes.ligne_jalons(context["bilan"], space=_space(context))


@register.simple_tag(takes_context=True)
def lieu_sur_la_ligne(context: Context) -> dict[str, Any]:
    bilan = context["bilan"]
    here, total = etapes.rang(bilan)
    return {"mot": etapes.ou_j_en_suis(bilan), "rang": here, "total": total}


@register.simple_tag(takes_context=True)
def suite_du_bilan(context: Context) -> Suite:
    return suite(situation_of(_request(context), context["bilan"]), space=_space(context))


@register.simple_tag(takes_context=True)
def adresse(context: Context, page: str) -> str:
    """{% adresse "demande" as ou %}: the page of this bilan in this space, or nothing."""
    return rubriques.href(_space(context), page, context["bilan"])


@register.simple_tag(takes_context=True)
def garde(context: Context, page: str) -> SafeString:
    """{% garde "demande" %} inside the tag of a form: what is typed in it is kept by itself."""
    address = rubriques.href(_space(context), "brouillon", context["bilan"])
    draft = context.get("_brouillon")
    return format_html(
        'data-autosave-url="{}?page={}" data-brouillon="{}"', address, page, draft.numero if draft else 0
    )


@register.inclusion_tag("components/brouillon.html", takes_context=True)
def brouillon_trouve(context: Context, brouillon: BrouillonLu | None) -> dict[str, Any]:
    """{% brouillon_trouve brouillon %} above the form: says that the text is a draft, and how to come back to the saved one."""
    request = _request(context)
    # The form that follows says on which state of the draft it is typed.
    context["_brouillon"] = brouillon
    return {
        "brouillon": brouillon,
        "bilan": context["bilan"],
        "adresse": rubriques.href(_space(context), "brouillon_jeter", context["bilan"]),
        "suite": request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def garde_etat() -> SafeString:
    """{% garde_etat %} near the button of the form: where the autosave says that it kept the text."""
    return mark_safe('<p class="autosave-etat" data-autosave-etat></p>')
