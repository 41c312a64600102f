"""The words of a corpus, and the known words that a typing error is brought back to."""

from __future__ import annotations

import math
import sqlite3
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

CORRECTIONS = 4
# How many errors a word may hold, by its length: short words are too near each other.
ONE_ERROR_FROM, TWO_ERRORS_FROM = 4, 8


@dataclass
class Vocabulaire:
    words: list[str]
    weights: dict[str, float]
    unknown: float

    @classmethod
    def load(cls, base: sqlite3.Connection, corpus: str, documents: int) -> Vocabulaire:
        words, weights = [], {}
        for nature, word, count in base.execute(
            "SELECT nature, mot, frequence FROM vocabulaire WHERE corpus = ?", (corpus,)
        ):
            if nature == "mot":
                words.append(word)
            else:
                weights[word] = math.log((documents + 1) / (count + 1)) + 0.5
        return cls(sorted(words), weights, math.log(documents + 1) + 0.5)

    def weight(self, key: str) -> float:
        """A rare word says more of what is looked for than «technicien»."""
        return self.weights.get(key, self.unknown)

    def begins(self, start: str) -> bool:
        place = bisect_left(self.words, start)
        return place < len(self.words) and self.words[place].startswith(start)

    def corrections(self, word: str) -> list[str]:
        """The nearest known words, nearest first; also words of which a wrong beginning was typed."""
        if len(word) < ONE_ERROR_FROM:
            return []
        from rapidfuzz import process  # heavy, and only for a word that is not known
        from rapidfuzz.distance import OSA

        errors = 2 if len(word) >= TWO_ERRORS_FROM else 1
        for allowed in range(1, errors + 1):
            for choices in (self._near(len(word), allowed), self._beginnings(len(word))):
                found = process.extract(
                    word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=CORRECTIONS
                )
                if found:
                    return list(dict.fromkeys(choice for choice, _, _ in found))
        return []

    def _near(self, length: int, errors: int) -> list[str]:
        """So many errors change the length by as much at most: the others need not be compared."""
        if (length, errors) not in self._sized:
            self._sized[length, errors] = [word for word in self.words if abs(len(word) - length) <= errors]
        return self._sized[length, errors]

    @cached_property
    def _sized(self) -> dict[tuple[int, int], list[str]]:
        return {}

    def _beginnings(self, length: int) -> list[str]:
        if length not in self._cut:
            self._cut[length] = sorted({word[:length] for word in self.words if len(word) > length})
        return self._cut[length]

    @cached_property
    def _cut(self) -> dict[int, list[str]]:
        return {}
