"""The ring: one SQLite file of wrapped data keys, apart from the database and from its backups.

On two levels: the epoch key wraps the series keys, each series key wraps the data keys of its share of the ring.
Each share is a table of its own, so that it can be rewritten alone and whole: what SQLite leaves behind when it moves
rows stays in the pages of one table, and emptying a table zeroes all its pages.

No write-ahead log and secure delete, so that a deleted key stays in no file. A single connection per process, used
under a lock: threads see each other's destructions at once, and no other descriptor of ours ever drops SQLite's locks.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jalon.vault import disque
from jalon.vault.cles import SERIES, serie_of
from jalon.vault.epoque import AutreCle, Epoque, context
from jalon.vault.erreurs import CoffreRefuse
from jalon.vault.serie import Serie, digest

FORMAT = 2
# Small pages: an empty ring is its 256 tables.
PAGE_BYTES = 1024
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
CREATE TABLE serie (
    numero INTEGER PRIMARY KEY,
    epoque INTEGER NOT NULL,
    enveloppe BLOB NOT NULL,
    empreinte BLOB NOT NULL
);
"""
_TABLES = tuple(f"cle_{numero:02x}" for numero in range(SERIES))
_SHARE = "CREATE TABLE {} (id TEXT PRIMARY KEY, enveloppe BLOB NOT NULL) WITHOUT ROWID;\n"

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
    """A wrapped data key, with the head of its series: the epoch, and the wrapped series key."""

    serie: int
    epoque: int
    tete: bytes
    enveloppe: bytes

    def open(self, key_id: str, epoque: Epoque) -> bytes:
        return Serie.open(epoque, self.serie, self.tete).unwrap_key(key_id, self.enveloppe)


# A series as its head says it: number, epoch, wrapped series key, digest of its rows.
_Tete = tuple[int, int, bytes, bytes]


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
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.executescript("BEGIN;" + _SCHEMA + "".join(map(_SHARE.format, _TABLES)))
            connection.execute(
                "INSERT INTO trousseau VALUES (1, ?, ?, ?, ?, 1, 0)",
                (FORMAT, epoque.trousseau, epoque.numero, epoque.temoin),
            )
            series = (Serie.new(epoque, numero) for numero in range(SERIES))
            _lay_heads(
                connection, [(s.numero, epoque.numero, s.closed_by(epoque), digest(())) for s in series]
            )
            connection.execute("COMMIT")
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
        """Row and head in one reading: they always go together."""
        serie = serie_of(key_id)
        with self._lock:
            row = self._cx.execute(
                f"SELECT numero, epoque, serie.enveloppe, {_TABLES[serie]}.enveloppe"  # noqa: S608
                f" FROM serie, {_TABLES[serie]} WHERE numero = ? AND id = ?",
                (serie, key_id),
            ).fetchone()
        return Enveloppe(*row) if row else None

    def key_ids(self, prefix: str = "") -> list[str]:
        with self._reading() as cx:
            found = [key_id for numero in range(SERIES) for key_id, _ in _rows(cx, numero)]
        return sorted(key_id for key_id in found if key_id.startswith(prefix))

    def add(self, keys: Mapping[str, bytes], epoque: Epoque) -> bool:
        """Keys that are already there stay. False, and nothing is written, if the ring has passed to another epoch meanwhile."""
        shares: dict[int, dict[str, bytes]] = defaultdict(dict)
        for key_id, key in keys.items():
            shares[serie_of(key_id)][key_id] = key
        with self._transaction() as cx:
            if cx.execute("SELECT epoque FROM trousseau").fetchone()[0] != epoque.numero:
                return False
            added = [self._add_to_serie(cx, numero, share, epoque) for numero, share in shares.items()]
            if any(added):
                cx.execute("UPDATE trousseau SET revision = revision + 1")
        return True

    def rewrap(
        self, before: Epoque, after: Epoque, without: Collection[str], *, destruction: bool
    ) -> tuple[str, ...]:
        """Destroy and renew in one transaction. Returns the ids that were there and are destroyed.

        A destruction gives a new key to the series that held the condemned keys, and to them alone; a renewal without
        one, to all. Every series passes under the new epoch key, so that no older head opens any more.
        """
        condemned = frozenset(without)
        renewed = {serie_of(key_id) for key_id in condemned} if destruction else set(range(SERIES))
        found: list[str] = []
        with self._transaction() as cx:
            heads = []
            for head in _heads(cx):
                if head[0] in renewed:
                    head, gone = self._renew_serie(cx, head, before, after, condemned)
                    found += gone
                else:
                    head = _passed_under(head, before, after)
                heads.append(head)
            self._replace_heads(cx, heads)
            cx.execute(
                "UPDATE trousseau SET epoque = ?, temoin = ?, revision = revision + 1,"
                " revision_destruction = CASE WHEN ? THEN revision + 1 ELSE revision_destruction END",
                (after.numero, after.temoin, destruction),
            )
        return tuple(sorted(found))

    def empreinte(self) -> str:
        """SHA-256 of what the ring says: its name, epoch, witness and revisions, the head of each series, the digest of its rows.

        Not of the file as it lies, which would be read whole. The digests are counted again by each change that we make
        to a series, not here: a row that another hand changed shows by opening nothing, not by this fingerprint.
        """
        with self._reading() as cx:
            head = cx.execute(
                "SELECT format, identifiant, epoque, hex(temoin), revision, revision_destruction FROM trousseau"
            ).fetchone()
            series = cx.execute(
                "SELECT numero, epoque, hex(enveloppe), hex(empreinte) FROM serie ORDER BY numero"
            ).fetchall()
        return hashlib.sha256(context(*head, *(part for row in series for part in row))).hexdigest()

    def copy(self) -> bytes:
        """The file's bytes, read through SQLite: opening the file beside it would drop its locks."""
        with self._lock:
            return self._cx.serialize()

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
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Several readings of one and the same state."""
        with self._lock:
            cx = self._cx
            cx.execute("BEGIN")
            try:
                yield cx
            finally:
                cx.execute("ROLLBACK")

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

    def _add_to_serie(
        self, cx: sqlite3.Connection, numero: int, keys: Mapping[str, bytes], epoque: Epoque
    ) -> bool:
        rows = dict(_rows(cx, numero))
        missing = keys.keys() - rows.keys()
        if not missing:
            return False
        tete = cx.execute("SELECT enveloppe FROM serie WHERE numero = ?", (numero,)).fetchone()[0]
        serie = _serie(epoque, numero, tete)
        if serie is None:
            raise CoffreRefuse(
                f"Le trousseau « {self.path} » est abîmé : une partie des clés ne s’ouvre plus, et aucune ne peut y être "
                "ajoutée. Rien n’a été modifié. Restaurez le trousseau depuis le miroir."
            )
        added = [(key_id, serie.wrap_key(key_id, keys[key_id])) for key_id in sorted(missing)]
        _lay_rows(cx, numero, added)
        empreinte = digest(sorted([*rows.items(), *added]))
        cx.execute("UPDATE serie SET empreinte = ? WHERE numero = ?", (empreinte, numero))
        return True

    def _renew_serie(
        self, cx: sqlite3.Connection, head: _Tete, before: Epoque, after: Epoque, condemned: Collection[str]
    ) -> tuple[_Tete, list[str]]:
        """A new series key; every row is deleted, then the survivors are written anew.

        Secure delete zeroes whole pages when a table is emptied, so that no stale copy of a destroyed key can stay in the
        gaps that SQLite leaves when it moves rows.
        """
        numero, _, enveloppe, _ = head
        rows = _rows(cx, numero)
        survivors = [(key_id, wrapped) for key_id, wrapped in rows if key_id not in condemned]
        former = _serie(before, numero, enveloppe)
        epoque = 0
        if former is not None:
            serie, epoque = Serie.new(after, numero), after.numero
            survivors = [_rewrapped(key_id, wrapped, former, serie) for key_id, wrapped in survivors]
            enveloppe = serie.closed_by(after)
        cx.execute(f"DELETE FROM {_TABLES[numero]}")  # noqa: S608
        _lay_rows(cx, numero, survivors)
        gone = [key_id for key_id, _ in rows if key_id in condemned]
        return (numero, epoque, enveloppe, digest(survivors)), gone

    def _replace_heads(self, cx: sqlite3.Connection, heads: list[_Tete]) -> None:
        cx.execute("DELETE FROM serie")
        _lay_heads(cx, heads)

    def _commit(self, cx: sqlite3.Connection) -> None:
        cx.execute("COMMIT")

    def _forget_parent(self) -> None:
        if self._connection is not None:
            _INHERITED.append(self._connection)
        self._connection = None
        self._lock = threading.RLock()


def _heads(cx: sqlite3.Connection) -> list[_Tete]:
    return cx.execute("SELECT numero, epoque, enveloppe, empreinte FROM serie ORDER BY numero").fetchall()


def _lay_heads(cx: sqlite3.Connection, heads: list[_Tete]) -> None:
    cx.executemany("INSERT INTO serie VALUES (?, ?, ?, ?)", heads)


def _rows(cx: sqlite3.Connection, numero: int) -> list[tuple[str, bytes]]:
    return cx.execute(f"SELECT id, enveloppe FROM {_TABLES[numero]} ORDER BY id").fetchall()  # noqa: S608


def _lay_rows(cx: sqlite3.Connection, numero: int, rows: list[tuple[str, bytes]]) -> None:
    cx.executemany(f"INSERT INTO {_TABLES[numero]} VALUES (?, ?)", rows)  # noqa: S608


def _serie(epoque: Epoque, numero: int, enveloppe: bytes) -> Serie | None:
    """None for a damaged head: its series opens nothing any more, and must not stop a destruction."""
    try:
        return Serie.open(epoque, numero, enveloppe)
    except AutreCle:
        return None


def _passed_under(head: _Tete, before: Epoque, after: Epoque) -> _Tete:
    """The same series key under the new epoch key. A damaged head is carried as it is, under no epoch."""
    numero, _, enveloppe, empreinte = head
    try:
        key = before.unwrap_serie(numero, enveloppe)
    except AutreCle:
        return numero, 0, enveloppe, empreinte
    return numero, after.numero, after.wrap_serie(numero, key), empreinte


def _rewrapped(key_id: str, enveloppe: bytes, before: Serie, after: Serie) -> tuple[str, bytes]:
    """A damaged row is carried as it is: it opens nothing any more, and must not stop a destruction."""
    try:
        return key_id, after.wrap_key(key_id, before.unwrap_key(key_id, enveloppe))
    except AutreCle:
        return key_id, enveloppe


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
