"""What holds for every page: nothing is cached by anybody, staff have a second factor, and `request.now` is the one clock."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon import access
from jalon.actions import clock

Handler = Callable[[HttpRequest], HttpResponse]

# Where staff may go before their second factor exists.
_WITHOUT_SECOND_FACTOR = ("/compte/", "/masquer/", "/static/", "/affichage/")
# Pages of the account that open somebody else's.
_WITH_SECOND_FACTOR = ("/compte/codes-papier/",)


class PrivateMiddleware:
    """Sets `request.now`, and forbids every copy of a page on a disk on the way (browser, proxy)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
            response.headers["Permissions-Policy"] = (
                "camera=(), microphone=(), geolocation=(), browsing-topics=()"
            )
        return response


class SecondFactorMiddleware:
    """Whoever works in a cabinet holds other people's secrets: no page before a passkey or a code generator is set."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_it(request):
            return redirect("second_facteur")
        return self.get_response(request)

    def _must_set_it(self, request: HttpRequest) -> bool:
        person = request.user
        if not person.is_authenticated:
            return False
        if request.path_info.startswith(_WITHOUT_SECOND_FACTOR) and not request.path_info.startswith(
            _WITH_SECOND_FACTOR
        ):
            return False
        if request.session.get("second_facteur_pose"):
            return False
        if settings.JALON_DEMONSTRATION and request.session.get("acces_en_un_clic"):
            return False
        if not access.is_member(person):
            return False
        if access.has_second_factor(person):
            request.session["second_facteur_pose"] = True
            return False
        return True


class ReadOnlyGetMiddleware:
    """In tests: a GET that writes anything but the access log, the session or the library's own counters fails."""

    _WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
    _ALLOWED = re.compile(
        r"records_acces|django_session|usersessions|jalon_cache|django_migrations|last_login", re.IGNORECASE
    )
    # The libraries' own pages, and an invitation's link, which opens the account that it names.
    _EXEMPT = ("/compte/", "/demonstration/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith(self._EXEMPT):
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self._refuse))
            return self.get_response(request)

    def _refuse(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self._WRITES.match(sql) and not self._ALLOWED.search(sql):
            raise AssertionError(f"A GET writes: {sql[:200]}")
        return execute(sql, params, many, context)
