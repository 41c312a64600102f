"""One way of comparing fiches: which features each holds, rare ones weighing more, as sparse unit vectors.

Kept as flat arrays, so that a version opens in a few milliseconds and a person is compared with every fiche by
walking only the features that she holds.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

Query = list[tuple[int, float]]
# Of several past jobs together, the features that weigh: the lightest cost most and change nothing.
HEAVIEST = 90
ARRAYS = (
    ("idf", "f"),
    ("debuts", "I"),
    ("fiches", "H"),
    ("poids", "f"),
    ("avant_debuts", "I"),
    ("avant_termes", "I"),
    ("avant_poids", "f"),
)


class Canal:
    """`debuts[t]`..`debuts[t+1]`: the fiches that hold feature t; the «avant» arrays: the features of a fiche."""

    def __init__(self, size: int, keys: list[str], arrays: dict[str, array]) -> None:
        self.size = size
        self._keys = keys
        self._place: dict[str, int] | None = None
        self.idf = arrays["idf"]
        self._starts, self._fiches, self._weights = arrays["debuts"], arrays["fiches"], arrays["poids"]
        self._f_starts, self._f_terms, self._f_weights = (
            arrays["avant_debuts"],
            arrays["avant_termes"],
            arrays["avant_poids"],
        )

    @classmethod
    def build(cls, bags: Sequence[Mapping[str, float]], least: int = 1, most: float = 1.0) -> Canal:
        """A feature held by fewer than `least` fiches compares nothing; by more than `most` of them, says nothing."""
        size = len(bags)
        held = Counter(key for bag in bags for key in bag)
        keys = sorted(key for key, count in held.items() if least <= count <= most * size and count < size)
        place = {key: number for number, key in enumerate(keys)}
        idf = array("f", (math.log(size / held[key]) for key in keys))
        starts, terms, weights = array("I", [0]), array("I"), array("f")
        postings: list[list[tuple[int, float]]] = [[] for _ in keys]
        for fiche, bag in enumerate(bags):
            row = _unit(
                (place[key], weight * idf[place[key]]) for key, weight in sorted(bag.items()) if key in place
            )
            for term, weight in row:
                terms.append(term)
                weights.append(weight)
                postings[term].append((fiche, weight))
            starts.append(len(terms))
        p_starts, p_fiches, p_weights = array("I", [0]), array("H"), array("f")
        for posting in postings:
            for fiche, weight in posting:
                p_fiches.append(fiche)
                p_weights.append(weight)
            p_starts.append(len(p_fiches))
        arrays: dict[str, array] = {
            "idf": idf,
            "debuts": p_starts,
            "fiches": p_fiches,
            "poids": p_weights,
            "avant_debuts": starts,
            "avant_termes": terms,
            "avant_poids": weights,
        }
        return cls(size, keys, arrays)

    def pack(self) -> Iterator[tuple[str, bytes]]:
        yield "cles", "\n".join(self._keys).encode()
        for name, values in zip(
            (name for name, _ in ARRAYS),
            (
                self.idf,
                self._starts,
                self._fiches,
                self._weights,
                self._f_starts,
                self._f_terms,
                self._f_weights,
            ),
            strict=True,
        ):
            yield name, values.tobytes()

    @classmethod
    def unpack(cls, size: int, blocs: Mapping[str, bytes]) -> Canal:
        arrays = {}
        for name, code in ARRAYS:
            arrays[name] = array(code)
            arrays[name].frombytes(blocs[name])
        text = bytes(blocs["cles"]).decode()
        return cls(size, text.split("\n") if text else [], arrays)

    def of_fiche(self, fiche: int) -> Query:
        start, end = self._f_starts[fiche], self._f_starts[fiche + 1]
        return list(zip(self._f_terms[start:end], self._f_weights[start:end], strict=True))

    def of_bag(self, bag: Mapping[str, float]) -> Query:
        """A person as a unit vector of the same space; what no fiche holds is not counted against her."""
        place = self._places()
        return _unit(
            (place[key], weight * self.idf[place[key]]) for key, weight in bag.items() if key in place
        )

    def _places(self) -> dict[str, int]:
        if self._place is None:
            self._place = {key: number for number, key in enumerate(self._keys)}
        return self._place

    def merge(self, queries: Sequence[tuple[Query, float]]) -> Query:
        """Several vectors as one, each with its importance: two past jobs and some words of one's own."""
        if len(queries) == 1:
            return queries[0][0]
        summed: dict[int, float] = {}
        for query, importance in queries:
            for term, weight in query:
                summed[term] = summed.get(term, 0.0) + importance * weight
        return _unit(iter(heapq.nlargest(HEAVIEST, summed.items(), key=itemgetter(1))))

    def coverage(self, bag: Mapping[str, float]) -> list[float]:
        """For each fiche, the share of these features that it holds, a rare one counting more."""
        found = [0.0] * self.size
        place = self._places()
        terms = [place[key] for key in bag if key in place]
        whole = math.fsum(self.idf[term] for term in terms)
        for term in terms:
            share = self.idf[term] / whole
            for fiche in self._fiches[self._starts[term] : self._starts[term + 1]]:
                found[fiche] += share
        return found

    def cosines(self, query: Query) -> list[float]:
        found = [0.0] * self.size
        starts, fiches, weights = self._starts, self._fiches, self._weights
        for term, factor in query:
            start, end = starts[term], starts[term + 1]
            for fiche, weight in zip(fiches[start:end], weights[start:end], strict=True):
                found[fiche] += factor * weight
        return found

    def cosines_with_later(self) -> Iterator[array]:
        """For each fiche in turn, its cosines with the fiches that come after it."""
        following = self._starts[:-1]
        for fiche in range(self.size):
            found = [0.0] * self.size
            for term, factor in self.of_fiche(fiche):
                following[term] += 1
                start, end = following[term], self._starts[term + 1]
                for other, weight in zip(self._fiches[start:end], self._weights[start:end], strict=True):
                    found[other] += factor * weight
            yield array("f", found[fiche + 1 :])


class Table:
    """Every fiche against every other: each pair is computed once, then read from either side."""

    def __init__(self, canal: Canal) -> None:
        size = self.size = canal.size
        self._values = array("f", bytes(4 * size * size))
        for fiche, tail in enumerate(canal.cosines_with_later()):
            self._values[fiche * size + fiche + 1 : (fiche + 1) * size] = tail
            self._values[(fiche + 1) * size + fiche :: size] = tail

    def row(self, fiche: int) -> list[float]:
        return self._values[fiche * self.size : (fiche + 1) * self.size].tolist()


def _unit(pairs: Iterator[tuple[int, float]]) -> Query:
    row = [(term, weight) for term, weight in pairs if weight > 0]
    norm = math.sqrt(math.fsum(weight * weight for _, weight in row))
    return [(term, weight / norm) for term, weight in row] if norm else []
