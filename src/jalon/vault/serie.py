"""The series key: it wraps the data keys of one share of the ring, and is itself wrapped by the epoch key.

A destruction then rewrites one share, not the ring: the cost of destroying one bilan does not grow with the others.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jalon.vault.epoque import KEY_BYTES, Epoque, context, unwrap, wrap


@dataclass(frozen=True)
class Serie:
    """Its key wraps data keys and nothing else; it is never kept in memory longer than one reading or one writing."""

    trousseau: str
    numero: int
    key: bytes = field(repr=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)
    _place: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cipher", AESGCM(self.key))
        object.__setattr__(self, "_place", context("jalon/cle/2", self.trousseau, self.numero))

    @classmethod
    def new(cls, epoque: Epoque, numero: int) -> Serie:
        return cls(epoque.trousseau, numero, secrets.token_bytes(KEY_BYTES))

    @classmethod
    def open(cls, epoque: Epoque, numero: int, wrapped: bytes) -> Serie:
        """Raises `AutreCle` unless this epoch key wrapped this series."""
        return cls(epoque.trousseau, numero, epoque.unwrap_serie(numero, wrapped))

    def closed_by(self, epoque: Epoque) -> bytes:
        return epoque.wrap_serie(self.numero, self.key)

    def wrap_key(self, key_id: str, data_key: bytes) -> bytes:
        return wrap(self._cipher, data_key, self._place + context(key_id))

    def unwrap_key(self, key_id: str, wrapped: bytes) -> bytes:
        return unwrap(self._cipher, wrapped, self._place + context(key_id))


def digest(rows: Iterable[tuple[str, bytes]]) -> bytes:
    """Of the rows of one series, in the order of their ids: what the ring's fingerprint knows of them."""
    whole = hashlib.sha256()
    for key_id, enveloppe in rows:
        name = key_id.encode()
        whole.update(len(name).to_bytes(4, "big") + name + len(enveloppe).to_bytes(4, "big") + enveloppe)
    return whole.digest()
