"""Draws that never change: the same seed gives the same exercise on every machine and with every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Tirage:
    def __init__(self, graine: str) -> None:
        self._graine, self._rang = graine, 0

    def entier(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        self._rang += 1
        digest = hashlib.sha256(f"{self._graine}/{self._rang}".encode()).digest()
        return low + int.from_bytes(digest[:8]) % (high - low + 1)

    def un(self, choices: Sequence[T]) -> T:
        return choices[self.entier(0, len(choices) - 1)]

    def melange(self, things: Sequence[T]) -> list[T]:
        left = list(things)
        return [left.pop(self.entier(0, len(left) - 1)) for _ in range(len(left))]

    def plusieurs(self, things: Sequence[T], count: int) -> list[T]:
        return self.melange(things)[:count]
