"""The one clock. Read at the edges only (pages, worker, command) and passed down as `now`; the demonstration may move it."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string


@lru_cache(maxsize=4)
def _source(path: str) -> object:
    return import_string(path)


def now() -> datetime:
    moment = _source(settings.JALON_CLOCK)()  # type: ignore[operator]
    assert isinstance(moment, datetime)
    assert moment.tzinfo is not None
    return moment
