"""The one autosave of all forms: its address, what it answers, and how a form proposes what was not yet saved.

In a template: `{% load cadre %}`, `<form {% garde "demande" %}>`, `{% garde_etat %}` near its button, `{% brouillon_trouve brouillon %}`
above it, and a hidden field `revision`. The action that saves the page ends with `drop_brouillon`. In the view: `champs, brouillon = reprendre(request, bilan, "demande", initial)`.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jalon.access.brouillon import BrouillonLu, read_brouillon
from jalon.actions.brouillon import drop_brouillon, save_brouillon
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Refused
from jalon.web.requete import Requete

# What the machine adds to a form, and what is no text of the person.
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "conflit", "conflit_revision", "brouillon"})


def save(request: Requete, bilan: Any) -> HttpResponse:
    """The page is named in the address (`?page=demande`). No `revision` is answered: the base of the form stays what it was.

    `brouillon` is the state of the draft that the page knows; the answer gives the new one.
    """
    champs = {name: value for name, value in request.POST.items() if name not in _NOT_KEPT}
    known = request.POST.get("brouillon", "")
    try:
        piece = save_brouillon(
            bilan=bilan,
            page=request.GET.get("page", ""),
            champs={name: str(value) for name, value in champs.items()},
            by=request.user,
            now=request.now,
            base_revision=int(known) if known.isdigit() and len(known) < 10 else None,
        )
    except Conflit as conflit:
        actual = conflit.actuel
        context = {
            "votre": _words(champs),
            "autre": _words(actual.contenu.champs),
            "quand": actual.piece.modifie_le,
            "numero": actual.revision,
            "bilan": bilan,
        }
        return render(request, "components/conflit_brouillon.html", context, status=409)
    except Refused as refused:
        told = [{"sentence": o.sentence, "source": o.source} for o in refused.obstacles]
        return JsonResponse({"obstacles": told}, status=422)
    return JsonResponse({"garde": True, "brouillon": piece.revision})


def _words(champs: Mapping[str, Any]) -> str:
    """What was typed, without what the form adds for itself."""
    return "\n\n".join(str(value) for name, value in champs.items() if value and name != "revision")


def throw_away(request: Requete, bilan: Any) -> HttpResponse:
    """Forget the draft and come back to the text as it was saved."""
    try:
        drop_brouillon(bilan=bilan, page=request.POST.get("page", ""), by=request.user)
    except Refused:
        return HttpResponse(status=422)
    suite = request.POST.get("suite", "/")
    if not url_has_allowed_host_and_scheme(
        suite, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        suite = "/"
    return redirect(suite)


def reprendre(
    request: Requete, bilan: Any, page: str, initial: dict[str, Any]
) -> tuple[dict[str, Any], BrouillonLu | None]:
    """What the form shows: the draft when there is one, on the revision on which it was begun; else what is saved.

    If the saved text has moved meanwhile, saving the draft raises the conflict that shows both.
    """
    draft = read_brouillon(request.user, bilan, page, now=request.now)
    return ({**initial, **draft.champs} if draft else initial), draft
