"""How near two codes of interests are, by the indices of the literature. A help to explore, never a verdict.

`personne` and `metier` are codes of one to three different letters among RIASEC; an index that needs more letters than
there are answers None. Sources: Holland 1963; Zener & Schnuelle 1976 (levels 3 to 1 reported, not seen in the original);
Iachan 1984 and 1990 (JVB 36, 176-180); Brown & Gore 1994; definitions as in Hartmann, Heine & Ertl 2021 (Psych 3(4):47).
"""

from collections.abc import Sequence
from dataclasses import dataclass

LETTRES = "RIASEC"
_M = ((22, 10, 4), (10, 5, 2), (4, 2, 1))
_M2 = ((5, 2), (2, 1))


class CodeRefuse(ValueError):
    """Not a code of interests; the sentence says why."""


@dataclass(frozen=True)
class Congruence:
    premiere_lettre: int
    hexagone: int
    zener_schnuelle: int | None
    iachan_m: int | None
    iachan_deux: int | None
    brown_gore_c: int | None
    consistance: int | None


def code_of(text: str) -> str:
    code = text.strip().upper()
    if not 1 <= len(code) <= 3:
        raise CodeRefuse("Un code d’intérêts compte une à trois lettres, par exemple « RIA ».")
    for letter in code:
        if letter not in LETTRES:
            raise CodeRefuse(
                f"« {letter} » n’est pas une lettre du code : R, I, A, S, E ou C sont attendues."
            )
    if len(set(code)) != len(code):
        raise CodeRefuse("Une lettre ne sert qu’une fois dans un code d’intérêts.")
    return code


def distance(a: str, b: str) -> int:
    """Steps between two letters on the hexagon, 0 to 3."""
    steps = abs(LETTRES.index(a) - LETTRES.index(b))
    return min(steps, 6 - steps)


def congruence(personne: str, metier: str) -> Congruence:
    p, o = code_of(personne), code_of(metier)
    three, two = len(p) == len(o) == 3, min(len(p), len(o)) >= 2
    return Congruence(
        premiere_lettre=int(p[0] == o[0]),
        hexagone=4 - distance(p[0], o[0]),
        zener_schnuelle=_zener_schnuelle(p, o) if three else None,
        iachan_m=_weighted(p, o, _M) if three else None,
        iachan_deux=_weighted(p[:2], o[:2], _M2) if two else None,
        brown_gore_c=sum(w * (3 - distance(p[i], o[i])) for i, w in enumerate((3, 2, 1))) if three else None,
        consistance=distance(p[0], p[1]) if len(p) > 1 else None,
    )


def _zener_schnuelle(p: str, o: str) -> int:
    """The first rule that holds."""
    shared = len(set(p) & set(o))
    rules = ((p == o, 6), (p[:2] == o[:2], 5), (shared == 3, 4), (p[0] == o[0], 3), (shared == 2, 2))
    return next((level for holds, level in rules if holds), 1 if shared else 0)


def _weighted(p: str, o: str, weights: tuple[tuple[int, ...], ...]) -> int:
    return sum(weights[i][j] for i, a in enumerate(p) for j, b in enumerate(o) if a == b)


def iachan_m_tied(personne: Sequence[str], metier: Sequence[str]) -> float:
    """When an order is not certain on either side: the mean over the possible codes (Iachan 1990, p. 177)."""
    found = [congruence(p, o).iachan_m for p in personne for o in metier]
    known = [value for value in found if value is not None]
    if len(known) != len(found) or not known:
        raise CodeRefuse("Trois lettres sont nécessaires de part et d’autre.")
    return sum(known) / len(known)
