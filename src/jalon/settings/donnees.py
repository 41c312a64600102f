"""Where the data lives, and which database: read from the environment, the same for the pages, the worker and the command."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

PROJET = Path(__file__).resolve().parents[3]

# Tried settings: IMMEDIATE avoids lock errors on read-then-write, secure_delete overwrites what is deleted,
# no mmap (it gave wrong reads with several processes).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
)


def data_folder() -> Path:
    """`JALON_HOME`, or `var/` in a checkout, or the platform's data folder; created, readable by its owner only."""
    named = os.environ.get("JALON_HOME")
    if named:
        folder = Path(named)
    elif (PROJET / "pyproject.toml").exists():
        folder = PROJET / "var"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support" / "jalon"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jalon"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def require_mode(folder: Path, mode: str) -> None:
    """A data folder stays what it began as, by whatever door it is opened: the one-click accounts never meet real people."""
    try:
        begun = (folder / "mode").read_text("ascii").strip()
    except FileNotFoundError:
        return
    if begun != mode:
        raise ImproperlyConfigured(
            f"Le dossier de données « {folder} » est celui d’une {begun} : il ne peut pas être servi en {mode}. "
            "Rien n’a été modifié. Donnez un autre dossier (JALON_HOME)."
        )


def database(folder: Path) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL server that `JALON_POSTGRES` names (a libpq connection string)."""
    conninfo = os.environ.get("JALON_POSTGRES")
    if conninfo:
        from psycopg.conninfo import conninfo_to_dict

        found = conninfo_to_dict(conninfo)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": found.pop("dbname", "jalon"),
            "USER": found.pop("user", ""),
            "PASSWORD": found.pop("password", ""),
            "HOST": found.pop("host", ""),
            "PORT": found.pop("port", ""),
            "OPTIONS": dict(found),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "base.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }
