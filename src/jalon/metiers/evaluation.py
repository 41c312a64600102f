"""How well the matching finds again what the experts of ROME wrote: the official lists, each hidden in its turn.

The figures compare methods with each other, no more: the official list is short and generic, and a «miss» may be
a good idea for somebody.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from jalon.metiers.index.faits import Faits
from jalon.metiers.index.moteur import Moteur
from jalon.metiers.index.rang import rank, rank_by_content
from jalon.metiers.index.voisinage import Voisinage

DEPTH = 20


@dataclass
class Tally:
    """Sums over the asked fiches, for one method."""

    recall10: list[float] = field(default_factory=list)
    recall20: list[float] = field(default_factory=list)
    ndcg10: list[float] = field(default_factory=list)
    cross10: list[float] = field(default_factory=list)
    cross20: list[float] = field(default_factory=list)
    first: Counter[int] = field(default_factory=Counter)

    def add(self, faits: Faits, asked: int, order: Sequence[int]) -> None:
        official = set(faits.listes[asked])
        hits = [fiche in official for fiche in order[:DEPTH]]
        self.recall10.append(sum(hits[:10]) / len(official))
        self.recall20.append(sum(hits) / len(official))
        gain = math.fsum(1 / math.log2(place + 2) for place, hit in enumerate(hits[:10]) if hit)
        best = math.fsum(1 / math.log2(place + 2) for place in range(min(10, len(official))))
        self.ndcg10.append(gain / best)
        far = {fiche for fiche in official if faits.domaine[fiche] != faits.domaine[asked]}
        if far:
            self.cross10.append(len(far.intersection(order[:10])) / len(far))
            self.cross20.append(len(far.intersection(order[:DEPTH])) / len(far))
        self.first.update(order[:10])

    def figures(self) -> dict[str, float | None]:
        asked = len(self.recall10)
        most = self.first.most_common(1)
        return {
            "recall@10": _mean(self.recall10),
            "recall@20": _mean(self.recall20),
            "ndcg@10": _mean(self.ndcg10),
            "recall@10_hors_domaine": _mean(self.cross10),
            "recall@20_hors_domaine": _mean(self.cross20),
            "part_du_plus_frequent": round(most[0][1] / asked, 4) if most else None,
        }


def evaluate(
    moteur: Moteur, voisinage: Voisinage, fraction: float | None = None, seed: int = 0
) -> tuple[int, dict[str, dict[str, float | None]]]:
    """How many fiches were asked, and the figures without and with the lists of other fiches.

    Without a fraction, each fiche hides its own list only. With one, the lists of the drawn fiches are hidden from
    everything together, and only those fiches are asked.
    """
    faits = moteur.faits
    listed = [fiche for fiche in range(faits.size) if faits.listes[fiche]]
    drawn: list[int] = listed
    together: Collection[int] | None = None
    if fraction is not None:
        count = max(1, round(fraction * len(listed)))
        drawn = sorted(random.Random(seed).sample(listed, count))  # noqa: S311
        together = frozenset(drawn)
    alone, helped = Tally(), Tally()
    for asked in drawn:
        profil = moteur.profil_of_fiche(asked)
        hidden = together or frozenset((asked,))
        contenu = moteur.contenu(profil)
        alone.add(faits, asked, rank_by_content(profil, contenu, DEPTH).ordre)
        helped.add(faits, asked, rank(moteur, voisinage, profil, contenu, DEPTH, hidden).ordre)
    return len(drawn), {"contenu": alone.figures(), "avec_mobilites": helped.figures()}


def _mean(values: Sequence[float]) -> float | None:
    return round(math.fsum(values) / len(values), 4) if values else None
