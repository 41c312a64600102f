"""Asking the command line in this process."""

import io
import json
import sys

import pytest

from jalon.cli import main


class Stdin(io.StringIO):
    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self.buffer = io.BytesIO(raw)


@pytest.fixture
def droit(monkeypatch, capsys):
    def droit(*arguments, send=b""):
        raw = send if isinstance(send, bytes) else json.dumps(send).encode()
        monkeypatch.setattr(sys, "stdin", Stdin(raw))
        status = main(["droit", *arguments])
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        return status, json.loads(out)

    return droit


@pytest.fixture
def refused(droit):
    """The field that a calculation complains about."""

    def refused(calcul, send):
        status, said = droit("calculer", calcul, send=send)
        assert status == 2
        assert set(said) == {"erreur", "champ"}
        assert said["erreur"]
        return said["champ"]

    return refused
