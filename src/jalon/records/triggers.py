"""The database itself refuses to change or to delete an event or a daily root, on both engines."""

from typing import Any

TABLES = ("records_evenement", "records_racine")
_MESSAGE = "events are append-only"


def statements(vendor: str, *, install: bool) -> list[str]:
    found: list[str] = []
    for table in TABLES:
        if vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                name = f"{table}_no_{verb.lower()}"
                found.append(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
                    if install
                    else f"DROP TRIGGER IF EXISTS {name}"
                )
        elif vendor == "postgresql":
            if install:
                found.append(
                    "CREATE OR REPLACE FUNCTION jalon_append_only() RETURNS trigger AS $$ "
                    f"BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$ LANGUAGE plpgsql"
                )
                found.append(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                found.append(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
                found.append(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION jalon_append_only()"
                )
                found.append(
                    f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION jalon_append_only()"
                )
            else:
                found.append(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                found.append(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
    return found


def install(apps: Any, schema_editor: Any) -> None:
    for statement in statements(schema_editor.connection.vendor, install=True):
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in statements(schema_editor.connection.vendor, install=False):
        schema_editor.execute(statement)
