"""The epoch key: it wraps the series keys, which wrap the data keys of the ring; the master key wraps it.

Destroying an epoch key makes every older copy of the ring unreadable, wherever that copy is.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1


class AutreCle(Exception):
    """These bytes were not wrapped by this key, or for another purpose."""


def derive(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """One key per purpose: what is wrapped for one use never opens another."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, purpose.encode()).derive(key)


def context(*parts: str | int) -> bytes:
    """Unambiguous associated data: two different lists never give the same bytes."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def wrap(cipher: AESGCM, secret: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, secret, bound_to)


def unwrap(cipher: AESGCM, wrapped: bytes, bound_to: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        raise AutreCle from None


@dataclass(frozen=True)
class Epoque:
    trousseau: str
    numero: int
    key: bytes = field(repr=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)
    _place: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cipher", AESGCM(derive(self.key, "jalon/enveloppe/1")))
        object.__setattr__(self, "_place", context("jalon/serie/1", self.trousseau, self.numero))

    @classmethod
    def first(cls, trousseau: str) -> Epoque:
        return cls(trousseau, 1, secrets.token_bytes(KEY_BYTES))

    def next(self) -> Epoque:
        return Epoque(self.trousseau, self.numero + 1, secrets.token_bytes(KEY_BYTES))

    @property
    def temoin(self) -> bytes:
        """Kept in the ring: says whether this is the ring's epoch key without opening anything."""
        return derive(self.key, "jalon/temoin/1", self._bound_to("temoin"))

    def is_attested_by(self, temoin: bytes) -> bool:
        return hmac.compare_digest(self.temoin, temoin)

    def wrap_serie(self, serie: int, key: bytes) -> bytes:
        return wrap(self._cipher, key, self._bound_to("serie", serie))

    def unwrap_serie(self, serie: int, wrapped: bytes) -> bytes:
        return unwrap(self._cipher, wrapped, self._bound_to("serie", serie))

    def _bound_to(self, *what: str | int) -> bytes:
        return self._place + context(*what)


@dataclass(frozen=True)
class EpoqueFermee:
    """The epoch key as it lies in its file: only the master key opens it."""

    trousseau: str
    numero: int
    enveloppe: bytes

    @classmethod
    def close(cls, epoque: Epoque, master: bytes) -> EpoqueFermee:
        cipher, bound_to = _master_cipher(master, epoque.trousseau, epoque.numero)
        return cls(epoque.trousseau, epoque.numero, wrap(cipher, epoque.key, bound_to))

    def open(self, master: bytes) -> Epoque:
        cipher, bound_to = _master_cipher(master, self.trousseau, self.numero)
        return Epoque(self.trousseau, self.numero, unwrap(cipher, self.enveloppe, bound_to))

    def to_bytes(self) -> bytes:
        text = {
            "jalon-epoque": FORMAT,
            "trousseau": self.trousseau,
            "epoque": self.numero,
            "enveloppe": base64.b64encode(self.enveloppe).decode(),
        }
        return (json.dumps(text) + "\n").encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> EpoqueFermee | None:
        """None for a file that was overwritten or is not ours."""
        try:
            text = json.loads(data)
            if text["jalon-epoque"] != FORMAT:
                return None
            enveloppe = base64.b64decode(text["enveloppe"], validate=True)
            return cls(str(text["trousseau"]), int(text["epoque"]), enveloppe)
        except (ValueError, KeyError, TypeError, binascii.Error):
            return None


def _master_cipher(master: bytes, trousseau: str, numero: int) -> tuple[AESGCM, bytes]:
    key = derive(master, "jalon/epoque/1", trousseau.encode())
    return AESGCM(key), context("jalon/epoque/1", trousseau, numero)
