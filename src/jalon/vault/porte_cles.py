"""The living keys of one home: the ring, the epoch key that wraps its series, the master key that wraps the epoch key.

Several processes and threads share them. Each opening reads the ring again, so that nobody goes on using a key that
another process has destroyed; only the epoch key is kept in memory, with its number, and read again when it changes.
"""

from __future__ import annotations

import contextlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jalon.vault import cles, disque
from jalon.vault.epoque import KEY_BYTES, AutreCle, Epoque, EpoqueFermee
from jalon.vault.erreurs import CleAbsente, CoffreRefuse, PieceIllisible
from jalon.vault.serrure import Serrure, read
from jalon.vault.trousseau import Etat, Trousseau

TROUSSEAU = "trousseau.sqlite3"

# A renewal by another process may move the ring under a reader's eyes; it cannot do so for ever.
_LOOKS = 50


@dataclass(frozen=True)
class PreuveDestruction:
    """What a procès-verbal may say: identifiers, epochs and fingerprints of the ring, never content."""

    epoque_avant: int
    epoque_apres: int
    empreinte_avant: str
    empreinte_apres: str
    cles: tuple[str, ...]
    deja_absentes: tuple[str, ...] = ()


class PorteCles:
    def __init__(self, home: Path, master: bytes) -> None:
        """Use `PorteCles.open`, after `PorteCles.create` the very first time."""
        self.trousseau = Trousseau(home / TROUSSEAU)
        self.serrure = Serrure(home)
        self._master = master
        self._epoque: Epoque | None = None

    @classmethod
    def create(cls, home: Path, master: bytes) -> None:
        """Refuses a home that already has a ring or an epoch key: they may be somebody's only ones."""
        check_master(master)
        serrure, path = Serrure(home), home / TROUSSEAU
        if path.exists() or serrure.courante.exists():
            raise CoffreRefuse(
                f"Il y a déjà un coffre dans « {home} ». Rien n’a été modifié. "
                "Ouvrez-le avec sa clé maîtresse, ou choisissez un autre dossier."
            )
        disque.make_folder(home)
        with serrure.held():
            epoque = Epoque.first(str(uuid.uuid4()))
            serrure.prepare(epoque, master)
            Trousseau.create(path, epoque)
            serrure.settle(epoque, master)

    @classmethod
    def open(cls, home: Path, master: bytes) -> PorteCles:
        """Refuses, and writes nothing, unless this master key opens this ring's epoch key."""
        check_master(master)
        if not (home / TROUSSEAU).exists():
            raise CoffreRefuse(
                f"Il n’y a pas de coffre dans « {home} » : le fichier « {TROUSSEAU} » manque. Rien n’a été créé. "
                "Vérifiez le dossier de données, restaurez le miroir, "
                "ou créez le coffre s’il s’agit d’une première installation."
            )
        porte_cles = cls(home, master)
        try:
            porte_cles.epoque()
            if not porte_cles.serrure.is_settled():
                with porte_cles.serrure.held():
                    porte_cles.settle()
        except BaseException:
            porte_cles.close()
            raise
        return porte_cles

    def close(self) -> None:
        self.trousseau.close()

    def make(self, key_ids: Iterable[str]) -> None:
        """A key that is already there stays: making it again would lose what it sealed."""
        new_keys = {cles.checked(key_id): secrets.token_bytes(KEY_BYTES) for key_id in key_ids}
        for _ in range(_LOOKS):
            if self.trousseau.add(new_keys, self.epoque()):
                return
        raise _unsteady()

    def data_key(self, key_id: str) -> bytes:
        """Never cached: the ring is asked each time, so that a destruction elsewhere is seen at once.

        A row that the ring's own epoch key does not open is damaged.
        """
        epoque = self._epoque
        for _ in range(_LOOKS):
            row = self.trousseau.find(key_id)
            if row is None:
                raise CleAbsente(key_id)
            if epoque is not None and epoque.numero == row.epoque:
                with contextlib.suppress(AutreCle):
                    return row.open(key_id, epoque)
            known, epoque = epoque, self.epoque()
            if epoque is known:
                raise PieceIllisible
        raise _unsteady()

    def opens(self, key_id: str) -> bool:
        """False for a damaged row. One that is gone meanwhile is not damaged."""
        try:
            self.data_key(key_id)
        except PieceIllisible:
            return False
        except CleAbsente:
            return True
        return True

    def epoque(self) -> Epoque:
        """The epoch key that the ring names now, from memory if we have it, from its file if not."""
        for _ in range(_LOOKS):
            etat = self.trousseau.etat()
            known = self._epoque
            if known is not None and known.numero == etat.epoque and known.is_attested_by(etat.temoin):
                return known
            epoque = self.serrure.open(etat, self._master)
            if epoque is not None:
                self._epoque = epoque
                return epoque
            if self.trousseau.etat() == etat:
                raise CoffreRefuse(
                    f"La clé d’époque ne correspond pas au trousseau, qui en est à l’époque {etat.epoque}. "
                    "Rien n’a été modifié. Restaurez ensemble le trousseau et la clé d’époque depuis le miroir."
                )
        raise _unsteady()

    def settle(self) -> Epoque:
        """With the lock held: finish what an interrupted renewal left, and prove our master key on the file itself."""
        etat = self.trousseau.etat()
        epoque = self.serrure.open(etat, self._master)
        if epoque is None:
            raise _unsteady()
        self.serrure.settle(epoque, self._master)
        self._epoque = epoque
        return epoque

    def renew(self, condemned: Iterable[str] = ()) -> PreuveDestruction:
        """Destroy these keys, if any, and pass under a new epoch key. Absent keys are no error: a destruction is resumed."""
        gone = tuple(dict.fromkeys(cles.checked(key_id) for key_id in condemned))
        with self.serrure.held():
            before = self.settle()
            after = before.next()
            empreinte = self.trousseau.empreinte()
            self.serrure.prepare(after, self._master)
            found = frozenset(self.trousseau.rewrap(before, after, gone, destruction=bool(gone)))
            self.serrure.settle(after, self._master)
            self._epoque = after
            return PreuveDestruction(
                epoque_avant=before.numero,
                epoque_apres=after.numero,
                empreinte_avant=empreinte,
                empreinte_apres=self.trousseau.empreinte(),
                cles=gone,
                deja_absentes=tuple(key_id for key_id in gone if key_id not in found),
            )

    def rotate_master(self, new: bytes) -> PreuveDestruction:
        """Pass under another master key, then renew the epoch: copies under the old one open nothing any more."""
        check_master(new)
        with self.serrure.held():
            epoque = self.settle()
            self.serrure.prepare(epoque, new)
            self.serrure.settle(epoque, new)
            self._master = new
            return self.renew()

    def copy(self) -> tuple[Etat, EpoqueFermee, bytes]:
        """Ring and closed epoch key that go together, with the lock held.

        The state is read before the copy: a key added meanwhile only makes the copy newer than it says.
        """
        self.settle()
        etat = self.trousseau.etat()
        fermee = read(self.serrure.courante)
        if fermee is None:
            raise _unsteady()
        return etat, fermee, self.trousseau.copy()


def check_master(master: bytes) -> None:
    if not isinstance(master, bytes) or len(master) != KEY_BYTES:
        raise CoffreRefuse(
            "La clé maîtresse n’a pas la bonne longueur. Rien n’a été modifié. "
            "Fournissez la clé de cette installation, telle qu’elle figure sur la feuille de secours."
        )


def _unsteady() -> CoffreRefuse:
    return CoffreRefuse(
        "Le trousseau change trop vite pour être lu. Rien n’a été modifié. Réessayez dans quelques instants."
    )
