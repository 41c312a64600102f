"""Two versions of a text, word by word: what was taken out, what was added, what stayed.

Paragraphs are paired first, in their order, by the words that they share; words are compared within a pair. What has no pair was
taken out, or added, whole: quicker than looking for chance words across six pages, and easier to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+\s*|\s+")
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
# Under this share of common words two paragraphs are two different ones.
_AKIN = 0.4


@dataclass(frozen=True)
class Segment:
    """`genre`: garde, retire or ajoute."""

    genre: str
    texte: str


def compare(avant: str, apres: str) -> tuple[Segment, ...]:
    """Joining what stayed and what was taken out gives `avant` again; with what was added, `apres`."""
    before, after = _PARAGRAPH.findall(avant), _PARAGRAPH.findall(apres)
    found: list[Segment] = []
    for old, new in _paired(before, after):
        for segment in _words(old, new):
            if found and found[-1].genre == segment.genre:
                found[-1] = Segment(segment.genre, found[-1].texte + segment.texte)
            else:
                found.append(segment)
    return tuple(found)


def _words(old: str, new: str) -> Iterator[Segment]:
    if old == new:
        yield Segment("garde", old)
        return
    before, after = _WORD.findall(old), _WORD.findall(new)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Segment("garde", "".join(before[a:b]))
            continue
        if b > a:
            yield Segment("retire", "".join(before[a:b]))
        if d > c:
            yield Segment("ajoute", "".join(after[c:d]))


def _paired(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Every paragraph of both, in order: with the one that it became, or with nothing."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        yield before[head], after[head]
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    yield from _aligned(before[head : len(before) - tail], after[head : len(after) - tail])
    for rank in range(tail, 0, -1):
        yield before[-rank], after[-rank]


def _aligned(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """The pairing that keeps most in common: the best way through a table, from its end."""
    if len(before) == len(after) == 1:
        yield before[0], after[0]
        return
    olds, news = [frozenset(p.split()) for p in before], [frozenset(p.split()) for p in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    kin: dict[tuple[int, int], float] = {}
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            score = _akin(olds[i], news[j])
            if score >= _AKIN and score + best[i + 1][j + 1] > best[i][j]:
                kin[i, j] = best[i][j] = score + best[i + 1][j + 1]
    i = j = 0
    while i < len(before) or j < len(after):
        if (i, j) in kin and kin[i, j] == best[i][j]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif j == len(after) or (i < len(before) and best[i + 1][j] >= best[i][j + 1]):
            yield before[i], ""
            i += 1
        else:
            yield "", after[j]
            j += 1


def _akin(old: frozenset[str], new: frozenset[str]) -> float:
    """The share of different words in common, 0 to 1."""
    both = len(old) + len(new)
    return 2 * len(old & new) / both if both else 0.0
