"""Words typed in a hurry → full-text search → correction of unknown words → full-text search again.

The full-text index finds candidates, fast and roughly; the order is decided on word keys, where gender, number and
accents are already gone.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from jalon.metiers.recherche.vocabulaire import Vocabulaire
from jalon.metiers.texte import EMPTY, neutral, split_words

TEXT_MAX, WORDS_MAX, WORD_MAX = 200, 12, 40
CANDIDATES = 150
# Common words match thousands of labels and say little.
WORDS_IN_DOUBT = 3
# What a match is worth: the very word, a word that begins so, a corrected word, the beginning of a corrected word.
EXACT, PREFIX, CORRECTED, CORRECTED_PREFIX = 1.0, 0.9, 0.85, 0.75
# What is not asked for, in a label, takes this much away.
SURPLUS = 0.14
FIRST_WORD = 0.03


@dataclass(frozen=True)
class Terme:
    """A word that was typed, and the keys that it may stand for."""

    key: str
    alternatives: tuple[str, ...] = ()


def read_query(text: str, vocabulaire: Vocabulaire) -> list[Terme]:
    """The words that matter, each with its corrections when nothing known begins so."""
    words = [word[:WORD_MAX] for word in split_words(text[:TEXT_MAX])][:WORDS_MAX]
    said = [word for word in words if word not in EMPTY] or words
    termes = []
    for word in said:
        key = neutral(word)
        known = vocabulaire.begins(key) or vocabulaire.begins(word)
        corrected = (
            () if known else tuple(dict.fromkeys(neutral(one) for one in vocabulaire.corrections(word)))
        )
        termes.append(Terme(key, corrected))
    return termes


def match_expression(termes: Sequence[Terme], operator: str) -> str:
    """Each word as a beginning, in any of its readings. Keys hold letters and digits only: nothing to escape."""
    groups = []
    for terme in termes:
        readings = [terme.key, *terme.alternatives]
        groups.append("(" + " OR ".join(f'"{reading}"*' for reading in readings) + ")")
    return operator.join(groups)


def find(
    base: sqlite3.Connection,
    corpus: str,
    termes: Sequence[Terme],
    vocabulaire: Vocabulaire,
    every: bool = False,
) -> list[int]:
    """Candidates that hold every word; else, unless `every`, any of the words that say most."""
    if not termes:
        return []
    found = _run(base, corpus, match_expression(termes, " AND "))
    if found or every or len(termes) == 1:
        return found
    said = sorted(termes, key=lambda terme: -vocabulaire.weight(terme.key))[:WORDS_IN_DOUBT]
    return _run(base, corpus, match_expression(said, " OR "))


def _run(base: sqlite3.Connection, corpus: str, expression: str) -> list[int]:
    rows = base.execute(
        f"SELECT rowid FROM {corpus} WHERE {corpus} MATCH ? ORDER BY rank LIMIT ?",  # noqa: S608
        (expression, CANDIDATES),
    )
    return [row[0] for row in rows]


def likeness(termes: Sequence[Terme], keys: Sequence[str], vocabulaire: Vocabulaire) -> float:
    """From 0 to about 1: how much of what was asked is in the label, less what the label adds to it."""
    wanted = met = 0.0
    used: set[str] = set()
    for terme in termes:
        weight = vocabulaire.weight(terme.key) if not terme.alternatives else vocabulaire.weight("")
        wanted += weight
        value, key = _best(terme, keys)
        met += weight * value
        if key:
            used.add(key)
    if not wanted or not met:
        return 0.0
    known, unknown = vocabulaire.weights.get, vocabulaire.unknown
    surplus = math.fsum([known(key, unknown) for key in keys if key not in used])
    total = surplus + math.fsum([known(key, unknown) for key in used])
    score = met / wanted - SURPLUS * surplus / total
    if keys and keys[0] in used:
        score += FIRST_WORD
    return score


def _best(terme: Terme, keys: Sequence[str]) -> tuple[float, str]:
    asked, others = terme.key, terme.alternatives
    if asked in keys:
        return EXACT, asked
    best, where = 0.0, ""
    for key in keys:
        value = 0.0
        if key in others:
            value = CORRECTED
        elif key.startswith(asked):
            value = PREFIX
        elif others and key.startswith(others):
            value = CORRECTED_PREFIX
        if value > best:
            best, where = value, key
    return best, where
