"""The mirror: one copy of the ring and of its epoch key, elsewhere, still under the master key. Never a history.

Both are in one file, replaced at once and then overwritten: half a mirror would open nothing. A mirror older than a
destruction still holds the destroyed keys, so the destruction is only whole once the mirror has been refreshed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jalon.vault import disque
from jalon.vault.epoque import EpoqueFermee
from jalon.vault.erreurs import CoffreRefuse, MiroirInaccessible
from jalon.vault.porte_cles import TROUSSEAU, PorteCles
from jalon.vault.serrure import COURANTE, SUIVANTE
from jalon.vault.trousseau import Etat

REGLAGE = "miroir.json"
NOM = "jalon-miroir"
MARK = b"JLM\x01"


@dataclass(frozen=True)
class EtatMiroir:
    """`a_rafraichir`: it may still hold a destroyed key. `a_jour`: it holds exactly what the ring holds."""

    chemin: Path | None
    rafraichi_le: datetime | None
    epoque: int | None
    a_jour: bool
    a_rafraichir: bool


@dataclass(frozen=True)
class Reglage:
    chemin: Path
    rafraichi_le: datetime | None = None
    trousseau: str = ""
    epoque: int = 0
    revision: int = 0
    autre_disque: bool = False

    @classmethod
    def read(cls, home: Path) -> Reglage | None:
        try:
            data = json.loads((home / REGLAGE).read_text("utf-8"))
        except FileNotFoundError:
            return None
        when = data["rafraichi_le"]
        return cls(
            Path(data["chemin"]),
            datetime.fromisoformat(when) if when else None,
            data["trousseau"],
            data["epoque"],
            data["revision"],
            data["autre_disque"],
        )

    def write(self, home: Path) -> None:
        data = {
            "chemin": str(self.chemin),
            "rafraichi_le": self.rafraichi_le.isoformat() if self.rafraichi_le else None,
            "trousseau": self.trousseau,
            "epoque": self.epoque,
            "revision": self.revision,
            "autre_disque": self.autre_disque,
        }
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        disque.remove_strays(home, REGLAGE)
        disque.write_whole(home / REGLAGE, text.encode())

    def state(self, etat: Etat) -> EtatMiroir:
        ours = self.trousseau == etat.identifiant
        seen = self.revision if ours and self.rafraichi_le else -1
        return EtatMiroir(
            chemin=self.chemin,
            rafraichi_le=self.rafraichi_le,
            epoque=self.epoque if seen >= 0 else None,
            a_jour=seen == etat.revision,
            a_rafraichir=seen < etat.revision_destruction,
        )


_REASONS = {
    errno.ENOENT: "le dossier n’existe pas",
    errno.ENOTDIR: "le chemin ne mène pas à un dossier",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le support est en lecture seule",
    errno.ENOSPC: "il n’y a plus de place",
}

NO_MIRROR = EtatMiroir(chemin=None, rafraichi_le=None, epoque=None, a_jour=False, a_rafraichir=False)


class Miroir:
    """The mirror of one home. Only written with the lock held, so that ring and epoch key go together."""

    def __init__(self, home: Path, porte_cles: PorteCles) -> None:
        self._home = home
        self._keys = porte_cles

    def state(self) -> EtatMiroir:
        reglage = Reglage.read(self._home)
        return reglage.state(self._keys.trousseau.etat()) if reglage else NO_MIRROR

    def refresh(self, now: datetime) -> EtatMiroir:
        with self._keys.serrure.held():
            reglage = Reglage.read(self._home)
            return self._write(reglage, now) if reglage else NO_MIRROR

    def move_to(self, path: Path, now: datetime) -> EtatMiroir:
        path = path.absolute()
        with self._keys.serrure.held():
            former = Reglage.read(self._home)
            # A folder that is gone is still the place that was chosen, not a file of that name.
            if former is not None and former.chemin in (path, path / NOM):
                return self._write(former, now)
            target = mirror_file(path)
            _make_place(target)
            state = self._write(Reglage(target), now)
            if former is not None:
                destroy(former.chemin)
            return state

    def _write(self, reglage: Reglage, now: datetime) -> EtatMiroir:
        require_support(reglage, self._home)
        etat, fermee, copy = self._keys.copy()
        write(reglage.chemin, fermee, copy)
        elsewhere = is_elsewhere(reglage.chemin, self._home)
        fresh = Reglage(reglage.chemin, now, etat.identifiant, etat.epoque, etat.revision, elsewhere)
        fresh.write(self._home)
        return fresh.state(self._keys.trousseau.etat())


def mirror_file(path: Path) -> Path:
    """A folder receives the file under our name; anything else is the file itself."""
    return path / NOM if path.is_dir() else path


def is_elsewhere(path: Path, home: Path) -> bool:
    """Whether the mirror is on another disk than the data, as it should be."""
    try:
        return path.parent.stat().st_dev != home.stat().st_dev
    except OSError:
        return False


def require_support(reglage: Reglage, home: Path) -> None:
    """A stick that is not plugged in leaves an empty folder of the local disk: never write the mirror there instead."""
    target = reglage.chemin
    if reglage.autre_disque and not target.exists() and not is_elsewhere(target, home):
        raise MiroirInaccessible(
            f"Le support du miroir « {target} » n’est pas branché : le miroir n’a pas été rafraîchi. "
            "Tant qu’il ne l’est pas, il garde les clés déjà détruites. Branchez-le, puis relancez la sauvegarde."
        )


def destroy(path: Path) -> None:
    """The former mirror, when the mirror moves: one copy, never two. Unreachable, it is the operator's to destroy."""
    with contextlib.suppress(OSError):
        disque.overwrite(path)
        disque.remove(path)


def write(target: Path, epoque: EpoqueFermee, trousseau: bytes) -> None:
    head = epoque.to_bytes()
    try:
        disque.remove_strays(target.parent, target.name)
        disque.replace_and_overwrite(target, MARK + len(head).to_bytes(4, "big") + head + trousseau)
    except OSError as error:
        raise _unwritable(target, error) from None


def read(path: Path) -> tuple[EpoqueFermee, bytes]:
    target = mirror_file(path)
    try:
        data = target.read_bytes()
    except OSError:
        raise CoffreRefuse(
            f"Le miroir « {target} » ne peut pas être lu. Rien n’a été modifié. "
            "Vérifiez que le support est branché et que ce compte peut le lire."
        ) from None
    start = len(MARK) + 4
    end = start + int.from_bytes(data[len(MARK) : start], "big")
    epoque = EpoqueFermee.from_bytes(data[start:end]) if data[: len(MARK)] == MARK else None
    if epoque is None or not _is_ring_of(data[end:], epoque):
        raise CoffreRefuse(
            f"Le fichier « {target} » n’est pas un miroir de Jalon, ou il est abîmé. Rien n’a été modifié. "
            "Cherchez une autre copie du miroir."
        )
    return epoque, data[end:]


def restore(path: Path, home: Path) -> None:
    """Lay the mirror down as the vault of an empty home. The register of destructions must be replayed afterwards."""
    ring = home / TROUSSEAU
    if ring.exists() or (home / COURANTE).exists():
        raise CoffreRefuse(
            f"Il y a déjà un coffre dans « {home} ». Rien n’a été modifié. "
            "Restaurez dans un dossier vide, ou mettez d’abord ce coffre de côté."
        )
    epoque, trousseau = read(path)
    disque.make_folder(home)
    disque.remove_strays(home, TROUSSEAU)
    # Under the second name first: an interrupted restore is begun again, and a finished one is settled at opening.
    disque.write_whole(home / SUIVANTE, epoque.to_bytes())
    disque.write_whole(ring, trousseau)


def _is_ring_of(trousseau: bytes, epoque: EpoqueFermee) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(trousseau)
        row = connection.execute("SELECT identifiant, epoque FROM trousseau").fetchone()
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return sound and row == (epoque.trousseau, epoque.numero)
    except (sqlite3.Error, OverflowError):
        return False
    finally:
        connection.close()


def _make_place(target: Path) -> None:
    try:
        disque.make_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: OSError) -> MiroirInaccessible:
    reason = _REASONS.get(error.errno or 0, "erreur du support")
    return MiroirInaccessible(
        f"Le miroir « {target} » n’a pas pu être écrit : {reason}. "
        "Tant qu’il n’est pas rafraîchi, il garde les clés déjà détruites. "
        "Vérifiez ce support, puis relancez la sauvegarde."
    )
