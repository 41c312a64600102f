"""How gunicorn serves the pages; `jalon servir` passes the rest on its command line.

Threads, because the proxy in front streams each deposit instead of laying it on its disk: a slow one then holds a thread,
not a process. No access log: addresses and queries of people are nobody's reading.
"""

import gc
import logging
from typing import Any


class WithoutTarget(logging.Filter):
    """gunicorn quotes the asked address when something breaks under it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            record.msg, record.args = "a request failed outside the pages", ()
        return True


worker_class = "gthread"
threads = 4
timeout = 120
graceful_timeout = 25
keepalive = 5
accesslog = None
# Loaded once, before the processes part.
preload_app = True
# gunicorn's own remote control is not used: one door less.
control_socket_disable = True
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_cible": {"()": "jalon.jobs.serveur.WithoutTarget"}},
    "formatters": {"ligne": {"()": "jalon.settings.journal.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["sans_cible"], "formatter": "ligne"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def post_fork(server: Any, worker: Any) -> None:
    """What was loaded before the processes parted is never garbage: left alone, its memory stays shared."""
    gc.freeze()
    gc.enable()
