"""How accounts behave: only by invitation, neutral mails through our own templates, secrets of the second factor encrypted."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from jalon.actions.compte import open_secret, seal_secret


class CompteAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone: an account is opened by an invitation, so that a bilan always stands behind it."""
        return False


class SecondFacteurAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal_secret(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(base64.b64decode(encrypted_text)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Jalon"}
