"""The page of an invitation: who invites, to what. Reading it opens nothing; the button does, once."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from jalon.access.compte import EtatInvitation, address_warning, read_invitation
from jalon.actions.invitation import SENTENCES, accept_invitation
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.compte.appareil import PARTAGE, choose_device
from jalon.web.compte.formulaires import appareil_field
from jalon.web.requete import Requete


class OuvrirForm(forms.Form):
    appareil_partage = appareil_field()


@gate.public
def invitation(request: Requete, jeton: str) -> HttpResponse:
    vue = read_invitation(jeton, request.now)
    if not vue.valable:
        return _useless(request, vue.etat)
    if request.method != "POST":
        avis = address_warning(vue.personne) if vue.personne else None
        context = {"invitation": vue, "form": OuvrirForm(), "avis": [avis] if avis else []}
        return render(request, "compte/invitation.html", context)
    limited = ratelimit.consume_or_429(request, action="invitation")
    if limited:
        return limited
    try:
        personne = accept_invitation(token=jeton, now=request.now)
    except Refused as refused:
        return _useless(request, EtatInvitation(refused.obstacles[0].code))
    if request.user.is_authenticated and request.user.pk != personne.pk:
        logout(request)
    choose_device(request, shared=PARTAGE in request.POST)
    record_authentication(request, personne, method="invitation", email=personne.email)
    return perform_login(request, Login(user=personne, email=personne.email))


def _useless(request: HttpRequest, etat: EtatInvitation) -> HttpResponse:
    status = 404 if etat is EtatInvitation.INCONNUE else 410
    context = {"phrase": SENTENCES[etat], "servie": etat is EtatInvitation.SERVIE}
    return render(request, "compte/invitation_sans_effet.html", context, status=status)


urls = [path("invitation/<str:jeton>/", invitation, name="compte_invitation")]
