"""A form sent after the session closed: nothing is done, and what was typed is given back to be copied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never shown again: secrets, and what the machine adds.
_HIDDEN = ("csrf", "mot_de_passe", "password", "code", "credential", "revision", "jeton")
# Shorter than this is a choice in a list, quickly made again.
_SHORT = 15


def typed(request: HttpRequest) -> list[str]:
    """The texts that somebody would not like to write twice."""
    return [
        value
        for name, values in request.POST.lists()
        if not name.lower().startswith(_HIDDEN)
        for value in values
        if len(value.strip()) > _SHORT
    ]


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    return render(request, "compte/referme.html", {"ecrits": typed(request)}, status=401)
