"""The worker's loop: what is due, what is to be sent, what the night asks; then a short rest. Stops between two acts."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections

from jalon import access
from jalon.access.exploitation import beat
from jalon.actions import agenda_lecture, agenda_publication, clock, courrier, echeance
from jalon.actions.contact import erase_keyless
from jalon.actions.destruction import resume_destructions
from jalon.jobs.importation import Importation
from jalon.jobs.nuit import run_night

_log = logging.getLogger("jalon.travail")

# The pages are up before the night's work begins, when the machine has just been switched on.
_FIRST_BREATH = timedelta(seconds=20)
_RESUME_EVERY = timedelta(minutes=10)
_WORST_REST = 60.0


class Boucle:
    def __init__(self, *, rest: float) -> None:
        self._rest = rest
        self._stop = threading.Event()
        self._started = datetime.now(UTC)
        self._resumed: datetime | None = None
        self._importation = Importation()

    def stop(self) -> None:
        """At the next pause between two acts. Safe from a signal's handler."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def run(self) -> None:
        rest = self._rest
        while not self.stopped:
            rest = self._rest if self.turn() else min(rest * 2, _WORST_REST)
            self._stop.wait(rest)
        self._importation.stop()

    def turn(self) -> bool:
        """One round; False when something could not be done at all (the database is away), to rest longer."""
        close_old_connections()
        machine = datetime.now(UTC)
        beat(machine)
        steps: list[Callable[[datetime], object]] = [
            self._resume,
            self._due,
            self._mails,
            self._calendars,
            self._imports,
        ]
        if machine - self._started >= _FIRST_BREATH:
            steps.append(self._night)
        # Every step is tried, whatever became of the one before.
        went = [self._step(step) for step in steps]
        return all(went)

    def _step(self, step: Callable[[datetime], object]) -> bool:
        if self.stopped:
            return True
        try:
            step(clock.now())
        except Exception as failure:  # the loop outlives whatever a step meets
            _log.error("%s: %s", getattr(step, "__name__", "step"), type(failure).__name__)
            return False
        return True

    def _resume(self, now: datetime) -> None:
        """What was cut off between a key and its rows is finished: at the start, then from time to time."""
        machine = datetime.now(UTC)
        if self._resumed is None or machine - self._resumed >= _RESUME_EVERY:
            resume_destructions(now=now)
            erase_keyless(by=access.systeme(), now=now)
            self._resumed = machine

    def _due(self, now: datetime) -> None:
        echeance.run_due(now, stop=self._between)

    def _mails(self, now: datetime) -> None:
        courrier.send_due(now, stop=self._between)

    def _calendars(self, now: datetime) -> None:
        agenda_lecture.read_due(now, stop=self._between)
        agenda_publication.publish_due(now, stop=self._between)

    def _imports(self, now: datetime) -> None:
        self._importation.turn()

    def settle(self) -> None:
        """After a single turn: what it began is waited for."""
        self._importation.wait()

    def _night(self, now: datetime) -> None:
        run_night(now, stop=self._between)

    def _between(self) -> bool:
        beat(datetime.now(UTC))
        return self.stopped
