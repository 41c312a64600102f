"""Accounts: the secrets of second factors are sealed under a key of this installation."""

from jalon.access.coffre import coffre
from jalon.vault import installation_key

_KEY = installation_key("second-facteur")


def seal_secret(secret: bytes) -> bytes:
    vault = coffre()
    if not vault.has_key(_KEY):
        vault.create_keys([_KEY])
    return vault.seal_bytes(secret, key_id=_KEY, piece_id="second-facteur", label="secret")


def open_secret(sealed: bytes) -> bytes:
    return coffre().open_bytes(sealed, key_id=_KEY, piece_id="second-facteur", label="secret")
