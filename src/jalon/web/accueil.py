"""After the login: each person goes to her own space. Also the neutral page behind «Masquer» and the display choice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from jalon import access
from jalon.actions.personne import choose_display
from jalon.web import gate
from jalon.web.composants.affichage import choose, keep_affichage
from jalon.web.requete import Requete


@gate.signed_in
def accueil(request: Requete) -> HttpResponse:
    """Staff who also are somebody's beneficiary find the way to both in the navigation."""
    held = access.spaces(request.user)
    if "consultant" in held:
        return redirect("consultant_accueil")
    if "organisme" in held:
        return redirect("organisme_accueil")
    return redirect("beneficiaire_accueil")


@gate.public
def masquer(request: HttpRequest) -> HttpResponse:
    return render(request, "base/masquer.html")


@gate.public
@require_POST
def affichage(request: HttpRequest) -> HttpResponse:
    """Kept in a small cookie for the pages, and with the person for her papers."""
    chosen = choose(
        request.POST.get("theme", ""),
        request.POST.get("taille", ""),
        calme=bool(request.POST.get("calme")),
        titres_complets=bool(request.POST.get("titres_complets")),
    )
    if request.user.is_authenticated:
        choose_display(
            by=request.user,
            taille=chosen.taille,
            theme=chosen.theme,
            calme=chosen.calme,
            titres_complets=chosen.titres_complets,
        )
    suite = request.POST.get("suite", "/")
    if not url_has_allowed_host_and_scheme(
        suite, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        suite = "/"
    response = redirect(suite)
    keep_affichage(response, chosen, secure=request.is_secure())
    return response


urls = [
    path("accueil/", accueil, name="accueil"),
    path("masquer/", masquer, name="masquer"),
    path("affichage/", affichage, name="affichage"),
]
