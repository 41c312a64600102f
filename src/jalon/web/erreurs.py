"""Pages for what went wrong, in plain French: what happened, why, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jalon.web import gate


@gate.public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "erreurs/403_csrf.html", status=403)


@gate.public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "erreurs/400.html", status=400)


@gate.public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "erreurs/403.html", status=403)


@gate.public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "erreurs/404.html", status=404)


@gate.public
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "erreurs/500.html", status=500)
