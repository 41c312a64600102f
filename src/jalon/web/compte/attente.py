"""What may wait on a device without network: its key, given to the page of an open session and to nobody else; the person's choice.

The key is random, held in the sealed session and nowhere else: the session ends, the key is gone, what waited is unreadable.
"""

import base64
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.web import gate
from jalon.web.compte.appareil import ATTENTE, PARTAGE, close_attente, open_attente
from jalon.web.requete import Requete

# How long something may wait on a device: after that it is erased, sent or not.
HEURES = 24


def of_session(request: HttpRequest) -> dict[str, str] | None:
    """The key and the mark of this session, or none: not signed in, or a device that others use."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    held: dict[str, str] | None = request.session.get(ATTENTE)
    return held


def presence_mark(request: HttpRequest, *parts: str) -> str | None:
    """What the device must have computed over a presence kept without network: only a page of this very session could."""
    held = of_session(request)
    if held is None:
        return None
    secret = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"presence").derive(
        base64.b64decode(held["cle"])
    )
    mac = HMAC(secret, SHA256())
    mac.update("\n".join(parts).encode())
    return mac.finalize().hex()


@gate.signed_in
@require_POST
def cle(request: Requete) -> HttpResponse:
    held = of_session(request)
    if held is None:
        return JsonResponse({"actif": False}, status=404)
    return JsonResponse({**held, "heures": HEURES})


@gate.signed_in
def sans_reseau(request: Requete) -> HttpResponse:
    if request.method == "POST":
        return _choose(request)
    context: dict[str, Any] = {
        "actif": of_session(request) is not None,
        "partage": bool(request.session.get(PARTAGE)),
        "heures": HEURES,
    }
    return render(request, "compte/sans_reseau.html", context)


def _choose(request: Requete) -> HttpResponse:
    if request.POST.get("choix") == "permettre" and not request.session.get(PARTAGE):
        if of_session(request) is None:
            open_attente(request)
        messages.success(request, "Cet appareil gardera ce que vous écrivez pendant une coupure.")
    elif request.POST.get("choix") == "arreter":
        close_attente(request)
        messages.success(request, "Plus rien n’attendra sur cet appareil.")
    return redirect("compte_sans_reseau")


urls = [
    path("sans-reseau/", sans_reseau, name="compte_sans_reseau"),
    path("sans-reseau/cle/", cle, name="compte_sans_reseau_cle"),
]
