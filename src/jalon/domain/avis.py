"""Opinions counted without identity: ballots are summed while they wait, and leave together from five on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Ours, as for what is published (`domain/resultat.py`): under five, a figure would point at somebody.
LOT = 5

Comptes = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Attente:
    """How many ballots wait, and their sum by question and answer: no ballot stands beside another."""

    bulletins: int = 0
    comptes: Comptes = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"bulletins": self.bulletins, "comptes": self.comptes}


def drop(waiting: Attente, bulletin: Mapping[str, str]) -> Attente:
    """One more, by question and answer; what was not answered counts nowhere."""
    return Attente(waiting.bulletins + 1, add(waiting.comptes, {q: {a: 1} for q, a in bulletin.items()}))


def add(first: Mapping[str, Mapping[str, int]], second: Mapping[str, Mapping[str, int]]) -> Comptes:
    found: Comptes = {q: dict(answers) for q, answers in first.items()}
    for question, answers in second.items():
        there = found.setdefault(question, {})
        for answer, count in answers.items():
            there[answer] = there.get(answer, 0) + count
    return found


def is_ripe(waiting: Attente) -> bool:
    return waiting.bulletins >= LOT


def quarter_of(day: date) -> str:
    """«2026-T1»: nothing finer leaves."""
    return f"{day.year}-T{(day.month - 1) // 3 + 1}"
