"""A told text cut into its sentences, word for word: what proves a competence is one of them."""

import hashlib
import re

# A full stop after one of these ends no sentence.
_ABREGE = re.compile(r"(?:^|[\s(«\u00a0])(?:MM?|Mme|Mlle|Dr|Pr|St|Ste|p|ex|env|art|n)\.$")
_FIN = re.compile(r"(?<=[.!?…])[»”\"\u00a0 ]*\s+(?=[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ0-9«“\"–—-])")
COURTE = 12
LONGUE = 2_000


def split_sentences(text: str) -> list[str]:
    """In order, spaces around them aside, no repetition; what is too short to say anything is left out."""
    found: dict[str, None] = {}
    for line in text.splitlines():
        start = 0
        for match in _FIN.finditer(line):
            before = line[start : match.end()].rstrip()
            if _ABREGE.search(before):
                continue
            _keep(found, before)
            start = match.end()
        _keep(found, line[start:])
    return list(found)


def mark(sentence: str) -> str:
    """By which a form names a sentence without repeating it."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:20]


def _keep(found: dict[str, None], sentence: str) -> None:
    clean = sentence.strip()
    if len(clean) >= COURTE:
        found[clean[:LONGUE]] = None
