"""Everyday words that no official title uses: «nounou», «toubib», «routier»."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jalon.metiers.texte import neutral, split_words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Synonymes:
    entries: dict[Phrase, tuple[str, ...]]

    def of(self, text: str) -> list[str]:
        """The same question in official words: for the whole of it first, else for one of its words."""
        asked = tuple(neutral(word) for word in split_words(text))
        if asked in self.entries:
            return list(self.entries[asked])
        others = []
        for place in range(len(asked)):
            for length in (3, 2, 1):
                part = asked[place : place + length]
                if len(part) == length and part in self.entries:
                    rest = (" ".join(asked[:place]), " ".join(asked[place + length :]))
                    others += [f"{rest[0]} {official} {rest[1]}".strip() for official in self.entries[part]]
                    break
        return others[:4]


@cache
def load_synonymes() -> Synonymes:
    entries = {}
    text = files("jalon.metiers.recherche").joinpath("synonymes.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            everyday, _, official = line.partition("=")
            answers = tuple(one.strip() for one in official.split(";") if one.strip())
            for phrase in everyday.split(","):
                entries[tuple(neutral(word) for word in split_words(phrase))] = answers
    return Synonymes(entries)
