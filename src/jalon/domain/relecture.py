"""Remarks on a text about a person: absolutes, labels, what has no place there. They point and explain; they never block.

A small list of words, on this machine alone: no judgement of style, no model, nothing sent anywhere.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Motif(StrEnum):
    ABSOLU = "absolu"
    ETIQUETTE = "etiquette"
    HORS_SUJET = "hors_sujet"


EXPLICATIONS = {
    Motif.ABSOLU: "Un mot sans nuance se démontre rarement : dites plutôt quand, ou combien de fois.",
    Motif.ETIQUETTE: "Un mot qui définit la personne : décrivez plutôt ce qu’elle fait, avec un exemple.",
    Motif.HORS_SUJET: "Ce sujet n’a pas de lien direct avec le projet : la synthèse peut être lue par d’autres, si la personne le choisit.",
}

_MOTS = {
    Motif.ABSOLU: (
        "toujours",
        "jamais",
        "systématiquement",
        "totalement",
        "complètement",
        "absolument",
        "parfaitement",
        "tout le monde",
        "personne ne",
        "aucune? difficulté",
        "aucun doute",
    ),
    Motif.ETIQUETTE: (
        "incapables?",
        "inapte?s?",
        "personnalités?",
        "caractères? difficiles?",
        "caractériel(?:le)?s?",
        "introverti(?:e)?s?",
        "extraverti(?:e)?s?",
        "paresseu(?:x|ses?)",
        "immatures?",
        "instables?",
        "fragiles?",
        "influençables?",
        "manipulat(?:eur|rice)s?",
        "narcissiques?",
        "hypersensibles?",
        "naturellement doué(?:e)?s?",
        "manque de volonté",
        "manque d[’']intelligence",
        "profil type",
    ),
    Motif.HORS_SUJET: (
        "dépressi(?:on|fs?|ves?)",
        "burn[- ]?out",
        "maladies?",
        "diagnostics?",
        "traitements? médica(?:l|ux)",
        "grossesses?",
        "religions?",
        "opinions? politiques?",
        "orientation sexuelle",
        "divorces?",
    ),
}


def _patterns() -> list[tuple[Motif, str, re.Pattern[str]]]:
    """Each word with its sure beginning: a text that does not hold the beginning is not searched for the word."""
    return [
        (motif, _sure(word), re.compile(rf"(?<!\w)(?:{word})(?!\w)", re.IGNORECASE))
        for motif, words in _MOTS.items()
        for word in words
    ]


def _sure(word: str) -> str:
    """The letters that every form of the word begins with."""
    letters = re.match(r"[\w ]*", word)
    assert letters
    found = letters.group()
    return found[:-1] if word[len(found) :].startswith("?") else found


_PATTERNS = _patterns()
# Words on each side, so that the passage is found again without reading everything.
_AUTOUR = 40


@dataclass(frozen=True)
class Remarque:
    """Where and why: the word as it was written, with a little of what stands around it."""

    motif: Motif
    debut: int
    avant: str
    mot: str
    apres: str

    @property
    def explication(self) -> str:
        return EXPLICATIONS[self.motif]


def remarques(texte: str) -> tuple[Remarque, ...]:
    """In the order of the text. What the person said herself, quoted (« > »), is left alone."""
    quoted = [m.span() for m in re.finditer(r"(?m)^\s*>.*$|«[^»]*»", texte)]
    lowered = texte.lower()
    found = [
        Remarque(
            motif,
            match.start(),
            _cut(texte[max(0, match.start() - _AUTOUR) : match.start()], left=True),
            match.group(),
            _cut(texte[match.end() : match.end() + _AUTOUR], left=False),
        )
        for motif, sure, pattern in _PATTERNS
        if sure in lowered
        for match in pattern.finditer(texte)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
    return tuple(sorted(found, key=lambda r: (r.debut, r.motif)))


def _cut(around: str, *, left: bool) -> str:
    """Whole words on one line."""
    line = around.split("\n")[-1 if left else 0]
    if len(line) < _AUTOUR:
        return line
    return "…" + line.partition(" ")[2] if left else line.rpartition(" ")[0] + "…"
