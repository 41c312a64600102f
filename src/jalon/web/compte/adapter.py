"""How accounts behave: only by invitation, neutral mails in our own words, secrets of the second factor sealed."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jalon.access.compte import may_remove_second_factor
from jalon.actions import clock
from jalon.actions.compte import note_entry, open_secret, seal_secret, warn_person
from jalon.web.composants.affichage import COOKIE, choose, keep_affichage
from jalon.web.compte import courriel
from jalon.web.compte.appareil import begin_session
from jalon.web.compte.paroles import CHANGEMENTS, ERREURS, ERREURS_SECOND_FACTEUR, MESSAGES

CODE_SECONDS = 600
# A means whose use proves that the person reads her mailbox.
_PROVES_ADDRESS = {"code", "invitation"}


class CompteAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, **ERREURS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone: an account is opened by an invitation, so that a dossier always stands behind it."""
        return False

    # Mails

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        kind = template_prefix.removeprefix("account/email/")
        if kind == "login_code":
            courriel.send_code(self.request, "code_connexion", email, context["code"], CODE_SECONDS)
        elif kind == "password_reset_code":
            courriel.send_code(self.request, "code_verification", email, context["code"], CODE_SECONDS)
        elif kind == "unknown_account":
            # Sent like a code, so that neither the page nor its delay tells whether the account exists.
            courriel.send_now(self.request, "adresse_inconnue", email, lien=courriel.link_to("account_login"))
        else:
            raise ValueError(f"no mail of ours for {template_prefix!r}")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Security notices leave by the outbox, without the address of the network nor the name of the device."""
        warn_person(user, CHANGEMENTS[template_prefix.rpartition("/")[2]], now=clock.now())

    # Entering

    def login(self, request: HttpRequest, user: Any) -> None:
        proved = any(
            record["method"] in _PROVES_ADDRESS
            and record.get("email", "").lower() == (user.email or "").lower()
            for record in get_authentication_records(request, user)
        )
        note_entry(personne=user, adresse_prouvee=bool(user.email) and proved, now=clock.now())
        super().login(request, user)
        begin_session(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if COOKIE not in request.COOKIES:
            theme = "systeme" if user.theme == "auto" else user.theme
            chosen = choose(theme, user.taille_texte, calme=user.calme, titres_complets=user.titres_clairs)
            keep_affichage(response, chosen, secure=request.is_secure())
        return response

    def reauthenticate(self, user: Any, password: str) -> bool:
        """The library looks for the address in its own table: whoever has none could not confirm her password."""
        self.pre_authenticate(self.request, email=user.email or str(user.pk))
        if not user.check_password(password):
            return False
        self._rollback_login_failed_rl_usage()
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The key first for whoever has no application: a page that asks for a code would puzzle her."""
        methods = list(super().get_reauthentication_methods(user))
        if (
            methods
            and not Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
        ):
            methods.sort(key=lambda method: method["id"] == "mfa_reauthenticate")
        return methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own short sentences; what the page already shows is not said twice."""
        said = message or MESSAGES.get(message_template or "", "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)


class SecondFacteurAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, **ERREURS_SECOND_FACTEUR}

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal_secret(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(base64.b64decode(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_remove_second_factor(authenticator.user, authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Ma clé d’accès" if count == 0 else f"Ma clé d’accès n°\u00a0{count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Jalon"}
