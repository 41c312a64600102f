"""What both spaces show of the synthesis: the text as it will be printed, and the sealed copies."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.pieces import Lue, read_pieces
from jalon.access.synthese import list_remises, read_remise
from jalon.actions.synthese import copy_synthese, printed
from jalon.documents import passages_of
from jalon.domain.obstacle import Refused
from jalon.domain.synthese import Rubrique
from jalon.web import gate
from jalon.web.ecrits.conclusions import etapes_lisibles
from jalon.web.ecrits.page import lien, vers
from jalon.web.ecrits.saisie import en_texte
from jalon.web.requete import Requete

TAILLES = {"normal": "Taille normale", "16": "16 points", "18": "18 points", "20": "20 points"}
RUBRIQUES = {r.value: r.label for r in Rubrique}


# The synthesis, and what is printed with it.
NATURES = ("synthese", "conclusions", "plan")


def lire_tout(request: Requete, bilan: Any) -> dict[str, Lue]:
    """By kind."""
    return par_nature(read_pieces(request.user, bilan, NATURES, now=request.now))


def par_nature(found: Iterable[Lue]) -> dict[str, Lue]:
    return {lue.piece.nature: lue for lue in found if not lue.piece.reference}


def apercu(lues: dict[str, Lue]) -> dict[str, Any] | None:
    """The document as it will be printed: headings, passages, plan, the person's own words."""
    synthese = lues.get("synthese")
    if synthese is None:
        return None
    text = synthese.contenu
    parts = [(title, printed(getattr(text, name))) for name, title in RUBRIQUES.items()]
    parts += [(rubrique.titre, printed(rubrique.texte)) for rubrique in text.autres if rubrique.texte.strip()]
    if "conclusions" in lues:
        means = lues["conclusions"].contenu
        parts += [
            (title, passages_of(words))
            for title, words in (
                ("Ce qui favorise", means.conditions),
                ("Les moyens", means.moyens),
                ("Les freins", means.freins),
            )
            if words.strip()
        ]
    return {
        "rubriques": parts,
        "etapes": etapes_lisibles(lues["plan"].contenu) if "plan" in lues else [],
        "observations": passages_of(text.observations),
    }


def texte_de_la_synthese(contenu: Any) -> str:
    return en_texte(
        *((title, getattr(contenu, name)) for name, title in RUBRIQUES.items()),
        *((r.titre, r.texte) for r in contenu.autres),
        ("Les observations de la personne", contenu.observations),
    )


def copies(request: Requete, bilan: Any, espace: str) -> list[dict[str, Any]]:
    if bilan.synthese_remise_le is None:
        return []
    return [
        {
            "numero": d.numero,
            "taille": TAILLES.get(d.taille, d.taille),
            "quand": d.emis_le,
            "lire": lien(espace, "synthese_lire", bilan, d.pk),
        }
        for d in list_remises(request.user, bilan)
    ]


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_SYNTHESE)
    def lire(request: Requete, bilan: Any, document_id: Any) -> HttpResponse:
        _, pdf = read_remise(request.user, bilan, document_id, now=request.now)
        response = HttpResponse(pdf, content_type="application/pdf")
        # Saved under this name on a computer that others may use.
        response["Content-Disposition"] = 'attachment; filename="document.pdf"'
        return response

    @gate.bilan(Action.READ_SYNTHESE)
    @require_POST
    def copier(request: Requete, bilan: Any) -> HttpResponse:
        try:
            made = copy_synthese(
                bilan=bilan, taille=request.POST.get("taille", ""), by=request.user, now=request.now
            )
        except Refused as refused:
            for obstacle in refused.obstacles:
                messages.error(request, obstacle.sentence)
            return vers(espace, "synthese", bilan)
        return redirect(lien(espace, "synthese_lire", bilan, made.pk))

    return [
        path("<uuid:bilan_id>/synthese/copie/", copier, name=f"{espace}_synthese_copier"),
        path("<uuid:bilan_id>/synthese/copie/<uuid:document_id>/", lire, name=f"{espace}_synthese_lire"),
    ]
