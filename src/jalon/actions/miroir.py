"""The mirror of the keys, with the register of destructions beside it: refreshed after each destruction and each new bilan.

One that could not be refreshed is an alarm, not an error: what was destroyed is destroyed, its copy still has to follow.
"""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from jalon.access.coffre import coffre
from jalon.actions import registre
from jalon.records.models import Destruction
from jalon.vault import ErreurCoffre

_log = logging.getLogger("jalon.miroir")


def refresh_mirror(now: datetime) -> bool:
    """True when the mirror now holds exactly what the ring holds; False when there is none, or it could not be written."""
    vault = coffre()
    path = vault.mirror_state().chemin
    if path is None:
        return False
    try:
        registre.prepare_secret()
        fresh = vault.refresh_mirror(now).a_jour
        note_refreshed(path, now)
        return fresh
    except (ErreurCoffre, OSError) as failure:
        _log.error("mirror not refreshed: %s", type(failure).__name__)
        return False


def refresh_mirror_after_commit(now: datetime) -> None:
    """For an action that makes keys: once its rows are sure, the mirror holds their keys too."""
    transaction.on_commit(partial(refresh_mirror, now))


def note_refreshed(path: Path, now: datetime) -> None:
    """The copy has followed these destructions: they enter its register, and say so."""
    waiting = Destruction.objects.filter(faite_le__isnull=False, miroir_rafraichi_le=None)
    rows = list(waiting.select_related("bilan").order_by("faite_le", "id"))
    registre.add(path, rows)
    waiting.filter(pk__in=[row.pk for row in rows]).update(miroir_rafraichi_le=now)
