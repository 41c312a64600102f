"""The cookie of a session, signed with a key that is not in the database.

The table of sessions holds their names: whoever reads it, or a backup of it, could put one in a cookie and be somebody.
With the mark that only the ring can make, the name alone opens nothing.
"""

import hmac

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from jalon.actions.secret import fingerprint


def signed(name: str) -> str:
    return f"{name}.{fingerprint('temoin', name)}"


def unsigned(cookie: str) -> str | None:
    name, _, mark = cookie.partition(".")
    return name if name and hmac.compare_digest(mark, fingerprint("temoin", name)) else None


class SignedSessionMiddleware(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        request.session = self.SessionStore(unsigned(cookie) if cookie.isascii() else None)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            cookie.set(cookie.key, signed(cookie.value), signed(cookie.value))
        return response
