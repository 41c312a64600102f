"""The frame of the cabinet's pages: the cabinet, and what this person may do in it, read once for the whole page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jalon import access
from jalon.access import Action
from jalon.access.matrix import OF_THE_CABINET
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle
from jalon.web.requete import Requete


def page(
    request: Requete,
    organisme: Any,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    held: frozenset[Action] | None = None,
) -> HttpResponse:
    """`held`: what this person may do here, where the view knows it already. `peut.manage_cabinet` and the like are there for every template of this space."""
    if held is None:
        held = access.allowed_actions(request.user, organisme)
    frame = {
        "organisme": organisme,
        "peut": {action.value: action in held for action in Action if action in OF_THE_CABINET},
    }
    return render(request, f"organisme/{template}.html", {**frame, **(context or {})}, status=status)


def motifs(request: Requete, warnings: Iterable[Obstacle], possible: Iterable[Motif]) -> dict[str, Any]:
    """For `organisme/_motifs.html`: each warning with the reason that was chosen, if one was."""
    found = list(warnings)
    return {
        "a_motiver": found,
        "motifs_demandes": [
            {"code": o.code, "phrase": o.sentence, "choisi": request.POST.get(f"motif-{o.code}", "")}
            for o in found
        ],
        "motifs": [(m.value, m.label) for m in possible],
    }
