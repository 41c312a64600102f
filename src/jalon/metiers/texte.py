"""French words, folded so that an accent, a plural or a gender changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")

# Words that say nothing of an occupation: grammar, and the formulas of every fiche.
_EMPTY = """
    a afin ainsi au aux avec ce ces cet cette chez d dans de des dont du elle emploi en entre est et etre etc eux
    il ils l la le les leur leurs lors metier n ne nos notre ou par pas plus pour qu que qui s sa sans se selon ses
    soit son sont sous sur tous tout toute toutes tres un une vers vos votre y accessible
"""
EMPTY = frozenset(_EMPTY.split())

# The feminine is brought back to the masculine so that «infirmière» and «infirmier» are one word: the same
# skills under the other gender of a title must give the same list. Longest ending first.
FEMININE = (
    ("trices", "teur"),
    ("trice", "teur"),
    ("iennes", "ien"),
    ("ienne", "ien"),
    ("ieres", "ier"),
    ("iere", "ier"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("eures", "eur"),
    ("eure", "eur"),
    ("elles", "el"),
    ("elle", "el"),
    ("onnes", "on"),
    ("onne", "on"),
    ("ettes", "et"),
    ("ette", "et"),
    ("eres", "er"),
    ("ere", "er"),
    ("ives", "if"),
    ("ive", "if"),
)
IRREGULAR = {
    "hotesse": "hote",
    "maitresse": "maitre",
    "doctoresse": "docteur",
    "cheffe": "chef",
    "autrice": "auteur",
    "maieuticien": "sage",
    "maieuticienne": "sage",
    "steward": "hote",
    "actrice": "acteur",
}


def fold(text: str) -> str:
    """Lower case, no accent, ligatures opened: what a person types in a hurry."""
    folded = text.lower().translate(LATIN)
    return folded if folded.isascii() else _without_accents(folded)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def split_words(text: str) -> list[str]:
    return WORD.findall(fold(text))


# The letters of French and of its neighbours, in one pass: an import folds 180,000 labels.
LATIN = {
    **{code: _without_accents(chr(code)) for code in range(0xC0, 0x180)},
    **str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "–": "-", "\u00a0": " "}),
}


@lru_cache(maxsize=65536)
def neutral(word: str) -> str:
    """The word without number nor gender; never a real root, only a key to compare with."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 5:
        for ending, masculine in FEMININE:
            if word.endswith(ending):
                return word[: -len(ending)] + masculine
    if len(word) > 4:
        if word[-1] in "sx":
            word = word[:-1]
        if len(word) > 4 and word[-1] == "e":
            word = word[:-1]
        if len(word) > 4 and word[-1] == "e":
            word = word[:-1]
    return word


def keys(text: str) -> list[str]:
    """The words of a text that say something, each as its key."""
    return keys_of(split_words(text))


def keys_of(words: Iterable[str]) -> list[str]:
    return [neutral(word) for word in words if word not in EMPTY and len(word) > 1]
