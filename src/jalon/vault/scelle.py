"""Sealing one thing under a data key: authenticated, bound to its place, and padded so that its length says little."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jalon.vault.epoque import NONCE_BYTES, context, derive
from jalon.vault.erreurs import PieceIllisible

MARK = b"JLN\x01"
SALT_BYTES = 16
TAG_BYTES = 16
LENGTH_BYTES = 4

SMALLEST = 1024
LARGE = 64 * 1024


@dataclass(frozen=True)
class Etiquette:
    """What is written in clear before the ciphertext: which kind of thing it is, and under which version."""

    kind: str
    version: int

    def to_bytes(self) -> bytes:
        name = self.kind.encode()
        return len(name).to_bytes(1, "big") + name + self.version.to_bytes(2, "big")


# Bytes that are no piece: the label then binds what they are.
OCTETS = Etiquette("octets", 1)


def padded_length(length: int) -> int:
    """Powers of two from 1 KiB to 64 KiB, then multiples of 64 KiB (docs/decisions: longueur des contenus)."""
    if length > LARGE:
        return -(-length // LARGE) * LARGE
    size = SMALLEST
    while size < length:
        size *= 2
    return size


def seal(data_key: bytes, etiquette: Etiquette, content: bytes, *bound_to: str | int) -> bytes:
    header = MARK + etiquette.to_bytes()
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    framed = len(content).to_bytes(LENGTH_BYTES, "big") + content
    framed = framed.ljust(padded_length(len(framed)), b"\0")
    cipher = AESGCM(derive(data_key, "jalon/piece/1", salt))
    return header + salt + nonce + cipher.encrypt(nonce, framed, _associated(etiquette, bound_to))


def read_etiquette(sealed: bytes) -> tuple[Etiquette, int]:
    """The label and where it ends. It is not proved before the content has been opened."""
    if sealed[: len(MARK)] != MARK:
        raise PieceIllisible
    start = len(MARK) + 1
    if len(sealed) < start:
        raise PieceIllisible
    end = start + sealed[start - 1]
    if len(sealed) < end + 2 + SALT_BYTES + NONCE_BYTES + TAG_BYTES:
        raise PieceIllisible
    try:
        kind = sealed[start:end].decode("ascii")
    except UnicodeDecodeError:
        raise PieceIllisible from None
    return Etiquette(kind, int.from_bytes(sealed[end : end + 2], "big")), end + 2


def open_sealed(data_key: bytes, sealed: bytes, *bound_to: str | int) -> tuple[Etiquette, bytes]:
    etiquette, start = read_etiquette(sealed)
    salt = sealed[start : start + SALT_BYTES]
    nonce = sealed[start + SALT_BYTES : start + SALT_BYTES + NONCE_BYTES]
    cipher = AESGCM(derive(data_key, "jalon/piece/1", salt))
    try:
        framed = cipher.decrypt(
            nonce, sealed[start + SALT_BYTES + NONCE_BYTES :], _associated(etiquette, bound_to)
        )
    except InvalidTag:
        raise PieceIllisible from None
    length = int.from_bytes(framed[:LENGTH_BYTES], "big")
    return etiquette, framed[LENGTH_BYTES : LENGTH_BYTES + length]


def _associated(etiquette: Etiquette, bound_to: tuple[str | int, ...]) -> bytes:
    return context("jalon/piece/1", etiquette.kind, etiquette.version, *bound_to)
