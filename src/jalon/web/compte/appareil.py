"""How long a session lives: until the browser closes, less on a shared device, and never left alone for long."""

import base64
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from jalon.actions.compte import note_activity
from jalon.web.referme import ask_to_sign_in_again

PARTAGE = "appareil_partage"
# What may wait on this device when the network is cut: {"cle", "marque"}. Without it nothing ever waits here.
ATTENTE = "attente"
_SEEN = "vu_le"
# Real seconds, not the clock of the demonstration, which jumps.
OWN_IDLE = 3 * 3600
SHARED_IDLE = 15 * 60
SHARED_MAX = 2 * 3600
_NOTED_EVERY = 60

Handler = Callable[[HttpRequest], HttpResponse]


def choose_device(request: HttpRequest, *, shared: bool) -> None:
    """Kept until the login is complete: a second factor may stand between the two."""
    request.session[PARTAGE] = shared


def begin_session(request: HttpRequest) -> None:
    """Only whoever was asked, and said that the device is hers alone, leaves anything on it, even encrypted."""
    request.session[_SEEN] = int(time.time())
    if request.session.get(PARTAGE) is False:
        open_attente(request)
    if request.session.get(PARTAGE):
        request.session["fin_le"] = int(time.time()) + SHARED_MAX


def open_attente(request: HttpRequest) -> None:
    """A key that lives with the session and dies with it: what waits on the device is then nobody's to read."""
    request.session[ATTENTE] = {
        "cle": base64.b64encode(secrets.token_bytes(32)).decode(),
        "marque": secrets.token_hex(8),
    }


def close_attente(request: HttpRequest) -> None:
    request.session.pop(ATTENTE, None)


class InactiviteMiddleware:
    """An open page on a desk is the easiest way into somebody's answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if self._is_over(request, now):
                return self._close(request)
            self._note(request, now)
        return self.get_response(request)

    def _is_over(self, request: HttpRequest, now: int) -> bool:
        session = request.session
        idle = SHARED_IDLE if session.get(PARTAGE) else OWN_IDLE
        return now - session.get(_SEEN, now) > idle or now > session.get("fin_le", now)

    def _note(self, request: HttpRequest, now: int) -> None:
        if now - request.session.get(_SEEN, 0) < _NOTED_EVERY:
            return
        request.session[_SEEN] = now
        if request.session.session_key:
            note_activity(session_key=request.session.session_key, moment=datetime.fromtimestamp(now, tz=UTC))

    def _close(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        if request.method not in ("GET", "HEAD"):
            return ask_to_sign_in_again(request)
        messages.info(
            request,
            "Votre espace s’est refermé après un moment sans activité. Rien n’est perdu\u00a0: entrez de nouveau.",
        )
        return redirect_to_login(request.get_full_path())
