"""Samples of each kind, and what the tests read back from a PDF."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jalon.documents import KINDS, Document, render
from jalon.documents.rendu import ICI

HORODATAGE = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SANS_POPPLER = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"
)


def raw_sample(kind: str) -> dict[str, Any]:
    return json.loads((ICI / kind / "sample.json").read_text(encoding="utf-8"))


def sample(kind: str, **autres: Any) -> Document:
    """The sample of a kind, with some JSON values replaced."""
    return KINDS[kind].from_json(raw_sample(kind) | autres)


@cache
def rendered(kind: str, taille: str = "normal") -> bytes:
    return render(kind, sample(kind), taille=taille, horodatage=HORODATAGE)


def rendered_with(kind: str, **autres: Any) -> bytes:
    return render(kind, sample(kind, **autres), horodatage=HORODATAGE)


def text_of(pdf: bytes, dossier: Path) -> str:
    """All the text, in reading order, on one line, no-break spaces as spaces."""
    fichier = dossier / "document.pdf"
    fichier.write_bytes(pdf)
    lu = subprocess.run(
        ["pdftotext", "-raw", str(fichier), "-"], capture_output=True, check=True
    ).stdout.decode()
    return " ".join(lu.replace("\u00a0", " ").replace("\u202f", " ").split())
