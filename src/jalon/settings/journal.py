"""Logs tell that something failed and where, never what a person wrote: values stay out of every line and report."""

import logging
import traceback
from typing import Any

from django.views.debug import SafeExceptionReporterFilter


class WithoutContent(logging.Filter):
    """Drop the request and the arguments that a record may carry: both can hold what a person typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django"):
            request = getattr(record, "request", None)
            route = getattr(getattr(request, "resolver_match", None), "route", "")
            status = getattr(record, "status_code", "")
            record.msg = f"{record.name} {status} {getattr(request, 'method', '')} /{route}"
            record.args = ()
        return True


class LineFormatter(logging.Formatter):
    """One line a record; of an exception only its type and its places in the code, since its message may quote content."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:
        kind, _, tb = ei
        places = " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(traceback.extract_tb(tb)))
        return f"{kind.__name__ if kind else 'Erreur'} | {places}"

    def formatStack(self, stack_info: str) -> str:
        return ""


class NoDetailFilter(SafeExceptionReporterFilter):
    """No error report shows a local variable or a posted value."""

    def is_active(self, request: Any) -> bool:
        return True

    def get_post_parameters(self, request: Any) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:
        return {}.items()
