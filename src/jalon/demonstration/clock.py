"""The movable day: in the demonstration time can be pushed forward to see what falls due. Never back, never in production."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def _path() -> Path:
    return Path(settings.DONNEES) / "decalage-demonstration"


def offset() -> timedelta:
    try:
        return timedelta(seconds=int(_path().read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta()


def now() -> datetime:
    return timezone.now() + offset()


def move(by: timedelta) -> None:
    _path().write_text(str(int((offset() + by).total_seconds())), encoding="ascii")
