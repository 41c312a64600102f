"""Signing one's presence, from either space: at once, or as it was signed on a device without network and sent later.

What comes later must prove that a page of this very session made it, over the very facts that it showed: `marque` is a HMAC of the
sending's identifier, the séance, the fingerprint shown and the hour, under a key that only the session has.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse

from jalon.actions.seance import sign_seance
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web.compte.attente import presence_mark
from jalon.web.requete import Requete

_FORGED = Obstacle(
    "Cette signature gardée sans réseau n’a pas été reconnue : relisez les horaires et signez de nouveau.",
    code="marque",
)


def sign(request: Requete, found: Any) -> None:
    empreinte = request.POST.get("empreinte", "")
    if not empreinte:
        raise Refused(Obstacle("Relisez les horaires avant de signer.", code="changee"))
    sign_seance(
        seance=found,
        by=request.user,
        now=request.now,
        empreinte_vue=empreinte,
        instant=_instant(request, found, empreinte),
    )


def _instant(request: Requete, found: Any, empreinte: str) -> datetime | None:
    """When it was signed on the device; none when it is signed now."""
    if not {"instant", "marque", "envoi"} & set(request.POST):
        return None
    said, envoi = request.POST.get("instant", ""), request.POST.get("envoi", "")
    expected = presence_mark(request, envoi, str(found.pk), empreinte, said)
    marque = request.POST.get("marque", "")
    if expected is None or not envoi or not marque.isascii() or not hmac.compare_digest(marque, expected):
        raise Refused(_FORGED)
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise Refused(_FORGED) from None
    if instant.tzinfo is None:
        raise Refused(_FORGED)
    return instant


def answered_later(request: Requete, act: Callable[[], object]) -> HttpResponse | None:
    """For what the device sends by itself: a word for the page, no page. None when a person pressed the button."""
    if request.headers.get("X-Requested-With") != "attente":
        return None
    try:
        act()
    except Refused as refused:
        told = [{"sentence": o.sentence, "source": o.source} for o in refused.obstacles]
        return JsonResponse({"obstacles": told}, status=422)
    return JsonResponse({"signee": True})
