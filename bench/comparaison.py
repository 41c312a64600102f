"""Two versions of a synthesis of six pages, compared word by word: a usual correction, and a text written anew."""

import random
from typing import Any

from bench.banc import fixed_loop_ms, measure, median_ms

# Six pages as they are printed: some 3,000 words, of which the short ones come back all the time.
MOTS = 3_000
CIBLE = 100
_COURTS = [
    "de",
    "la",
    "le",
    "les",
    "un",
    "une",
    "et",
    "à",
    "en",
    "dans",
    "pour",
    "qui",
    "que",
    "elle",
    "a",
    "est",
    "son",
    "sa",
    "des",
    "du",
    "ne",
    "pas",
    "plus",
    "avec",
    "ce",
    "se",
]


def _text(seed: int) -> list[str]:
    dice = random.Random(seed)
    longs = ["".join(dice.choices("aeioulmnrstdpc", k=dice.randint(4, 11))) for _ in range(1_200)]
    words = []
    for _ in range(MOTS):
        words.append(dice.choice(_COURTS) if dice.random() < 0.5 else dice.choice(longs))
        if dice.random() < 0.02:
            words[-1] += ".\n\n"
    return words


def _corrected(words: list[str], seed: int) -> list[str]:
    """One word in twenty changed, taken out or added."""
    dice = random.Random(seed)
    found: list[str] = []
    for word in words:
        roll = dice.random()
        if roll < 0.02:
            found.append("autrement")
        elif roll < 0.035:
            continue
        elif roll < 0.05:
            found += [word, "aussi"]
        else:
            found.append(word)
    return found


def run() -> list[dict[str, Any]]:
    from jalon.domain.comparaison import compare

    before = _text(1)
    loop = f"boucle {fixed_loop_ms():.1f} ms"
    found = []
    for label, after in (("corrigée", _corrected(before, 2)), ("récrite en entier", _text(3))):
        old, new = " ".join(before), " ".join(after)
        cost = median_ms(lambda old=old, new=new: compare(old, new), runs=7)
        found.append(measure(f"comparer deux versions de six pages, {label}", cost, "ms", CIBLE, loop))
    return found
