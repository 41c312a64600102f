"""Back up: the ciphertext, with history, in one folder; the keys, without history, in the mirror elsewhere. Never together.

A backup holds the database, the encrypted files and the sealed papers' certificates. It never holds the ring nor the
epoch key: without the mirror and the master key it opens nothing, and what the mirror has forgotten nobody can read.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from jalon.access.coffre import coffre
from jalon.access.exploitation import SAUVEGARDE, home, read_state, write_state
from jalon.actions import registre
from jalon.actions.exploitation import ExploitationRefusee
from jalon.actions.miroir import note_refreshed
from jalon.records import copie
from jalon.vault import CoffreRefuse, ErreurCoffre, EtatMiroir, disque
from jalon.vault.miroir import mirror_file

FORMAT = 1
MANIFESTE = "manifeste.json"
BASE, OBJETS, CACHETS = "base", "objets", "cachets"
_NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_UNFINISHED = ".en-cours-"
_VERROU = "sauvegarde.verrou"

# What is kept: every run of two weeks, then one a week for two months. Ours, not the law's.
EVERY_RUN = timedelta(days=14)
EVERY_WEEK = timedelta(days=60)


@dataclass(frozen=True)
class Sauvegarde:
    chemin: Path
    instant: datetime
    octets: int
    objets: int
    effacees: tuple[str, ...]
    miroir: EtatMiroir | None
    # The sentence of the mirror's refusal: the ciphertext is saved, its keys are not.
    alarme: str = ""


def save(dossier: Path, miroir: Path, *, now: datetime) -> Sauvegarde:
    """One backup, whole or not there at all, then the mirror. A failure is written down for the responsable, then raised."""
    dossier, miroir = dossier.absolute(), miroir.absolute()
    _require_apart(dossier, miroir)
    coffre()
    try:
        with _alone():
            return _save(dossier, miroir, now)
    except (ErreurCoffre, copie.CopieRefusee) as failure:
        _note_failure(failure.phrase, now)
        raise
    except OSError as failure:
        phrase = (
            f"La sauvegarde dans «\u00a0{dossier}\u00a0» a échoué\u00a0: {failure.strerror or 'erreur du disque'}. "
            "Les sauvegardes précédentes sont intactes. Vérifiez ce disque et la place libre, puis recommencez."
        )
        _note_failure(phrase, now)
        raise ExploitationRefusee(phrase, "dossier") from None


def _save(dossier: Path, miroir: Path, now: datetime) -> Sauvegarde:
    disque.make_folder(dossier)
    for unfinished in dossier.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(unfinished)
    former = latest(dossier)
    name = _free_name(dossier, now)
    work = dossier / f"{_UNFINISHED}{name}"
    disque.make_folder(work / BASE)
    files = copie.write_copy(work / BASE)
    objects = _copy_objects(work, former)
    _copy_cachets(work)
    manifest = {
        "format": FORMAT,
        "instant": now.astimezone(UTC).isoformat(),
        "moteur": connection.vendor,
        "trousseau": coffre().identifiant,
        "migrations": copie.applied_migrations(),
        "base": {name: _sha256(work / BASE / name) for name in files},
        "objets": objects,
    }
    disque.write_whole(work / MANIFESTE, (json.dumps(manifest, indent=1) + "\n").encode())
    disque.rename(work, dossier / name)
    size = sum(path.stat().st_size for path in (dossier / name).rglob("*") if path.is_file())
    state, alarm = _mirror(miroir, now)
    pruned = prune(dossier, now)
    _note_success(dossier, name, size, now, alarm)
    return Sauvegarde(dossier / name, now, size, len(objects), tuple(pruned), state, alarm)


def _mirror(miroir: Path, now: datetime) -> tuple[EtatMiroir | None, str]:
    """After the copy: every key that the copy needs is in it."""
    try:
        registre.prepare_secret()
        state = coffre().mirror_to(miroir, now)
        note_refreshed(miroir, now)
        registre.complete(miroir, now)
    except CoffreRefuse:
        raise
    except (ErreurCoffre, OSError) as refusal:
        return None, refusal.phrase if isinstance(refusal, ErreurCoffre) else _MIRROR_FAILED
    return state, ""


def _require_apart(dossier: Path, miroir: Path) -> None:
    """Never the keys among the backups: whoever carries one away would carry both."""
    target = mirror_file(miroir)
    if target.is_relative_to(dossier) or target == dossier:
        raise ExploitationRefusee(
            f"Le miroir «\u00a0{miroir}\u00a0» serait parmi les sauvegardes\u00a0: les clés ne doivent jamais voyager avec "
            "ce qu’elles ouvrent. Rien n’a été fait. Donnez un chemin hors de ce dossier, sur un autre support.",
            "miroir",
        )
    if home() == dossier or home().is_relative_to(dossier) or dossier.is_relative_to(home() / OBJETS):
        raise ExploitationRefusee(
            f"Le dossier «\u00a0{dossier}\u00a0» est celui des données. Rien n’a été fait. "
            "Donnez un autre dossier, si possible sur un autre disque.",
            "dossier",
        )
    if dossier.exists() and not dossier.is_dir():
        raise ExploitationRefusee(
            f"«\u00a0{dossier}\u00a0» n’est pas un dossier. Rien n’a été fait.", "dossier"
        )


def snapshots(dossier: Path) -> list[Path]:
    """The whole backups of a folder, oldest first."""
    if not dossier.is_dir():
        return []
    found = [path for path in dossier.iterdir() if _NAME.fullmatch(path.name) and (path / MANIFESTE).exists()]
    return sorted(found, key=_rank)


def latest(dossier: Path) -> Path | None:
    found = snapshots(dossier)
    return found[-1] if found else None


def _rank(path: Path) -> tuple[str, int]:
    instant, _, again = path.name.partition("-")
    return instant, int(again or 0)


def read_manifest(snapshot: Path) -> dict[str, Any]:
    """Raises when it is not one of ours, or when its database is not what it was."""
    try:
        manifest: dict[str, Any] = json.loads((snapshot / MANIFESTE).read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise ValueError
        damaged = [
            name for name, print_ in manifest["base"].items() if _sha256(snapshot / BASE / name) != print_
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ExploitationRefusee(
            f"«\u00a0{snapshot}\u00a0» n’est pas une sauvegarde de Jalon que cette version sache lire. Rien n’a été modifié.",
            "dossier",
        ) from None
    if damaged:
        raise ExploitationRefusee(
            f"La sauvegarde «\u00a0{snapshot}\u00a0» est abîmée\u00a0: sa base n’est plus celle qui a été copiée. "
            "Rien n’a été modifié. Prenez la sauvegarde précédente.",
            "dossier",
        )
    return manifest


def prune(dossier: Path, now: datetime) -> list[str]:
    """The names of the backups deleted: beyond two weeks one a week stays, beyond two months none. The newest always stays."""
    removed, weeks = [], set()
    for path in reversed(snapshots(dossier)[:-1]):
        taken = datetime.strptime(path.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        age, week = now - taken, taken.isocalendar()[:2]
        if age <= EVERY_RUN or (age <= EVERY_WEEK and week not in weeks):
            weeks.add(week)
            continue
        shutil.rmtree(path)
        removed.append(path.name)
    return removed


def _free_name(dossier: Path, now: datetime) -> str:
    instant = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    again = 0
    while (dossier / (name := f"{instant}-{again}" if again else instant)).exists():
        again += 1
    return name


def _copy_objects(work: Path, former: Path | None) -> list[str]:
    """An encrypted file never changes: what the former backup holds is linked, not copied again."""
    names = coffre().objects.ids()
    kept = []
    for name in names:
        source, target = home() / OBJETS / name[:2] / name, work / OBJETS / name[:2] / name
        disque.make_folder(target.parent)
        with contextlib.suppress(FileNotFoundError):  # destroyed since the list was made
            _link_or_copy(source, target, former / OBJETS / name[:2] / name if former else None)
            kept.append(name)
    return kept


def _link_or_copy(source: Path, target: Path, known: Path | None) -> None:
    size = source.stat().st_size
    if known is not None and known.exists() and known.stat().st_size == size:
        with contextlib.suppress(OSError):
            os.link(known, target)
            return
    copy_file(source, target)


def copy_file(source: Path, target: Path) -> None:
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, disque.PRIVATE)
    with os.fdopen(fd, "wb") as out, source.open("rb") as data:
        shutil.copyfileobj(data, out, 1024 * 1024)
        out.flush()
        os.fsync(out.fileno())


def _copy_cachets(work: Path) -> None:
    source = home() / CACHETS
    disque.make_folder(work / CACHETS)
    for path in sorted(source.glob("*")):
        copy_file(path, work / CACHETS / path.name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One backup at a time, of this machine."""
    fd = os.open(home() / _VERROU, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, disque.PRIVATE)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExploitationRefusee(
                "Une sauvegarde est déjà en cours. Rien n’a été fait. Attendez qu’elle soit terminée."
            ) from None
        yield
    finally:
        os.close(fd)


def _note_success(dossier: Path, name: str, size: int, now: datetime, alarm: str) -> None:
    instant = now.astimezone(UTC).isoformat()
    state = {"derniere_le": instant, "dossier": str(dossier), "nom": name, "octets": size}
    write_state(SAUVEGARDE, {**state, "echec_le": instant if alarm else None, "echec": alarm})


def _note_failure(phrase: str, now: datetime) -> None:
    state = read_state(SAUVEGARDE) or {}
    with contextlib.suppress(OSError):
        write_state(SAUVEGARDE, {**state, "echec_le": now.astimezone(UTC).isoformat(), "echec": phrase})


_MIRROR_FAILED = (
    "La copie des clés n’a pas pu être écrite\u00a0: sans elle, la sauvegarde ne pourrait pas être relue. "
    "Vérifiez son support, puis relancez la sauvegarde."
)
