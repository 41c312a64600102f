"""The one vault of this process, opened at the first need."""

import os
from pathlib import Path
from threading import Lock

from django.conf import settings

from jalon.vault import Coffre
from jalon.vault.maitresse import read_master

_lock = Lock()
_opened: dict[Path, Coffre] = {}


def coffre() -> Coffre:
    """The vault of the data folder; raises `CoffreRefuse` with a clear sentence when the master key is missing or wrong."""
    home = Path(settings.DONNEES)
    found = _opened.get(home)
    if found is None:
        with _lock:
            found = _opened.get(home) or Coffre.open(home, read_master(home, os.environ))
            _opened[home] = found
    return found


def close_coffre() -> None:
    """Forget the opened vault: after a restore, a change of master key, and between tests."""
    with _lock:
        _opened.clear()


def tiroir_key(bilan_id: object, tiroir: str) -> str:
    return f"{bilan_id}/{tiroir}"
