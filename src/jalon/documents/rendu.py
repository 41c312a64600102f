"""From a kind and its data to a tagged PDF/A-2a + PDF/UA-1 file.

The same data, size and timestamp always give the same bytes: what is issued can be proved, and a fingerprint
computed before sealing is stable.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import typst

from jalon.documents.kinds import KINDS
from jalon.documents.papier import Document
from jalon.documents.typst_json import as_json

ICI = Path(__file__).parent
FONTS = ICI / "fonts"
FAMILLES = {"Atkinson Hyperlegible Next", "Noto Emoji", "Source Sans 3", "Source Serif 4"}
# Body size in points. Large print re-flows: the same template, with stacked tables above the normal size.
TAILLES: Mapping[str, int] = MappingProxyType({"normal": 11, "16": 16, "18": 18, "20": 20})


class RenduImpossible(Exception):
    """The document could not be made. The reason given by Typst may quote the text: it is never shown."""


def render(kind: str, data: Document, *, taille: str = "normal", horodatage: datetime) -> bytes:
    """The PDF of `data`, not sealed yet. `horodatage` is the file's creation instant."""
    if not isinstance(data, KINDS[kind]):
        raise TypeError(f"{kind} attend {KINDS[kind].__name__}")
    try:
        return _compile(kind, _inputs(kind, data, taille), horodatage)
    except typst.TypstError:
        raise RenduImpossible(f"Le document «\u00a0{kind}\u00a0» n’a pas pu être mis en page.") from None


def template_version(kind: str) -> str:
    """Version of the data and fingerprint of the sources: «1-3f2a90c1», printed at the foot and kept with the bytes."""
    empreinte = hashlib.sha256()
    for source in (ICI / "base.typ", ICI / "mentions.typ", ICI / kind / "template.typ"):
        empreinte.update(source.read_bytes())
    return f"{KINDS[kind].version}-{empreinte.hexdigest()[:8]}"


def _inputs(kind: str, data: Document, taille: str) -> dict[str, Any]:
    fuseau = ZoneInfo(data.papier.fuseau)
    return as_json(data, fuseau) | {
        "titre": as_json(data.document_title(), fuseau),
        "taille": TAILLES[taille],
        "modele": f"{kind} {template_version(kind)}",
    }


def _compile(kind: str, entree: Mapping[str, Any], horodatage: datetime) -> bytes:
    if horodatage.tzinfo is None:
        raise ValueError("l’horodatage doit porter son fuseau horaire")
    _require_own_threads()
    pdf = typst.compile(
        str(ICI / kind / "template.typ"),
        root=str(ICI),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(entree, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(horodatage.timestamp()),
    )
    # Typst ends at %%EOF without a line end; what is appended when sealing would then break PDF/A, clause 6.1.9.
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def _require_own_threads() -> None:
    """Typst works on threads that a fork does not copy: a child of a process that has compiled would wait for ever."""
    if _COMPILED_IN.setdefault("pid", os.getpid()) != os.getpid():
        raise RuntimeError("typst was used before this process was forked: compile in the children only")


_COMPILED_IN: dict[str, int] = {}


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    manquantes = FAMILLES - set(fonts.families())
    if manquantes:
        raise RenduImpossible(
            f"Des polices manquent dans {FONTS.name}\u00a0: {', '.join(sorted(manquantes))}."
        )
    return fonts
