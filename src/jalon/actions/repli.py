"""The write-ahead log of SQLite keeps old rows for a while: folded into the database, which overwrites what was deleted."""

from django.db import connection


def fold_journal() -> None:
    """After a commit only. A reader in its way changes nothing: the next fold takes it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
