"""The names of the data keys: one per tiroir of a bilan, one per piece that may die or live apart."""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

TIROIRS = ("travail", "synthese", "consultant", "carnet", "entretien_suivi")

# One byte of a hash. Enough that a share of the ring stays small, few enough that all their heads are soon rewritten.
SERIES = 256

PIECE, CONTACT, INSTALLATION = "piece", "contact", "installation"

_KEY_ID = re.compile(r"[0-9a-z-]{1,64}/[0-9a-z][0-9a-z_.-]{0,63}")


def tiroir_key(bilan_id: UUID | str, tiroir: str) -> str:
    if tiroir not in TIROIRS:
        raise ValueError(f"no such tiroir: {tiroir!r}")
    return checked(f"{bilan_id}/{tiroir}")


def tiroir_keys(bilan_id: UUID | str) -> list[str]:
    """All the keys of one bilan, to make them at its start or to destroy them at its end."""
    return [tiroir_key(bilan_id, tiroir) for tiroir in TIROIRS]


def piece_key(piece_id: UUID | str) -> str:
    return checked(f"{PIECE}/{piece_id}")


def contact_key(contact_id: UUID | str) -> str:
    return checked(f"{CONTACT}/{contact_id}")


def installation_key(name: str) -> str:
    return checked(f"{INSTALLATION}/{name}")


def checked(key_id: str) -> str:
    """A key id is made of identifiers, never of names or words: it stays in the proof of destruction."""
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise ValueError("a key id is «owner/drawer» in small ASCII letters, digits, - _ .")
    return key_id


def tiroir_of(key_id: str) -> str | None:
    """The tiroir that a key opens; None for a key that serves one piece, contact or installation secret."""
    owner, _, last = key_id.partition("/")
    return None if owner in (PIECE, CONTACT, INSTALLATION) else last


def serie_of(key_id: str) -> int:
    """The share of the ring where a key lives. All the tiroirs of a bilan live in one: they die together."""
    owner = key_id.partition("/")[0]
    alone = owner in (PIECE, CONTACT, INSTALLATION)
    return hashlib.sha256((key_id if alone else owner).encode()).digest()[0]
