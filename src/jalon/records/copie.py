"""The whole database, copied out and in: one consistent snapshot, without what only lives for a day.

SQLite: its online backup, then the copy is emptied of sessions and compacted. PostgreSQL: one COPY file a table, read in
a single snapshot by the driver we already have, so that neither `pg_dump` nor its version has to be there on the day of
a restore (docs/decisions/2026-11-22-copie-postgresql.md).
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

# Signed-in browsers and counters of attempts: a restore must not bring anybody back in.
EPHEMERAL = ("django_session", "jalon_cache", "usersessions_usersession")
# The database refuses to empty these; a restored database has none of their rows yet.
APPEND_ONLY = ("records_evenement", "records_racine")
SQLITE_FILE = "base.sqlite3"
TABLES_FILE = "tables.json"

Migrations = dict[str, list[str]]


class CopieRefusee(Exception):
    """The copy can't be written or laid down; `phrase` says why."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def write_copy(folder: Path) -> list[str]:
    """Write the snapshot into an empty folder; the names of the files that hold it."""
    return _write_sqlite(folder) if connection.vendor == "sqlite" else _write_postgresql(folder)


def lay_down(folder: Path, migrations: Migrations) -> None:
    """The copy becomes this installation's database, which must be empty; then the newer migrations are applied."""
    require_known(migrations)
    if connection.vendor == "sqlite":
        _lay_down_sqlite(folder)
    else:
        _lay_down_postgresql(folder, migrations)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def applied_migrations() -> Migrations:
    found: Migrations = {}
    loader = MigrationLoader(connection)
    for app, name in sorted(loader.applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def require_known(migrations: Migrations) -> None:
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    unknown = [
        f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in known
    ]
    if unknown:
        raise CopieRefusee(
            "Cette sauvegarde vient d’une version plus récente de Jalon : cette version-ci ne saurait pas la lire. "
            "Rien n’a été modifié. Installez la version qui l’a écrite, puis recommencez."
        )


def is_empty() -> bool:
    """No cabinet, no dossier, no event: what a restore may fill."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("records_organisme", "records_bilan", "records_evenement"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return False
    return True


def _write_sqlite(folder: Path) -> list[str]:
    target = folder / SQLITE_FILE
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    source = Path(connection.settings_dict["NAME"]).absolute().as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=20)) as live,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # In one go: in write-ahead mode a reader stops nobody, and sees one instant.
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA temp_store=MEMORY")
        present = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in EPHEMERAL:
            if table in present:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 (names of our own)
        copy.execute("VACUUM")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CopieRefusee(
                "La copie de la base est abîmée : elle n’a pas été gardée. Vérifiez le disque, puis relancez la sauvegarde."
            )
    return [SQLITE_FILE]


def _lay_down_sqlite(folder: Path) -> None:
    source, target = folder / SQLITE_FILE, Path(connection.settings_dict["NAME"])
    if not source.exists():
        raise CopieRefusee(_OTHER_ENGINE)
    temporary = target.with_name(f"{target.name}.restauration")
    temporary.unlink(missing_ok=True)
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as out, source.open("rb") as data:
        while chunk := data.read(1024 * 1024):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    connection.close()
    temporary.replace(target)


def _write_postgresql(folder: Path) -> list[str]:
    with _own_connection() as raw:
        raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = _tables(raw)
        for table, columns in tables.items():
            with raw.cursor().copy(f"COPY {_named(table, columns)} TO STDOUT") as copy:
                _write_all(folder / f"{table}.copy", copy)
        raw.rollback()
    _write_all(folder / TABLES_FILE, [json.dumps(tables, indent=1).encode()])
    return [TABLES_FILE, *(f"{table}.copy" for table in tables)]


def _lay_down_postgresql(folder: Path, migrations: Migrations) -> None:
    if not (folder / TABLES_FILE).exists():
        raise CopieRefusee(_OTHER_ENGINE)
    tables: dict[str, list[str]] = json.loads((folder / TABLES_FILE).read_text("utf-8"))
    # First the tables as they were when the copy was made: its rows fit no others.
    for app, names in migrations.items():
        call_command("migrate", app, names[-1], verbosity=0, interactive=False)
    with transaction.atomic():
        raw = connection.connection
        here = set(connection.introspection.table_names())
        for table in here - set(APPEND_ONLY) - set(EPHEMERAL):
            raw.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608
        for table, columns in tables.items():
            with raw.cursor().copy(f"COPY {_named(table, columns)} FROM STDIN") as copy:
                for chunk in _read_all(folder / f"{table}.copy"):
                    copy.write(chunk)
        for table, columns in tables.items():
            _set_sequences(raw, table, columns)


def _tables(raw: Any) -> dict[str, list[str]]:
    rows = raw.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' "
        "ORDER BY c.table_name, c.ordinal_position"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        if table not in EPHEMERAL:
            found.setdefault(table, []).append(column)
    return found


def _set_sequences(raw: Any, table: str, columns: list[str]) -> None:
    """The next row of each table takes the number after the last one restored."""
    for column in columns:
        found = raw.execute("SELECT pg_get_serial_sequence(%s, %s)", (_quoted(table), column)).fetchone()
        if found[0] is not None:
            raw.execute(
                f"SELECT setval(%s, coalesce(max({_quoted(column)}), 1), max({_quoted(column)}) IS NOT NULL) "  # noqa: S608
                f"FROM {_quoted(table)}",
                (found[0],),
            )


@contextmanager
def _own_connection() -> Iterator[Any]:
    """A connection beside the request's or the worker's: its snapshot is its own."""
    wrapper = connection.copy()
    try:
        wrapper.ensure_connection()
        wrapper.set_autocommit(False)
        yield wrapper.connection
    finally:
        wrapper.close()


def _write_all(path: Path, chunks: Any) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _read_all(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(256 * 1024):
            yield chunk


def _named(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(_quoted(column) for column in columns)})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


_OTHER_ENGINE = (
    "Cette sauvegarde vient de l’autre base de données (SQLite ou PostgreSQL). Rien n’a été modifié. "
    "Réglez JALON_POSTGRES comme dans l’installation d’origine, puis recommencez."
)
