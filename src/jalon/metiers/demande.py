"""Imports that were asked for, each a small file beside the versions: who does them reads it, and writes how far it is.

An import is not a clock nor a mail: it takes seconds or minutes, and must outlive the page that asked for it. The archive
is laid beside its demand; both are dropped when it is done. A demand whose doer was killed is simply done again.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import secrets
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jalon.metiers.dossier import metiers_folder

ARCHIVE, ADRESSE = "archive", "adresse"
ATTENTE, EN_COURS, FAITE, REFUSEE = "attente", "en_cours", "faite", "refusee"
# The last ones are shown; older ones are forgotten.
KEPT = 6
# What an upload or an import that was cut off leaves behind.
STALE_SECONDS = 3600
_ID = re.compile(r"^[0-9a-f-]{36}$")


@dataclass(frozen=True)
class Demande:
    """`origine`: an archive that was sent, or the official address. `avis`: what was noticed and put right."""

    id: str
    kind: str
    origine: str
    nom: str
    nomenclature: str
    cabinet: str
    par: str
    demandee_le: str
    etat: str = ATTENTE
    etape: str = ""
    version: str = ""
    credit: str = ""
    en_usage: bool = False
    comptes: tuple[tuple[str, int], ...] = ()
    avis: tuple[str, ...] = ()
    refus: str = ""
    champ: str = ""
    finie_le: str = ""
    essais: int = 0

    @property
    def finie(self) -> bool:
        return self.etat in (FAITE, REFUSEE)


def new_demande(
    kind: str, origine: str, nom: str, *, cabinet: str, par: str, now: datetime, nomenclature: str = ""
) -> Demande:
    return Demande(
        str(uuid.uuid4()), kind, origine, nom, nomenclature, cabinet, par, now.isoformat(timespec="seconds")
    )


def folder(home: Path) -> Path:
    found = metiers_folder(home) / "demandes"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def archive_path(home: Path, demande: Demande) -> Path:
    """Under a folder of its own, with the name that it came with: refusals quote it."""
    return folder(home) / demande.id / (Path(demande.nom).name or "archive")


def draft_path(home: Path) -> Path:
    """Where an upload is laid while it comes in."""
    return folder(home) / f".{secrets.token_hex(8)}.depot"


def write_demande(home: Path, demande: Demande) -> None:
    path = folder(home) / f"{demande.id}.json"
    draft = path.with_name(f".{demande.id}-{secrets.token_hex(4)}")
    draft.write_text(json.dumps(asdict(demande), ensure_ascii=False), "utf-8")
    draft.replace(path)


def read_demande(home: Path, ident: str) -> Demande | None:
    if not _ID.match(ident):
        return None
    try:
        raw: dict[str, Any] = json.loads((folder(home) / f"{ident}.json").read_text("utf-8"))
        raw["comptes"] = tuple((str(name), int(count)) for name, count in raw["comptes"])
        raw["avis"] = tuple(raw["avis"])
        return Demande(**raw)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def list_demandes(home: Path) -> list[Demande]:
    """Newest first."""
    found = (read_demande(home, path.stem) for path in folder(home).glob("*.json"))
    return sorted((one for one in found if one), key=lambda one: (one.demandee_le, one.id), reverse=True)


def next_demande(home: Path) -> Demande | None:
    """The oldest that is not finished: one begun by a doer that died is begun again."""
    waiting = [one for one in list_demandes(home) if not one.finie]
    return waiting[-1] if waiting else None


def finish(home: Path, demande: Demande) -> None:
    """Its archive goes; its story stays for a while."""
    write_demande(home, demande)
    drop_archive(home, demande)
    for old in [one for one in list_demandes(home) if one.finie][KEPT:]:
        (folder(home) / f"{old.id}.json").unlink(missing_ok=True)


def drop_archive(home: Path, demande: Demande) -> None:
    path = archive_path(home, demande)
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def told(demande: Demande, etape: str) -> Demande:
    return replace(demande, etat=EN_COURS, etape=etape)


@contextlib.contextmanager
def alone(home: Path) -> Iterator[bool]:
    """One doer at a time on this machine; a killed one lets go by dying."""
    descriptor = os.open(folder(home) / ".verrou", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def sweep(home: Path) -> None:
    """Uploads and drafts that nobody is writing any more."""
    limit = time.time() - STALE_SECONDS
    for path in (*folder(home).glob(".*.depot"), *metiers_folder(home).glob(".*.brouillon")):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < limit:
                path.unlink()
