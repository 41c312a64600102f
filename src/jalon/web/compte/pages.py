"""The library's pages behind our gates, with our status for a form that comes back: 422, as everywhere else."""

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as cles
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access.compte import may_remove_second_factor
from jalon.web import gate
from jalon.web.compte.formulaires import MotDePasseForm
from jalon.web.compte.paroles import ERREURS_SECOND_FACTEUR
from jalon.web.requete import Requete


def _ours(view: gate.View) -> gate.View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if (
            request.method == "POST"
            and response.status_code == 200
            and isinstance(response, TemplateResponse)
        ):
            response.status_code = 422
        return response

    return shown


def _proves_who(view: gate.View) -> gate.View:
    """Whoever has just set a second factor has it in hand: asking for it again before showing her codes is too much."""

    @wraps(view)
    def shown(request: Requete, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if (
            request.method == "POST"
            and response.status_code == 302
            and access.has_second_factor(request.user)
        ):
            record_authentication(request, request.user, method="mfa", reauthenticated=True)
        return response

    return shown


def _open(route: str, view: gate.View, name: str) -> URLPattern:
    return path(route, gate.public(_ours(view)), name=name)


def _mine(route: str, view: gate.View, name: str) -> URLPattern:
    return path(route, gate.signed_in(_ours(view)), name=name)


class MotDePasseView(account.LoginView):
    form_class = MotDePasseForm
    template_name = "compte/mot_de_passe.html"

    def get_form_class(self) -> type[MotDePasseForm]:
        return MotDePasseForm


@gate.public
def demander_code(request: HttpRequest) -> HttpResponse:
    """Where the library sends back whoever has used up a code: the first page asks for another."""
    query = request.META.get("QUERY_STRING", "")
    response = redirect("account_login")
    if query:
        response["Location"] += f"?{query}"
    return response


@gate.public
def inscription(request: HttpRequest) -> HttpResponse:
    return render(request, "compte/sur_invitation.html")


@reauthentication_required(app="allauth.mfa")
def _retirer_cle(request: Requete, pk: int) -> HttpResponse:
    """The library lets the last second factor go; a team does not."""
    key = Authenticator.objects.filter(
        user_id=request.user.pk, pk=pk, type=Authenticator.Type.WEBAUTHN
    ).first()
    if key is not None and not may_remove_second_factor(request.user, key):
        messages.error(request, ERREURS_SECOND_FACTEUR["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    return cles.remove_webauthn(request, pk=pk)


urls = [
    _open("connexion/", account.login, "account_login"),
    path("connexion/demander/", demander_code, name="account_request_login_code"),
    _open("connexion/code/", account.confirm_login_code, "account_confirm_login_code"),
    _open("connexion/mot-de-passe/", MotDePasseView.as_view(), "compte_mot_de_passe"),
    _open("connexion/cle/", cles.login_webauthn, "mfa_login_webauthn"),
    _open("connexion/verification/", mfa.authenticate, "mfa_authenticate"),
    path("inscription/", inscription, name="account_signup"),
    _open("deconnexion/", account.logout, "account_logout"),
    _open("ferme/", account.account_inactive, "account_inactive"),
    _mine("confirmer/", account.reauthenticate, "account_reauthenticate"),
    _mine("confirmer/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    _mine("confirmer/cle/", cles.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _mine("mot-de-passe/", account.password_change, "account_change_password"),
    _mine("mot-de-passe/choisir/", account.password_set, "account_set_password"),
    _open("mot-de-passe/oublie/", account.password_reset, "account_reset_password"),
    _open(
        "mot-de-passe/oublie/code/",
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
    ),
    _open("mot-de-passe/nouveau/", account.complete_password_reset, "account_complete_password_reset"),
    _open(
        "mot-de-passe/nouveau/fait/",
        account.password_reset_from_key_done,
        "account_password_reset_completed",
    ),
    _mine("securite/", mfa.index, "mfa_index"),
    _mine("securite/application/", _proves_who(totp.activate_totp), "mfa_activate_totp"),
    _mine("securite/application/retirer/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _mine("securite/cles/", cles.list_webauthn, "mfa_list_webauthn"),
    _mine("securite/cles/ajouter/", _proves_who(cles.add_webauthn), "mfa_add_webauthn"),
    _mine("securite/cles/<int:pk>/retirer/", _retirer_cle, "mfa_remove_webauthn"),
    _mine("securite/cles/<int:pk>/renommer/", cles.edit_webauthn, "mfa_edit_webauthn"),
    _mine("securite/secours/", secours.view_recovery_codes, "mfa_view_recovery_codes"),
    _mine("securite/secours/nouveaux/", secours.generate_recovery_codes, "mfa_generate_recovery_codes"),
]
