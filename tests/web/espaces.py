"""What the tests of the two spaces share: to sign in, to read a page, to count its queries."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def sign_in(person) -> Client:
    """With the second factor that staff must have; harmless for the others."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


def text_of(answer) -> str:
    """The words of a page, as one reads them: tags away, spaces ordinary."""
    raw = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", raw).replace("\u00a0", " ").replace("&#x27;", "'")
    return re.sub(r"\s+", " ", words)


def queries_of(client: Client, address: str) -> int:
    """After a first visit, which opens the vault and writes the access log."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def at(monkeypatch, moment) -> None:
    """Pages see this moment as now."""
    monkeypatch.setattr("jalon.actions.clock.now", lambda: moment)
