"""Is everything running? For a monitor: each control is «ok» or one sentence. Reads only."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError

from jalon.access.exploitation import (
    AGE_MAX,
    MODE,
    SILENCE_MAX,
    VERIFICATION,
    backup_state,
    home,
    last_beat,
    mails_given_up,
    read_state,
    vault_opens,
)
from jalon.actions.exploitation import (
    ExploitationRefusee,
    is_initialised,
    pending_migrations,
    require_no_restore,
)
from jalon.records.models import Echeance

OK = "ok"
# Without one of these no page can be served.
VITAL = frozenset({"installation", "coffre", "base"})
LATE = timedelta(hours=1)
FREE_SHARE = 0.05


@dataclass(frozen=True)
class Sante:
    """`ok`, `alerte` (it runs, somebody must look), `panne` (it does not run)."""

    etat: str
    controles: dict[str, str]


def look(now: datetime) -> Sante:
    controls: dict[str, str] = {}
    looks: list[tuple[str, Callable[[], str]]] = [
        ("installation", _installation),
        ("coffre", vault_opens),
        ("base", _database),
        ("travail", _worker),
        ("echeances", lambda: _clocks(now)),
        ("courriels", _mails),
        ("sauvegarde", lambda: _backup(now)),
        ("miroir", lambda: _mirror(now)),
        ("verification", _verification),
        ("disque", _disk),
    ]
    for name, look_at in looks:
        controls[name] = look_at() or OK
        if name in VITAL and controls[name] != OK:
            return Sante("panne", controls)
    return Sante(OK if all(said == OK for said in controls.values()) else "alerte", controls)


def _installation() -> str:
    if not is_initialised():
        return "Cette installation n’est pas encore initialisée : lancez « jalon initialiser »."
    try:
        require_no_restore()
    except ExploitationRefusee as refusal:
        return refusal.phrase
    return ""


def _database() -> str:
    try:
        if pending_migrations():
            return "La base de données n’est pas à jour pour cette version : lancez « jalon initialiser »."
    except DatabaseError:
        return "La base de données ne répond pas."
    return ""


def _worker() -> str:
    seen = last_beat()
    if seen is None or time.time() - seen > SILENCE_MAX.total_seconds():
        return "Le travail de fond ne tourne pas : les échéances et les courriels attendent. Démarrez le service."
    return ""


def _clocks(now: datetime) -> str:
    late = Echeance.objects.filter(faite_le=None, annulee_le=None, echoit_le__lt=now - LATE).count()
    return f"{late} échéances sont en retard." if late else ""


def _mails() -> str:
    count = mails_given_up().count()
    return f"{count} courriels n’ont pas pu partir." if count else ""


def _backup(now: datetime) -> str:
    state = backup_state(now)
    if state.derniere_le is None and state.echec_le is None:
        # The first night has not come yet.
        young = time.time() - (home() / MODE).stat().st_mtime < AGE_MAX.total_seconds()
        return "" if young else "Aucune sauvegarde n’a encore été faite."
    if state.echec_le is not None:
        return "La dernière sauvegarde a échoué."
    assert state.derniere_le is not None
    return "La dernière sauvegarde est trop ancienne." if now - state.derniere_le > AGE_MAX else ""


def _mirror(now: datetime) -> str:
    return "La copie des clés garde des clés détruites." if backup_state(now).miroir_a_rafraichir else ""


def _verification() -> str:
    found = (read_state(VERIFICATION) or {}).get("anomalies", {})
    return f"La dernière vérification a trouvé {sum(found.values())} anomalies." if found else ""


def _disk() -> str:
    usage = shutil.disk_usage(home())
    return (
        "L’espace libre sur le disque devient insuffisant." if usage.free < FREE_SHARE * usage.total else ""
    )
