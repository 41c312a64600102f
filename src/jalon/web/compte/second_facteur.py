"""Why whoever works in a cabinet sets a second verification, and the two ways to do it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from jalon import access
from jalon.web import gate
from jalon.web.requete import Requete


@gate.signed_in
def second_facteur(request: Requete) -> HttpResponse:
    if access.has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "compte/second_facteur.html", {"obligatoire": access.is_member(request.user)})


urls = [path("second-facteur/", second_facteur, name="second_facteur")]
