"""The small marks that tie a paragraph of the synthesis to where it comes from. Written at its end, never printed."""

import re

# Two signs that no keyboard types by chance, around the source's number.
_MARK = re.compile(r"[ \u00a0]*⟦(\d{1,3})⟧")


def mark(numero: int) -> str:
    return f" ⟦{numero}⟧"


def marks_of(texte: str) -> tuple[int, ...]:
    """The sources that a text names, each once, in order."""
    return tuple(dict.fromkeys(int(number) for number in _MARK.findall(texte)))


def without_marks(texte: str) -> str:
    return _MARK.sub("", texte)
