"""What the tests look for in the ring's file, with other means than ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from jalon.vault.cles import serie_of

MASTER = bytes(range(32))


def key(number: int) -> str:
    return f"piece/{number:08d}"


def crowded(number: int) -> str:
    """Keys of one owner: they are all in one series."""
    return f"0b6f1c9e-0000-4000-8000-000000000001/{number:08d}"


def table(key_id: str) -> str:
    return f"cle_{serie_of(key_id):02x}"


def wrapped_in(home, numero: int) -> dict[str, bytes]:
    """The wrapped data keys of one series."""
    with closing(sqlite3.connect(home / "trousseau.sqlite3")) as ring:
        return dict(ring.execute(f"SELECT id, enveloppe FROM cle_{numero:02x}"))


def wrapped(home, key_id: str) -> bytes:
    return wrapped_in(home, serie_of(key_id))[key_id]


def heads(home) -> dict[int, bytes]:
    """The wrapped series keys."""
    with closing(sqlite3.connect(home / "trousseau.sqlite3")) as ring:
        return dict(ring.execute("SELECT numero, enveloppe FROM serie"))


def head(home, key_id: str) -> bytes:
    return heads(home)[serie_of(key_id)]


def spoil(home, *statement: object) -> None:
    """Change one row by another hand than ours."""
    with closing(sqlite3.connect(home / "trousseau.sqlite3")) as ring:
        assert ring.execute(*statement).rowcount == 1
        ring.commit()


def everything(home) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
