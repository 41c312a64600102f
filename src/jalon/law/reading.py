"""Reading the law on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jalon.law.loader import History, load
from jalon.law.parameter import Parameter

FOLDER = Path(__file__).parent / "parameters"


class Law:
    """The law of one day: one field per file, `law.cpf.plafond_bilan_eur`. Frozen.

    Asking for a parameter before its first value raises `NonCouvert`.
    """

    __slots__ = ("_histories", "_prefix", "day")

    day: date

    def __init__(self, day: date, histories: Mapping[str, History], prefix: str = "") -> None:
        object.__setattr__(self, "day", day)
        object.__setattr__(self, "_histories", histories)
        object.__setattr__(self, "_prefix", prefix)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        path = self._prefix + name
        if path in self._histories:
            return self._histories[path].on(self.day)
        if any(known.startswith(path + ".") for known in self._histories):
            return Law(self.day, self._histories, path + ".")
        raise AttributeError(f"no parameter of the law is called « {path} »")

    def __getitem__(self, path: str) -> Parameter:
        return self._histories[self._prefix + path].on(self.day)

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self._prefix) for name in self._histories if name.startswith(self._prefix))

    def covers(self, path: str) -> bool:
        """Whether a duty already exists on that day: the honest way to ask before its first value."""
        return self._histories[self._prefix + path].first <= self.day

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("the law of a day is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("the law of a day is frozen")

    def __repr__(self) -> str:
        return f"<Law {self._prefix}* on {self.day.isoformat()}>"


@cache
def _all() -> Mapping[str, History]:
    return load(FOLDER)


def names() -> tuple[str, ...]:
    """Every parameter, by its dotted path, sorted."""
    return tuple(_all())


@lru_cache(maxsize=4096)
def law_on(day: date) -> Law:
    """The law as it stands on that local calendar day."""
    if isinstance(day, datetime):
        raise TypeError(
            "law_on wants a local calendar date: an instant has no law until its time zone is known"
        )
    return Law(day, _all())
