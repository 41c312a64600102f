"""Small secrets that must wait somewhere (a link to mail, a code, a session): sealed under keys of this installation.

The keys are in the ring, not in the database: a copy of the database alone, or of its backup, opens none of them.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

from jalon.access.coffre import coffre
from jalon.vault import installation_key

# Secrets of an invitation's mail, between the action and the sending.
COURRIEL = "courriel"
_SESSION = "session"


def seal_bytes(data: bytes, purpose: str) -> bytes:
    """A secret sealed for one purpose does not open for another."""
    vault, key = coffre(), installation_key(purpose)
    if not vault.has_key(key):
        vault.create_keys([key])
    return vault.seal_bytes(data, key_id=key, piece_id=purpose, label="secret")


def open_bytes(sealed: bytes, purpose: str) -> bytes:
    return coffre().open_bytes(sealed, key_id=installation_key(purpose), piece_id=purpose, label="secret")


def seal_text(text: str, purpose: str = COURRIEL) -> str:
    return base64.b64encode(seal_bytes(text.encode(), purpose)).decode()


def open_text(sealed: str, purpose: str = COURRIEL) -> str:
    return open_bytes(base64.b64decode(sealed), purpose).decode()


def fingerprint(purpose: str, *parts: str) -> str:
    """Of something short enough to be guessed: without the ring, trying all codes against it tells nothing."""
    secret = coffre().installation_secret(purpose)
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


class SealedSerializer:
    """Django's sessions, sealed: they hold login codes and, for a few minutes, the secret of a code generator."""

    def dumps(self, obj: Any) -> bytes:
        return seal_bytes(json.dumps(obj, separators=(",", ":")).encode(), _SESSION)

    def loads(self, data: bytes) -> Any:
        return json.loads(open_bytes(data, _SESSION))
