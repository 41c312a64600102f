"""Any text of a person, made printable under PDF/UA-1 and PDF/A-2a.

Both norms refuse a whole document for one character that no embedded font can draw, and Typst refuses control
characters. So a text keeps every letter that the bundled fonts have, its accents included, and the few others
become a question mark; the same function tells which, so that the person is told before the document is issued.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

COUVERTURE = Path(__file__).parent / "fonts" / "couverture.json"
REMPLACEMENT = "?"
# Control, format (bidirectional marks, joiners), surrogates, private use, unassigned: refused by PDF/A even
# where a font maps them.
ECARTEES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
MARQUES = frozenset({"Mn", "Mc", "Me"})
INSECABLES = "\u00a0\u202f"
FERMANT = re.compile(r"(?<=\S) (?=[;:!?»])")
OUVRANT = re.compile(r"« (?=\S)")
FINS_DE_LIGNE = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n", "\t": " "}
)


def safe_text(texte: str) -> str:
    """The text with only characters that our fonts can draw."""
    return "".join(_dessinable(grappe) for grappe in _grappes(_normalize(texte)))


def tie_punctuation(texte: str) -> str:
    """No line may begin with «;» or end with an opening guillemet: the plain space there becomes a no-break one."""
    return OUVRANT.sub("«\u00a0", FERMANT.sub("\u00a0", texte))


def lost_characters(texte: str) -> tuple[str, ...]:
    """The characters that a document would show as «?», once each, in order: to be told before issuing."""
    perdus = (g for g in _grappes(_normalize(texte)) if g != REMPLACEMENT and _dessinable(g) == REMPLACEMENT)
    return tuple(dict.fromkeys(perdus))


def _normalize(texte: str) -> str:
    texte = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    texte = texte.translate(FINS_DE_LIGNE)
    return "".join(c for c in texte if c == "\n" or unicodedata.category(c) not in ECARTEES)


def _grappes(texte: str) -> list[str]:
    """A base character with the marks that sit on it: one font must draw them all."""
    grappes: list[str] = []
    for caractere in texte:
        if unicodedata.category(caractere) in MARQUES and grappes and not grappes[-1].isspace():
            grappes[-1] += caractere
        else:
            grappes.append(caractere)
    return grappes


def _dessinable(grappe: str) -> str:
    base = grappe[0]
    if base == "\n" or base in INSECABLES:  # Typst sets the no-break spaces itself, glyph or not
        return base
    categorie = unicodedata.category(base)
    if categorie == "Zs":
        return " "
    if categorie in MARQUES:  # a mark on nothing
        return ""
    polices = [points for points in _familles() if ord(base) in points]
    if not polices:
        return REMPLACEMENT
    if any(all(ord(c) in points for c in grappe) for points in polices):
        return grappe
    return base


@cache
def _familles() -> tuple[frozenset[int], ...]:
    plages = json.loads(COUVERTURE.read_text(encoding="utf-8"))
    return tuple(
        frozenset(point for debut, fin in famille for point in range(debut, fin + 1))
        for famille in plages.values()
    )
