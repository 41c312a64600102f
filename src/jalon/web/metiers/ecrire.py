"""Write, change and erase one piece of the portfolio: the same steps for an experience and for a competence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.pieces import get_piece
from jalon.actions.composition import compose
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import envoyer, ouvrir, reprend_l_autre
from jalon.web.requete import Requete

# Somebody wrote while one was choosing: the choice is made again with the new text under one's eyes.
CHANGE = (
    Obstacle(
        "Ce texte vient d’être modifié par quelqu’un d’autre : relisez, puis recommencez.", code="change"
    ),
)


@dataclass(frozen=True)
class Sorte:
    """`make(data, initial, request, bilan)` gives the form; `texte` writes a content for the panes of a conflict."""

    nature: str
    champs: tuple[str, ...]
    make: Callable[..., Any]
    texte: Callable[[Any], str]
    gabarit: str
    enregistre: str
    efface: str
    effacer: str
    # Where one goes after the first writing: the occupation, or the skills, that it is related to.
    ensuite: str


def urls_of(espace: str, sorte: Sorte) -> list[URLPattern]:
    nature = sorte.nature

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def ecrire(request: Requete, bilan: Any) -> HttpResponse:
        def make(data: Any = None, **kwargs: Any) -> Any:
            return sorte.make(data, request=request, bilan=bilan, **kwargs)

        written: list[str] = []
        if request.method != "POST":
            return formulaire(request, bilan, ouvrir(request, bilan, nature, make, {}), "")
        refused = envoyer(
            make(request.POST),
            lambda form: written.append(garder(request, bilan, form.champs(), "", None)),
            sorte.texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return formulaire(request, bilan, refused, "")
        messages.success(request, sorte.enregistre)
        return vers(espace, sorte.ensuite, bilan, written[0])

    @gate.bilan(Action.WRITE_PORTEFEUILLE)
    def modifier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)

        def make(data: Any = None, **kwargs: Any) -> Any:
            return sorte.make(data, request=request, bilan=bilan, **kwargs)

        if request.method != "POST":
            saved = {name: getattr(lue.contenu, name) for name in sorte.champs}
            saisie = ouvrir(request, bilan, f"{nature}-{reference}", make, saved, lue.revision)
            return formulaire(request, bilan, saisie, str(reference))
        if reprend_l_autre(request):
            return vers(espace, f"portefeuille_{nature}", bilan, reference)
        # What this form does not show, the occupation and the skills, stays as it is.
        kept = {name: value for name, value in lue.contenu.to_json().items() if name not in sorte.champs}
        refused = envoyer(
            make(request.POST),
            lambda form: garder(request, bilan, kept | form.champs(), str(reference), form.base()),
            sorte.texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return formulaire(request, bilan, refused, str(reference))
        messages.success(request, sorte.enregistre)
        return vers(espace, "portefeuille", bilan)

    def garder(request: Requete, bilan: Any, champs: dict[str, Any], reference: str, base: int | None) -> str:
        return write_ecrit(
            bilan=bilan,
            contenu=compose(nature, **champs),
            by=request.user,
            now=request.now,
            reference=reference,
            base_revision=base,
        ).reference

    def formulaire(request: Requete, bilan: Any, saisie: Any, reference: str) -> HttpResponse:
        effacer = ""
        if reference and access.can(Action.ERASE_PIECE, request.user, bilan):
            effacer = lien(espace, f"portefeuille_{nature}_effacer", bilan, reference)
        context = {
            "page": f"{nature}-{reference}" if reference else nature,
            "nouveau": not reference,
            "effacer": effacer,
        }
        return montrer_saisie(request, bilan, espace, sorte.gabarit, saisie, context)

    @gate.bilan(Action.ERASE_PIECE)
    def effacer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)
        context = {
            "quoi": lue.contenu.intitule,
            "titre": sorte.effacer,
            "retour": lien(espace, f"portefeuille_{nature}", bilan, reference),
            "bouton": sorte.effacer.removesuffix(" ?"),
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            erase_ecrit(
                bilan=bilan, nature=nature, reference=str(reference), by=request.user, now=request.now
            )
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, sorte.efface)
        return vers(espace, "portefeuille", bilan)

    start = f"<uuid:bilan_id>/portefeuille/{nature}s/"
    return [
        path(f"{start}ecrire/", ecrire, name=f"{espace}_portefeuille_{nature}_ecrire"),
        path(f"{start}<uuid:reference>/", modifier, name=f"{espace}_portefeuille_{nature}"),
        path(f"{start}<uuid:reference>/effacer/", effacer, name=f"{espace}_portefeuille_{nature}_effacer"),
    ]
