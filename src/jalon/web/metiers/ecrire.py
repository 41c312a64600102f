"""Write, change and erase one piece that comes in many: the same steps for an experience, a competence, an inquiry, a moment of a life."""

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
from jalon.web.ecrits.saisie import Saisie, envoyer, ouvrir, reprend_l_autre
from jalon.web.requete import Requete

# Somebody wrote while one was choosing: the choice is made again with the new text under one's eyes.
CHANGE = (
    Obstacle(
        "Ce texte vient d’être modifié par quelqu’un d’autre : relisez, puis recommencez.", code="change"
    ),
)


def write_plain(contenu: Any, *, form: Any, **who: Any) -> Any:
    """How a kind without a rule of its own is written. `form` is for those that read more in it than the content."""
    return write_ecrit(contenu=contenu, **who)


def _nothing(*_: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Sorte:
    """`make(data, initial, request, bilan)` gives the form; `texte` writes a content for the panes of a conflict.

    A form that has `piece()` says there what the piece keeps of it; one with rows also has `apres_geste`.
    """

    nature: str
    champs: tuple[str, ...]
    make: Callable[..., Any]
    texte: Callable[[Any], str]
    gabarit: str
    enregistre: str
    efface: str
    effacer: str
    # Where one goes after the first writing; the list when empty.
    ensuite: str = ""
    droit: Action = Action.WRITE_PORTEFEUILLE
    droit_effacer: Action = Action.ERASE_PIECE
    # How its pages are named and where they are; those of the portfolio when empty.
    nom: str = ""
    chemin: str = ""
    liste: str = "portefeuille"
    write: Callable[..., Any] = write_plain
    # What a saved content shows in the form, and what a new one begins with.
    initial: Callable[[Any], dict[str, Any]] | None = None
    debut: Callable[[Requete, Any], dict[str, Any]] = _nothing
    # What the page shows beside the form: `contexte(request, bilan, lue)`, `lue` None for a new one.
    contexte: Callable[[Requete, Any, Any], dict[str, Any]] = _nothing
    titre: str = "intitule"

    @property
    def page(self) -> str:
        return self.nom or f"portefeuille_{self.nature}"

    def saved(self, lue: Any) -> dict[str, Any]:
        if self.initial is not None:
            return self.initial(lue)
        return {name: getattr(lue.contenu, name) for name in self.champs}


def urls_of(espace: str, sorte: Sorte) -> list[URLPattern]:
    nature = sorte.nature

    def maker(request: Requete, bilan: Any) -> Callable[..., Any]:
        return lambda data=None, **kwargs: sorte.make(data, request=request, bilan=bilan, **kwargs)

    def gesture(request: Requete, make: Callable[..., Any]) -> Saisie | None:
        """A row more or less: the form is shown again, nothing is saved."""
        form = make()
        if not hasattr(form, "apres_geste"):
            return None
        changed = form.apres_geste(request.POST.dict())
        return None if changed is None else Saisie(make(initial=changed))

    @gate.bilan(sorte.droit)
    def ecrire(request: Requete, bilan: Any) -> HttpResponse:
        make = maker(request, bilan)
        written: list[str] = []
        if request.method != "POST":
            saisie = ouvrir(request, bilan, nature, make, sorte.debut(request, bilan))
            return formulaire(request, bilan, saisie, None)
        changed = gesture(request, make)
        if changed is not None:
            return formulaire(request, bilan, changed, None)
        refused = envoyer(
            make(request.POST),
            lambda form: written.append(garder(request, bilan, form, {}, "", None)),
            sorte.texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return formulaire(request, bilan, refused, None)
        messages.success(request, sorte.enregistre)
        if sorte.ensuite:
            return vers(espace, sorte.ensuite, bilan, written[0])
        return vers(espace, sorte.liste, bilan)

    @gate.bilan(sorte.droit)
    def modifier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)
        make = maker(request, bilan)
        if request.method != "POST":
            saisie = ouvrir(request, bilan, f"{nature}-{reference}", make, sorte.saved(lue), lue.revision)
            return formulaire(request, bilan, saisie, lue)
        if reprend_l_autre(request):
            return vers(espace, sorte.page, bilan, reference)
        changed = gesture(request, make)
        if changed is not None:
            return formulaire(request, bilan, changed, lue)
        # What this form does not show, the occupation and the skills, stays as it is.
        kept = {name: value for name, value in lue.contenu.to_json().items() if name not in sorte.champs}
        refused = envoyer(
            make(request.POST),
            lambda form: garder(request, bilan, form, kept, str(reference), form.base()),
            sorte.texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return formulaire(request, bilan, refused, lue)
        messages.success(request, sorte.enregistre)
        return vers(espace, sorte.liste, bilan)

    def garder(
        request: Requete, bilan: Any, form: Any, kept: dict[str, Any], reference: str, base: int | None
    ) -> str:
        fields = form.piece() if hasattr(form, "piece") else form.champs()
        written = sorte.write(
            compose(nature, **(kept | fields)),
            form=form,
            bilan=bilan,
            by=request.user,
            now=request.now,
            reference=reference,
            base_revision=base,
        )
        return str(written.reference)

    def formulaire(request: Requete, bilan: Any, saisie: Any, lue: Any) -> HttpResponse:
        reference = lue.piece.reference if lue is not None else ""
        effacer = ""
        if reference and access.can(sorte.droit_effacer, request.user, bilan):
            effacer = lien(espace, f"{sorte.page}_effacer", bilan, reference)
        context = {
            "page": f"{nature}-{reference}" if reference else nature,
            "nouveau": not reference,
            "effacer": effacer,
            **sorte.contexte(request, bilan, lue),
        }
        return montrer_saisie(request, bilan, espace, sorte.gabarit, saisie, context)

    @gate.bilan(sorte.droit_effacer)
    def effacer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)
        context = {
            "quoi": getattr(lue.contenu, sorte.titre),
            "titre": sorte.effacer,
            "retour": lien(espace, sorte.page, bilan, reference),
            "bouton": sorte.effacer.removesuffix(" ?"),
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
        return vers(espace, sorte.liste, bilan)

    start = f"<uuid:bilan_id>/{sorte.chemin or f'portefeuille/{nature}s'}/"
    return [
        path(f"{start}ecrire/", ecrire, name=f"{espace}_{sorte.page}_ecrire"),
        path(f"{start}<uuid:reference>/", modifier, name=f"{espace}_{sorte.page}"),
        path(f"{start}<uuid:reference>/effacer/", effacer, name=f"{espace}_{sorte.page}_effacer"),
    ]
