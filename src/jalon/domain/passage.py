"""The time of a séance while it goes on: stretches between a start and a stop, and what they propose as real times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Passage:
    debut: datetime
    fin: datetime | None = None


@dataclass(frozen=True)
class Temps:
    """`minutes` is what was accompanied: pauses are in none of them."""

    debut: datetime
    court: bool
    secondes: int
    pause_minutes: int
    fin_proposee: datetime

    @property
    def minutes(self) -> int:
        return self.secondes // 60


def measure_passages(passages: Sequence[Passage], now: datetime) -> Temps | None:
    """None until it has begun. The proposed end leaves the pauses out, so that only accompanied minutes are signed."""
    if not passages:
        return None
    rows = sorted(passages, key=lambda p: p.debut)
    spans = [(p.debut.astimezone(UTC), (p.fin or now).astimezone(UTC)) for p in rows]
    done = sum((max(end - start, timedelta(0)) for start, end in spans), timedelta(0))
    begin = spans[0][0].replace(second=0, microsecond=0)
    paused = (max(end for _, end in spans) - spans[0][0]) - done
    minutes = max(1, round(done.total_seconds() / 60))
    return Temps(
        debut=begin,
        court=any(p.fin is None for p in rows),
        secondes=int(done.total_seconds()),
        pause_minutes=round(paused.total_seconds() / 60),
        fin_proposee=begin + timedelta(minutes=minutes),
    )
