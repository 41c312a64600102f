"""Two versions of a text, word by word: what was taken out, what was added, what stayed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Segment:
    """`genre`: garde, retire or ajoute."""

    genre: str
    texte: str


def compare(avant: str, apres: str) -> tuple[Segment, ...]:
    """Joining what stayed and what was taken out gives `avant` again; with what was added, `apres`."""
    before, after = _WORD.findall(avant), _WORD.findall(apres)
    found: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Segment("garde", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Segment("retire", "".join(before[a:b])))
        if d > c:
            found.append(Segment("ajoute", "".join(after[c:d])))
    return tuple(found)
