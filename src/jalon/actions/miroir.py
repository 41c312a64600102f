"""The mirror of the keys: refreshed after each destruction and each new bilan. One that could not be is an alarm, not an error."""

import logging
from datetime import datetime

from jalon.access.coffre import coffre
from jalon.vault import ErreurCoffre

_log = logging.getLogger("jalon.miroir")


def refresh_mirror(now: datetime) -> bool:
    """True when the mirror now holds exactly what the ring holds; False when there is none, or it could not be written."""
    vault = coffre()
    if vault.mirror_state().chemin is None:
        return False
    try:
        return vault.refresh_mirror(now).a_jour
    except (ErreurCoffre, OSError) as failure:
        _log.error("mirror not refreshed: %s", type(failure).__name__)
        return False
