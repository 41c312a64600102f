"""Referentials that were asked for, imported in a process of its own: mails and clocks do not wait for half a gigabyte.

The memory that it took goes back to the machine with it. Killed, or stopped with the worker, it is begun again at the next turn.
"""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from jalon.metiers.demande import next_demande

_PATIENCE = 10.0


class Importation:
    """At most one child. Another worker of the same machine may have one too: a lock of the kernel lets one of them work."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def turn(self) -> None:
        if self.running or next_demande(Path(settings.DONNEES)) is None:
            return
        self._child = subprocess.Popen(
            [sys.executable, "-m", "django", "importer_referentiel"],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )

    def wait(self) -> None:
        if self._child is not None:
            self._child.wait()

    def stop(self) -> None:
        child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
