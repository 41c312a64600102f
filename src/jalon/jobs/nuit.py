"""What is done once a night: by the first worker that sees it due, whoever else is running.

The night's list is a file of the data folder, under a lock of the kernel: a worker killed in the middle of a task lets go
by dying, and the next one does that task again, for each can be done twice without harm. A machine that slept through the
night does it when it wakes. Keys and backups belong to one machine, so its workers are the only ones to agree with.
"""

import contextlib
import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone

from jalon.access.coffre import coffre
from jalon.access.exploitation import (
    VERIFICATION,
    backup_folder,
    backup_state,
    home,
    mirror_path,
    read_state,
    write_state,
)
from jalon.actions import alerte
from jalon.actions.destruction import resume_destructions
from jalon.actions.orphelins import clean
from jalon.actions.purge import purge
from jalon.actions.racine import write_roots
from jalon.actions.sauvegarde import save
from jalon.actions.verification import verify

_log = logging.getLogger("jalon.nuit")

ETAT, VERROU = "nuit.json", "nuit.verrou"
# The night begins at half past two, local time: after the clocks of midnight, before anybody works.
BEGINS = timedelta(hours=2, minutes=30)
RETRY = timedelta(hours=1)
# Under this share of free disk somebody must act.
FREE_SHARE = 0.05

Task = Callable[[datetime], object]


def _destructions(now: datetime) -> object:
    return resume_destructions(now=now)


def _epoch(now: datetime) -> object:
    return coffre().renew_epoch()


def _roots(now: datetime) -> object:
    return write_roots(night_of(now), now)


def _backup(now: datetime) -> object:
    return save(backup_folder(), mirror_path(), now=now)


def _verification(now: datetime) -> object:
    found = verify(now, deep=False)
    counts: dict[str, int] = {}
    for one in found:
        counts[one.controle] = counts.get(one.controle, 0) + 1
    write_state(VERIFICATION, {"le": now.isoformat(), "anomalies": counts})
    return len(found)


def _alerts(now: datetime) -> object:
    """To the responsables: facts about the machine, never about a person."""
    counts = dict((read_state(VERIFICATION) or {}).get("anomalies", {}))
    state = backup_state(now)
    found = {
        "chaine": counts.get("chaines", 0) + counts.get("racines", 0),
        "destruction": counts.get("destructions", 0),
        "envoi": counts.get("courriels", 0),
        "miroir": int(state.miroir_a_rafraichir),
        "sauvegarde": int(state.echec_le is not None or state.derniere_le is None),
        "disque": int(_disk_is_full()),
    }
    return alerte.warn_responsables({name: count for name, count in found.items() if count}, now=now)


def _disk_is_full() -> bool:
    usage = shutil.disk_usage(home())
    return usage.free < FREE_SHARE * usage.total


# In this order: the backup holds a clean house, and the mirror that comes with it the new epoch.
TASKS: dict[str, Task] = {
    "destructions": _destructions,
    "epoque": _epoch,
    "racines": _roots,
    "purge": purge,
    "orphelins": clean,
    "sauvegarde": _backup,
    "verification": _verification,
    "alertes": _alerts,
}


def night_of(now: datetime) -> date:
    """The night that has begun: a day's, once half past two has struck."""
    return (now.astimezone(get_default_timezone()) - BEGINS).date()


def run_night(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> list[str]:
    """What of the night is left to do; the names of the tasks done. Nothing when another worker is at it."""
    if not _left(now):
        return []
    done = []
    with _alone() as mine:
        if not mine:
            return []
        for name in _left(now):
            if stop():
                break
            if _do(name, now):
                done.append(name)
    return done


def _left(now: datetime) -> list[str]:
    state = read_state(ETAT) or {}
    night = night_of(now).isoformat()
    return [
        name
        for name in TASKS
        if state.get(name, {}).get("nuit", "") < night and not _too_soon(state.get(name, {}), now)
    ]


def _too_soon(task: dict[str, Any], now: datetime) -> bool:
    failed = task.get("echec_le")
    return failed is not None and now - datetime.fromisoformat(failed) < RETRY


def _do(name: str, now: datetime) -> bool:
    try:
        TASKS[name](now)
    except Exception as failure:  # one task that fails must not stop the others
        _log.error("%s failed: %s", name, type(failure).__name__)
        _note(name, {"echec_le": now.isoformat(), "erreur": type(failure).__name__})
        return False
    _note(
        name, {"nuit": night_of(now).isoformat(), "faite_le": now.isoformat(), "echec_le": None, "erreur": ""}
    )
    return True


def _note(name: str, said: dict[str, Any]) -> None:
    state = read_state(ETAT) or {}
    write_state(ETAT, {**state, name: {**state.get(name, {}), **said}})


@contextlib.contextmanager
def _alone() -> Iterator[bool]:
    fd = os.open(home() / VERROU, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(fd)
