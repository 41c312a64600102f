"""The ring: one SQLite file of wrapped data keys, apart from the database and from its backups.

No write-ahead log and secure delete, so that a deleted key stays in no file. A single connection per process, used
under a lock: threads see each other's destructions at once, and no other descriptor of ours ever drops SQLite's locks.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jalon.vault import disque
from jalon.vault.epoque import AutreCle, Epoque
from jalon.vault.erreurs import CoffreRefuse

FORMAT = 1
BUSY_SECONDS = 20

_SCHEMA = """
CREATE TABLE trousseau (
    seul INTEGER PRIMARY KEY CHECK (seul = 1),
    format INTEGER NOT NULL,
    identifiant TEXT NOT NULL,
    epoque INTEGER NOT NULL,
    temoin BLOB NOT NULL,
    revision INTEGER NOT NULL,
    revision_destruction INTEGER NOT NULL
);
CREATE TABLE cle (id TEXT PRIMARY KEY, epoque INTEGER NOT NULL, enveloppe BLOB NOT NULL) WITHOUT ROWID;
"""

# A forked child must neither use nor close its parent's connections: it only keeps them from being collected.
_INHERITED: list[sqlite3.Connection] = []
_OPEN: weakref.WeakSet[Trousseau] = weakref.WeakSet()


@dataclass(frozen=True)
class Etat:
    """The one line that names the ring's epoch. `revision` counts every change, to know how old a copy is."""

    identifiant: str
    epoque: int
    temoin: bytes
    revision: int
    revision_destruction: int


@dataclass(frozen=True)
class Enveloppe:
    epoque: int
    enveloppe: bytes


class Trousseau:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        _OPEN.add(self)

    @classmethod
    def create(cls, path: Path, epoque: Epoque) -> None:
        """The file takes its name only once it is whole."""
        temporary = path.with_name(f"{path.name}.creation")
        disque.remove(temporary)
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, disque.PRIVATE))
        connection = _connect(temporary)
        try:
            connection.executescript(_SCHEMA)
            connection.execute(
                "INSERT INTO trousseau VALUES (1, ?, ?, ?, ?, 1, 0)",
                (FORMAT, epoque.trousseau, epoque.numero, epoque.temoin),
            )
        finally:
            connection.close()
        disque.rename(temporary, path)

    def etat(self) -> Etat:
        with self._lock:
            try:
                row = self._cx.execute(
                    "SELECT format, identifiant, epoque, temoin, revision, revision_destruction FROM trousseau"
                ).fetchone()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                    raise
                row = None
        if row is None:
            raise CoffreRefuse(
                f"Le fichier « {self.path} » n’est pas un trousseau, ou il est abîmé. "
                "Rien n’a été modifié. Restaurez le trousseau depuis le miroir."
            )
        if row[0] != FORMAT:
            raise CoffreRefuse(
                f"Le trousseau « {self.path} » est au format {row[0]}, que cette version de Jalon ne connaît pas. "
                "Rien n’a été modifié. Installez la version de Jalon qui l’a écrit."
            )
        return Etat(*row[1:])

    def find(self, key_id: str) -> Enveloppe | None:
        with self._lock:
            row = self._cx.execute("SELECT epoque, enveloppe FROM cle WHERE id = ?", (key_id,)).fetchone()
        return Enveloppe(*row) if row else None

    def key_ids(self, prefix: str = "") -> list[str]:
        with self._lock:
            rows = self._cx.execute(
                "SELECT id FROM cle WHERE substr(id, 1, ?) = ? ORDER BY id", (len(prefix), prefix)
            ).fetchall()
        return [row[0] for row in rows]

    def add(self, wrapped: Iterable[tuple[str, bytes]], epoque: Epoque) -> bool:
        """False, and nothing is written, if the ring has passed to another epoch meanwhile."""
        with self._transaction() as cx:
            if cx.execute("SELECT epoque FROM trousseau").fetchone()[0] != epoque.numero:
                return False
            rows = [(key_id, epoque.numero, enveloppe) for key_id, enveloppe in wrapped]
            added = cx.executemany(
                "INSERT INTO cle VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", rows
            ).rowcount
            if added > 0:
                cx.execute("UPDATE trousseau SET revision = revision + 1")
        return True

    def rewrap(
        self, before: Epoque, after: Epoque, without: Collection[str], *, destruction: bool
    ) -> tuple[str, ...]:
        """Destroy and renew in one transaction. Returns the ids that were there and are destroyed.

        Every row is deleted, then the survivors are written anew: secure delete zeroes whole pages, so that no
        stale copy of a destroyed key can stay in the gaps that SQLite leaves when it moves rows.
        """
        condemned = frozenset(without)
        with self._transaction() as cx:
            rows = cx.execute("SELECT id, enveloppe FROM cle ORDER BY id").fetchall()
            survivors = [
                _rewrapped(key_id, enveloppe, before, after)
                for key_id, enveloppe in rows
                if key_id not in condemned
            ]
            cx.execute("DELETE FROM cle")
            cx.executemany("INSERT INTO cle VALUES (?, ?, ?)", survivors)
            cx.execute(
                "UPDATE trousseau SET epoque = ?, temoin = ?, revision = revision + 1,"
                " revision_destruction = CASE WHEN ? THEN revision + 1 ELSE revision_destruction END",
                (after.numero, after.temoin, destruction),
            )
        return tuple(key_id for key_id, _ in rows if key_id in condemned)

    def copy(self) -> bytes:
        """The file's bytes, read through SQLite: opening the file beside it would drop its locks."""
        with self._lock:
            return self._cx.serialize()

    def empreinte(self) -> str:
        return hashlib.sha256(self.copy()).hexdigest()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __del__(self) -> None:
        # Somebody who drops the vault without closing it leaves no descriptor behind.
        if getattr(self, "_connection", None) is not None:
            self.close()

    @property
    def _cx(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self.path)
        return self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            cx = self._cx
            cx.execute("BEGIN IMMEDIATE")
            try:
                yield cx
                self._commit(cx)
            except BaseException:
                if cx.in_transaction:
                    cx.execute("ROLLBACK")
                raise

    def _commit(self, cx: sqlite3.Connection) -> None:
        cx.execute("COMMIT")

    def _forget_parent(self) -> None:
        if self._connection is not None:
            _INHERITED.append(self._connection)
        self._connection = None
        self._lock = threading.RLock()


def _rewrapped(key_id: str, enveloppe: bytes, before: Epoque, after: Epoque) -> tuple[str, int, bytes]:
    """A damaged row is carried as it is: it opens nothing any more, and must not stop a destruction."""
    try:
        return key_id, after.numero, after.wrap_key(key_id, before.unwrap_key(key_id, enveloppe))
    except AutreCle:
        return key_id, 0, enveloppe


def _connect(path: Path) -> sqlite3.Connection:
    """`mode=rw`: a ring that is not there is never made by opening it."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in ("secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _after_fork() -> None:
    for trousseau in list(_OPEN):
        trousseau._forget_parent()


os.register_at_fork(after_in_child=_after_fork)
