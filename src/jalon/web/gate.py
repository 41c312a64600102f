"""The gate of every page: who may come in. A stranger gets 404 (or the login page when nobody is signed in).

`@gate.bilan(Action.X)` gives the view the bilan named in its address; `@gate.cabinet(Action.X)` the person's cabinet;
`@gate.signed_in` any account; `@gate.public` everybody. A test refuses a page without a gate.

A space has its own people: the pages under `/espace/` speak to the person, those under `/consultant/` to who carries out her
bilan, and each is 404 to the other, even where the table would let both do the act.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon import access
from jalon.access import Action, Role
from jalon.access.employeur import employer_of
from jalon.access.partage import open_share
from jalon.web.referme import ask_to_sign_in_again, typed
from jalon.web.requete import Requete

View = Callable[..., HttpResponse]
SAFE = frozenset({"GET", "HEAD"})

SPACES: dict[str, frozenset[Role]] = {
    "/espace/": frozenset({Role.BENEFICIAIRE}),
    "/consultant/": frozenset({Role.CONSULTANT, Role.SUBSTITUT, Role.CONFRERE}),
    "/employeur/": frozenset({Role.EMPLOYEUR}),
    "/partage/": frozenset({Role.TIERS}),
}
# What a session holds of the employer's links that it has opened by a code: dossier → link, and when it was last used.
EMPLOYEUR = "employeur"
# The same for what somebody was given to read: share → when it was last used.
PARTAGES = "partages"
EMPLOYEUR_IDLE = 3600


def people_of(path: str) -> frozenset[Role]:
    """The roles to which the pages of this address speak: all of them outside the two spaces."""
    return next((roles for start, roles in SPACES.items() if path.startswith(start)), frozenset(Role))


def _login_first(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_authenticated:
        return None
    if typed(request):  # the session closed while somebody was writing
        return ask_to_sign_in_again(request)
    return redirect_to_login(request.get_full_path())


def _refusal_is_404(view: View) -> View:
    """A right that is missing in an action looks like a page that does not exist."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    return guarded


def public(view: View) -> View:
    view.gate = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _login_first(request) or _refusal_is_404(view)(request, *args, **kwargs)

    gated.gate = "signed_in"  # type: ignore[attr-defined]
    return gated


def bilan(action: Action) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: Requete, bilan_id: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            to_login = _login_first(request)
            if to_login:
                return to_login
            found = access.get_bilan(action, request.user, bilan_id, among=people_of(request.path_info))
            return _refusal_is_404(view)(request, found, *args, **kwargs)

        gated.gate = action  # type: ignore[attr-defined]
        return gated

    return decorate


def employeur(action: Action) -> Callable[[View], View]:
    """The employer's pages: no account, a link opened by a code. Who acts is put in `request.user` for this request alone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: Requete, bilan_id: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            personne = _employer_in(request, str(bilan_id))
            if personne is None:
                if request.user.is_authenticated:
                    raise Http404
                return redirect("employeur_referme")
            found = access.get_bilan(action, personne, bilan_id, among=people_of(request.path_info))
            request.user = personne
            return _refusal_is_404(view)(request, found, *args, **kwargs)

        gated.gate = action  # type: ignore[attr-defined]
        return gated

    return decorate


def _employer_in(request: Requete, bilan_id: str) -> Any:
    """Real seconds: the demonstration's clock jumps, a forgotten screen does not."""
    opened = request.session.get(EMPLOYEUR, {})
    acces_id, seen = opened.get(bilan_id, ("", 0))
    moment = int(time.time())
    if not acces_id or moment - seen > EMPLOYEUR_IDLE:
        return None
    if moment - seen > 60:
        request.session[EMPLOYEUR] = {**opened, bilan_id: (acces_id, moment)}
    return employer_of(acces_id, bilan_id)


def tiers(action: Action) -> Callable[[View], View]:
    """The pages of one share: a link opened by a code. Over, stopped or never opened here, it is 404 at once."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: Requete, partage_id: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            opened = request.session.get(PARTAGES, {})
            seen = opened.get(str(partage_id))
            if seen is None:
                raise Http404
            found = open_share(partage_id, now=request.now)
            moment = int(time.time())
            if moment - seen > EMPLOYEUR_IDLE:
                return redirect("partage_referme")
            if moment - seen > 60:
                request.session[PARTAGES] = {**opened, str(partage_id): moment}
            if not access.can(action, found.personne, found.bilan):
                raise Http404
            return _refusal_is_404(view)(request, found, *args, **kwargs)

        gated.gate = action  # type: ignore[attr-defined]
        return gated

    return decorate


def cabinet(action: Action) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: Requete, *args: Any, **kwargs: Any) -> HttpResponse:
            to_login = _login_first(request)
            if to_login:
                return to_login
            if request.method in SAFE:
                access.remember_memberships(request.user)
            found = access.get_organisme(action, request.user, among=people_of(request.path_info))
            return _refusal_is_404(view)(request, found, *args, **kwargs)

        gated.gate = action  # type: ignore[attr-defined]
        return gated

    return decorate
