"""How an answer is written: instants in UTC, money as text, and the articles it rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from jalon.law import Parameter

Answer = dict[str, Any]


def answer(*sources: Parameter | str, **fields: Any) -> Answer:
    """The fields in their order, then `sources`, each article once."""
    told: list[str] = []
    for source in sources:
        told += source.sources if isinstance(source, Parameter) else source.split(" ; ")
    return {**{name: plain(value) for name, value in fields.items()}, "sources": list(dict.fromkeys(told))}


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
