"""What stands in the way of an act, told in one sentence with its article.

A rule returns an obstacle or nothing. All obstacles are told at once: a person who must correct three
things should not discover them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """*refuse* cannot be passed; *warn* passes after a recorded reason."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True)
class Obstacle:
    """One reason why an act may not happen: the sentence is for the person, the source for the auditor."""

    sentence: str
    source: str = ""
    severity: Severity = Severity.REFUSE
    code: str = ""
    field: str = ""

    @property
    def refuses(self) -> bool:
        return self.severity is Severity.REFUSE


class Refused(Exception):
    """Raised by an action that may not happen; carries every obstacle, never a word of content."""

    obstacles: tuple[Obstacle, ...]

    def __init__(self, *obstacles: Obstacle | Iterable[Obstacle]) -> None:
        found: list[Obstacle] = []
        for one in obstacles:
            if isinstance(one, Obstacle):
                found.append(one)
            else:
                found.extend(one)
        if not found:
            raise ValueError("a refusal needs at least one obstacle")
        self.obstacles = tuple(found)
        super().__init__(" ".join(obstacle.sentence for obstacle in self.obstacles))
