"""The two texts of the preliminary phase, written by either and agreed by both: the request and the objectives.

The same pages for the two: only the frame and the words around change.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalon.access.pieces import Lue, read_piece
from jalon.actions.brouillon import drop_brouillon
from jalon.actions.demande import agree
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web.requete import Requete


def accords(lue: Lue | None, space: str) -> dict[str, Any]:
    """Who has agreed to the text as it stands, seen from one side."""
    if lue is None:
        return {"moi_le": None, "autre_le": None, "revision": 0}
    person, consultant = lue.piece.valide_beneficiaire_le, lue.piece.valide_consultant_le
    mine, theirs = (person, consultant) if space == "beneficiaire" else (consultant, person)
    return {"moi_le": mine, "autre_le": theirs, "revision": lue.revision}


def read(request: Requete, bilan: Any, nature: str) -> Lue | None:
    return read_piece(request.user, bilan, nature, now=request.now)


def agree_to(request: Requete, bilan: Any, nature: str, *, page: str) -> HttpResponse | Refused:
    """Agree to the very revision that was shown; the page shows the refusal when it has moved."""
    raw = request.POST.get("revision", "")
    try:
        if not raw.isdigit():
            raise Refused(Obstacle("Relisez le texte avant de donner votre accord.", code="revision"))
        agree(bilan=bilan, nature=nature, revision=int(raw), by=request.user, now=request.now)
    except Refused as refused:
        return refused
    messages.success(request, "Votre accord est noté, sur ce texte-là. S’il change, il vous sera redemandé.")
    return redirect(page, bilan.pk)


def keep_the_other(request: Requete, bilan: Any, brouillon: str, *, page: str) -> HttpResponse:
    """The text saved meanwhile is kept; one's own is given up by one's own gesture."""
    drop_brouillon(bilan=bilan, page=brouillon, by=request.user)
    messages.info(request, "Le texte enregistré entre-temps est gardé.")
    return redirect(page, bilan.pk)


def show(request: Requete, template: str, context: dict[str, Any], *, refused: bool) -> HttpResponse:
    return render(request, template, context, status=422 if refused else 200)
