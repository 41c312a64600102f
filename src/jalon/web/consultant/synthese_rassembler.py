"""Gather the synthesis: every passage that is agreed, shared or restituted, ticked one by one, under the heading chosen for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.matiere import list_matiere
from jalon.access.pieces import read_piece
from jalon.actions.piece import Conflit
from jalon.actions.synthese_a_deux import gather_synthese
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.synthese import Rubrique
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.requete import Requete

ESPACE = "consultant"


@gate.bilan(Action.WRITE_SYNTHESE)
def rassembler(request: Requete, bilan: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, bilan)
    raw = request.POST.get("revision", "")
    try:
        gather_synthese(
            bilan=bilan,
            choix=_chosen(request),
            by=request.user,
            now=request.now,
            base_revision=int(raw) if raw.isdigit() else 0,
        )
    except Refused as refused:
        return _page(request, bilan, refused.obstacles, 422)
    except Conflit:
        moved = Obstacle(
            "La synthèse a changé entre-temps. Vos choix sont gardés ici : reprenez-les, ils s’ajouteront au texte d’aujourd’hui.",
            code="conflit",
        )
        return _page(request, bilan, (moved,), 409)
    messages.success(request, "Les passages choisis sont dans la synthèse, chacun avec sa source.")
    return vers(ESPACE, "synthese", bilan)


def _chosen(request: Requete) -> dict[str, Rubrique]:
    """The ticked passages, each under the heading chosen for its source."""
    found = {}
    for place in request.POST.getlist("passages"):
        piece = place.partition(".")[0]
        raw = request.POST.get(f"rubrique-{piece}", "")
        if raw in {r.value for r in Rubrique}:
            found[place] = Rubrique(raw)
    return found


def _page(request: Requete, bilan: Any, obstacles: Any = (), status: int = 200) -> HttpResponse:
    ticked = set(request.POST.getlist("passages"))
    lue = read_piece(request.user, bilan, "synthese", now=request.now)
    used = {source.piece for source in lue.contenu.sources} if lue else set()
    context = {
        "obstacles": obstacles,
        "revision": lue.revision if lue else 0,
        "retour": lien(ESPACE, "synthese", bilan),
        "choix": [(r.value, r.label) for r in Rubrique],
        "sources": [
            {
                "source": one,
                "deja": one.piece in used,
                "rubrique": request.POST.get(f"rubrique-{one.piece}", one.rubrique.value),
                "passages": [
                    {
                        "place": f"{one.piece}.{rank}",
                        "texte": text.removeprefix("> ").removeprefix("- "),
                        "citation": text.startswith("> "),
                        "choisi": f"{one.piece}.{rank}" in ticked,
                    }
                    for rank, text in enumerate(one.passages)
                ],
            }
            for one in list_matiere(request.user, bilan, now=request.now)
        ],
    }
    return montrer(request, bilan, ESPACE, "consultant/synthese_rassembler.html", context, status)


urls = [path("<uuid:bilan_id>/synthese/rassembler/", rassembler, name="consultant_synthese_rassembler")]
