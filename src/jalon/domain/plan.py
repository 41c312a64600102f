"""The steps of an action plan: when the first one comes, and what a calendar elsewhere may be told of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from jalon.domain.obstacle import Obstacle, Severity

# Ours, not the law's: what begins within a week begins.
PREMIER_PAS_JOURS = 7


@dataclass(frozen=True)
class Etape:
    texte: str
    pour_le: date | None
    fait: bool = False


def first_step_warning(etapes: Iterable[Etape], today: date) -> Obstacle | None:
    """Nothing is refused: a plan without a first step soon is only said to be one."""
    steps = list(etapes)
    if not steps or any(step.fait for step in steps):
        return None
    soon = today + timedelta(days=PREMIER_PAS_JOURS)
    if any(step.pour_le is not None and step.pour_le <= soon for step in steps):
        return None
    return Obstacle(
        "Aucune étape n’est à faire dans la semaine. Une première, même petite, aide à commencer.",
        severity=Severity.WARN,
        code="premier_pas",
        field="pour_le_0",
    )


def uid(plan: UUID, what: str) -> str:
    """The same step keeps its name in the person's calendar, however often the file is taken again."""
    return f"{uuid5(plan, what)}@jalon"
