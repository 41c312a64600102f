"""Shared by all rooms: a vault of its own for the run, a fixed day, and events that can be flushed between browser tests only."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where Chromium is not there, the tests that need it are skipped, each by its name. In CI they fail instead."""
    if CHROMIUM.exists() or os.environ.get("CI") == "true":
        return
    absent = pytest.mark.skip(reason="Chromium manque : installez le paquet chromium")
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(absent)


@pytest.fixture(scope="session", autouse=True)
def _coffre() -> Iterator[None]:
    from jalon.access.coffre import close_coffre
    from jalon.vault import Coffre
    from jalon.vault.maitresse import new_master, write_master

    home = Path(settings.DONNEES)
    if not (home / "trousseau.sqlite3").exists():
        master = new_master()
        write_master(home / "cle-maitresse", master)
        Coffre.create(home, master)
    yield
    close_coffre()


@pytest.fixture(scope="session", autouse=True)
def _events_can_be_flushed() -> None:
    """A test that needs real commits empties the tables after itself; the append-only triggers step aside for that alone."""
    from jalon.records import triggers

    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for statement in triggers.statements(connection.vendor, install=False):
                cursor.execute(statement)
        try:
            flush(self)
        finally:
            with connection.cursor() as cursor:
                for statement in triggers.statements(connection.vendor, install=True):
                    cursor.execute(statement)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


@pytest.fixture
def now() -> datetime:
    """Tuesday 3 March 2026, 10 h in Paris: after the participation of 2026, in a term without holidays."""
    return datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
