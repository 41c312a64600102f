"""How long a session lives: until the browser closes, less on a shared device, and never left alone for long."""

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
    request.session[_SEEN] = int(time.time())
    if request.session.get(PARTAGE):
        request.session["fin_le"] = int(time.time()) + SHARED_MAX


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
