"""What no longer goes together: ciphertext without key, keys and files that no row names. Found for the verification, cleaned
at night.

A key or a file is only removed when two nights in a row found it alone, and never many at once: a database that was
mistaken for another would make everything look alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model

from jalon.access.coffre import coffre
from jalon.access.exploitation import read_state, write_state
from jalon.records.models import Bilan, Contact, Piece
from jalon.vault import TIROIRS, contact_key, installation_key, tiroir_key

ETAT = "orphelins.json"
# Above this many, and this share of all, somebody has to look first.
FEW, SHARE = 20, 0.1
_STILL_ARRIVING = timedelta(days=1)
_INSTALLATION = installation_key("x").removesuffix("x")


@dataclass(frozen=True)
class Orphelins:
    """`pieces`: rows that no key opens. `cles`, `objets`: keys and files that no row names. `manquants`: files that a row
    names and that are gone."""

    pieces: tuple[str, ...]
    cles: tuple[str, ...]
    objets: tuple[str, ...]
    manquants: tuple[str, ...]


def find() -> Orphelins:
    vault = coffre()
    # Rows first, keys after: a key made meanwhile is never taken for missing.
    named_keys, named_objects = _named("cle"), _named("objet")
    rows = list(Piece.objects.values_list("pk", "cle"))
    keys, objects = frozenset(vault.key_ids()), frozenset(vault.objects.ids())
    return Orphelins(
        pieces=tuple(str(pk) for pk, cle in rows if cle not in keys),
        cles=tuple(sorted(key for key in keys - named_keys - _owned() if not key.startswith(_INSTALLATION))),
        objets=tuple(sorted(objects - named_objects)),
        manquants=tuple(sorted(named_objects - objects)),
    )


def _named(column: str) -> frozenset[str]:
    """Every value of this column in any of our tables: a new table that keeps keys or files is seen without being listed."""
    found: set[str] = set()
    for model in _models():
        if any(f.attname == column for f in model._meta.concrete_fields):
            found.update(model._default_manager.order_by().values_list(column, flat=True).iterator(2000))
    return frozenset(found - {""})


def _models() -> Iterable[type[Model]]:
    return apps.get_app_config("records").get_models()


def _owned() -> set[str]:
    """The keys that a dossier or a contact has by being there, written in or not."""
    owned = {
        tiroir_key(pk, tiroir) for pk in Bilan.objects.values_list("pk", flat=True) for tiroir in TIROIRS
    }
    return owned | {contact_key(pk) for pk in Contact.objects.values_list("pk", flat=True)}


@dataclass(frozen=True)
class Menage:
    cles: int
    objets: int
    # Too many to be believed: left in place, told by the verification.
    suspendu: bool


def clean(now: datetime) -> Menage:
    """Remove what was already alone the night before."""
    found = find()
    vault = coffre()
    former = read_state(ETAT) or {}
    keys = sorted(set(found.cles) & set(former.get("cles", [])))
    files = sorted(set(found.objets) & set(former.get("objets", [])))
    doubtful = _too_many(keys, len(vault.key_ids())) or _too_many(files, len(vault.objects.ids()))
    if doubtful:
        keys, files = [], []
    if keys:
        vault.destroy_keys(keys)
    for name in files:
        vault.objects.delete(name)
    _unfinished(now)
    write_state(ETAT, {"cles": list(found.cles), "objets": list(found.objets), "vus_le": now.isoformat()})
    return Menage(len(keys), len(files), doubtful)


def _too_many(found: list[Any], total: int) -> bool:
    return len(found) > max(FEW, SHARE * total)


def _unfinished(now: datetime) -> None:
    """Deposits that stopped half way: everything that has a name is spared."""
    vault = coffre()
    vault.objects.clean_orphans(vault.objects.ids(), before=now - _STILL_ARRIVING)
