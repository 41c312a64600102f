"""The doors of the métiers room: the day's referential, the versions beside it, the imports asked for.

Nothing here is about anybody. What a person wrote or kept is opened by `access/portefeuille.py`.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

from jalon.metiers import (
    Changements,
    Metiers,
    VersionAbsente,
    VersionLue,
    compare_versions,
    open_index,
    read_versions,
)
from jalon.metiers import demande as demandes
from jalon.metiers.demande import Demande

KINDS = ("rome", "rncp", "naf")


def referentiel() -> Metiers:
    """The day's ROME, or the starting set while nothing was imported."""
    return open_index(_home())


def list_versions_of(kind: str) -> list[VersionLue]:
    return read_versions(_home(), kind)


def get_version(kind: str, version: str) -> VersionLue:
    """One imported version, or 404."""
    for one in read_versions(_home(), kind) if kind in KINDS else ():
        if one.version == version:
            return one
    raise Http404


def changes_towards(version: VersionLue) -> Changements | None:
    """What the codes would become if this version were the day's one; nothing to say of the day's one itself."""
    used = next((one for one in read_versions(_home(), "rome") if one.en_usage), None)
    if version.kind != "rome" or used is None or used.version == version.version:
        return None
    try:
        return compare_versions(_home(), used.version, version.version)
    except VersionAbsente:
        return None


def list_demandes() -> list[Demande]:
    return demandes.list_demandes(_home())


def get_demande(ident: Any) -> Demande:
    found = demandes.read_demande(_home(), str(ident))
    if found is None:
        raise Http404
    return found


def upload_draft() -> Path:
    """Where the bytes of an archive are laid while they come in."""
    return demandes.draft_path(_home())


def _home() -> Path:
    return Path(settings.DONNEES)
