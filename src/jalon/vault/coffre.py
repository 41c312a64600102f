"""The vault: the ring of data keys, the epoch key that wraps it, and what is sealed under them.

Destroying a data key destroys what it sealed, everywhere: the key leaves the ring and, in the same transaction, the
survivors pass under a new epoch key; the old epoch key is then destroyed, so that an older copy of the ring opens
nothing. Several processes and threads share one home: each opening reads the ring again, so that nobody goes on
using a key that another process has destroyed.
"""

from __future__ import annotations

import contextlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar, overload

from jalon.vault import cles, disque, miroir, scelle
from jalon.vault.epoque import KEY_BYTES, AutreCle, Epoque, derive
from jalon.vault.erreurs import CleAbsente, CoffreRefuse, PieceIllisible
from jalon.vault.miroir import EtatMiroir
from jalon.vault.objets import Objets
from jalon.vault.pieces import Piece, codec
from jalon.vault.serrure import Serrure, read
from jalon.vault.trousseau import Trousseau

TROUSSEAU = "trousseau.sqlite3"
OBJETS = "objets"

P = TypeVar("P", bound=Piece)

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


class Coffre:
    def __init__(self, home: Path, master: bytes, trousseau: Trousseau) -> None:
        """Use `Coffre.open` or `Coffre.create`."""
        self.home = home
        self._master = master
        self._trousseau = trousseau
        self._serrure = Serrure(home)
        self._epoque: Epoque | None = None
        self.objects = Objets(home / OBJETS, self._data_key)

    @classmethod
    def create(cls, home: Path, master: bytes) -> Coffre:
        """The very first opening of an installation. Refuses a home that already has a ring or an epoch key."""
        _check_master(master)
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
        return cls.open(home, master)

    @classmethod
    def open(cls, home: Path, master: bytes) -> Coffre:
        """Refuses, and writes nothing, unless this master key opens this ring's epoch key."""
        _check_master(master)
        path = home / TROUSSEAU
        if not path.exists():
            raise CoffreRefuse(
                f"Il n’y a pas de coffre dans « {home} » : le fichier « {TROUSSEAU} » manque. Rien n’a été créé. "
                "Vérifiez le dossier de données, restaurez le miroir, "
                "ou créez le coffre s’il s’agit d’une première installation."
            )
        coffre = cls(home, master, Trousseau(path))
        try:
            coffre._read_epoque()
            if not coffre._serrure.is_settled():
                with coffre._serrure.held():
                    coffre._settle()
        except BaseException:
            coffre.close()
            raise
        return coffre

    def close(self) -> None:
        self._trousseau.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def identifiant(self) -> str:
        """The random name of this ring: what tells one installation's vault from another's."""
        return self._trousseau.etat().identifiant

    @property
    def epoque(self) -> int:
        return self._trousseau.etat().epoque

    # Keys

    def create_keys(self, key_ids: Iterable[str]) -> None:
        """A key that is already there stays: making it again would lose what it sealed."""
        wanted = [cles.checked(key_id) for key_id in key_ids]
        new_keys = {key_id: secrets.token_bytes(KEY_BYTES) for key_id in wanted}
        for _ in range(_LOOKS):
            epoque = self._read_epoque()
            wrapped = [(key_id, epoque.wrap_key(key_id, key)) for key_id, key in new_keys.items()]
            if self._trousseau.add(wrapped, epoque):
                return
        raise _unsteady()

    def has_key(self, key_id: str) -> bool:
        return self._trousseau.find(key_id) is not None

    def key_ids(self, prefix: str = "") -> list[str]:
        return self._trousseau.key_ids(prefix)

    def destroy_keys(self, key_ids: Iterable[str]) -> PreuveDestruction:
        """Destroy these keys and renew the epoch. Absent keys are no error: an interrupted destruction is resumed."""
        condemned = tuple(dict.fromkeys(cles.checked(key_id) for key_id in key_ids))
        return self._renew(condemned)

    def renew_epoch(self) -> PreuveDestruction:
        """Every night: older copies of the ring become unreadable."""
        return self._renew(())

    def rotate_master(self, new: bytes) -> PreuveDestruction:
        """Pass under another master key, and renew the epoch: copies under the old master key open nothing any more.

        Cut anywhere, exactly one of the two opens the vault: keep both until this has returned. The other processes
        must be restarted with the new one.
        """
        _check_master(new)
        with self._serrure.held():
            epoque = self._settle()
            self._serrure.prepare(epoque, new)
            self._serrure.settle(epoque, new)
            self._master = new
            return self._renew(())

    def damaged_keys(self) -> list[str]:
        """Ids of rows that no longer open: for the verification, never for a page."""
        return [key_id for key_id in self.key_ids() if not self._opens(key_id)]

    def installation_secret(self, name: str) -> bytes:
        """32 bytes that belong to this installation (seal, second factor), made at the first asking."""
        key_id = cles.installation_key(name)
        if not self.has_key(key_id):
            self.create_keys([key_id])
        return derive(self._data_key(key_id), "jalon/installation/1", name.encode())

    # Pieces and bytes

    def seal(self, piece: Piece, *, key_id: str, piece_id: object, revision: int) -> bytes:
        _check_tiroir(piece, key_id)
        etiquette = scelle.Etiquette(piece.kind, piece.version)
        return scelle.seal(
            self._data_key(key_id), etiquette, codec.encode(piece), key_id, str(piece_id), revision
        )

    @overload
    def open_piece(
        self, ciphertext: bytes, *, key_id: str, piece_id: object, revision: int, expect: type[P]
    ) -> P: ...
    @overload
    def open_piece(self, ciphertext: bytes, *, key_id: str, piece_id: object, revision: int) -> Piece: ...
    def open_piece(
        self,
        ciphertext: bytes,
        *,
        key_id: str,
        piece_id: object,
        revision: int,
        expect: type[Piece] = Piece,
    ) -> Piece:
        """The piece, proved to be the one that was sealed for this place. `expect` also proves its kind."""
        etiquette, content = scelle.open_sealed(
            self._data_key(key_id), bytes(ciphertext), key_id, str(piece_id), revision
        )
        piece = codec.decode(etiquette.kind, etiquette.version, content)
        if not isinstance(piece, expect):
            raise PieceIllisible
        return piece

    def seal_bytes(self, data: bytes, *, key_id: str, piece_id: object, label: str) -> bytes:
        """For what is not a piece: an issued document, a secret of an account."""
        return scelle.seal(self._data_key(key_id), _OCTETS, data, key_id, str(piece_id), label)

    def open_bytes(self, ciphertext: bytes, *, key_id: str, piece_id: object, label: str) -> bytes:
        etiquette, data = scelle.open_sealed(
            self._data_key(key_id), bytes(ciphertext), key_id, str(piece_id), label
        )
        if etiquette != _OCTETS:
            raise PieceIllisible
        return data

    # The mirror

    def mirror_to(self, path: Path, now: datetime) -> EtatMiroir:
        """Write the mirror there, now and from now on. The former one is destroyed if it can be reached."""
        with self._serrure.held():
            former = miroir.Reglage.read(self.home)
            if former is None or former.chemin != path.absolute():
                state = self._write_mirror(miroir.Reglage(path.absolute()), now)
                if former is not None and miroir.mirror_file(former.chemin) != miroir.mirror_file(
                    path.absolute()
                ):
                    miroir.destroy(former.chemin)
                return state
            return self._write_mirror(former, now)

    def refresh_mirror(self, now: datetime) -> EtatMiroir:
        """Raises `MiroirInaccessible` when it cannot: after a destruction, that is an alarm."""
        with self._serrure.held():
            reglage = miroir.Reglage.read(self.home)
            return self._write_mirror(reglage, now) if reglage else miroir.NO_MIRROR

    def _write_mirror(self, reglage: miroir.Reglage, now: datetime) -> EtatMiroir:
        miroir.require_support(reglage, self.home)
        self._settle()
        etat = (
            self._trousseau.etat()
        )  # before the copy: a key added meanwhile only makes the copy newer than it says
        fermee = read(self._serrure.courante)
        if fermee is None:
            raise _unsteady()
        miroir.write(reglage.chemin, fermee, self._trousseau.copy())
        fresh = miroir.Reglage(
            reglage.chemin,
            now,
            etat.identifiant,
            etat.epoque,
            etat.revision,
            miroir.is_elsewhere(reglage.chemin, self.home),
        )
        fresh.write(self.home)
        return fresh.state(self._trousseau.etat())

    def mirror_state(self) -> EtatMiroir:
        reglage = miroir.Reglage.read(self.home)
        return reglage.state(self._trousseau.etat()) if reglage else miroir.NO_MIRROR

    @staticmethod
    def restore_mirror(path: Path, home: Path) -> None:
        """The mirror becomes the vault of an empty home: open it, replay the destructions, renew the epoch."""
        miroir.restore(path, home, TROUSSEAU)

    # The epoch

    def _data_key(self, key_id: str) -> bytes:
        """Never cached: the ring is asked each time, so that a destruction elsewhere is seen at once.

        A row that the ring's own epoch key does not open is damaged.
        """
        epoque = self._epoque
        for _ in range(_LOOKS):
            row = self._trousseau.find(key_id)
            if row is None:
                raise CleAbsente(key_id)
            if epoque is not None and epoque.numero == row.epoque:
                with contextlib.suppress(AutreCle):
                    return epoque.unwrap_key(key_id, row.enveloppe)
            known, epoque = epoque, self._read_epoque()
            if epoque is known:
                raise PieceIllisible
        raise _unsteady()

    def _opens(self, key_id: str) -> bool:
        try:
            self._data_key(key_id)
        except PieceIllisible:
            return False
        except CleAbsente:
            return True
        return True

    def _read_epoque(self) -> Epoque:
        """The epoch key that the ring names now, from memory if we have it, from its file if not."""
        for _ in range(_LOOKS):
            etat = self._trousseau.etat()
            known = self._epoque
            if known is not None and known.numero == etat.epoque and known.is_attested_by(etat.temoin):
                return known
            epoque = self._serrure.open(etat, self._master)
            if epoque is not None:
                self._epoque = epoque
                return epoque
            if self._trousseau.etat() == etat:
                raise CoffreRefuse(
                    f"La clé d’époque ne correspond pas au trousseau, qui en est à l’époque {etat.epoque}. "
                    "Rien n’a été modifié. Restaurez ensemble le trousseau et la clé d’époque depuis le miroir."
                )
        raise _unsteady()

    def _settle(self) -> Epoque:
        """With the lock held: finish what an interrupted renewal left, and prove that our master key is the current one."""
        etat = self._trousseau.etat()
        epoque = self._serrure.open(etat, self._master)
        if epoque is None:
            raise _unsteady()
        self._serrure.settle(epoque, self._master)
        self._epoque = epoque
        return epoque

    def _renew(self, condemned: tuple[str, ...]) -> PreuveDestruction:
        with self._serrure.held():
            before = self._settle()
            after = before.next()
            empreinte = self._trousseau.empreinte()
            self._serrure.prepare(after, self._master)
            found = self._trousseau.rewrap(before, after, condemned, destruction=bool(condemned))
            self._serrure.settle(after, self._master)
            self._epoque = after
            return PreuveDestruction(
                epoque_avant=before.numero,
                epoque_apres=after.numero,
                empreinte_avant=empreinte,
                empreinte_apres=self._trousseau.empreinte(),
                cles=condemned,
                deja_absentes=tuple(key_id for key_id in condemned if key_id not in set(found)),
            )


_OCTETS = scelle.Etiquette("octets", 1)


def _check_master(master: bytes) -> None:
    if not isinstance(master, bytes) or len(master) != KEY_BYTES:
        raise CoffreRefuse(
            "La clé maîtresse n’a pas la bonne longueur. Rien n’a été modifié. "
            "Fournissez la clé de cette installation, telle qu’elle figure sur la feuille de secours."
        )


def _check_tiroir(piece: Piece, key_id: str) -> None:
    """A note of the consultant never goes into a drawer that outlives it: this is a mistake of ours, not of a person."""
    tiroir = cles.tiroir_of(key_id)
    if tiroir is not None and tiroir not in piece.tiroirs():
        raise ValueError(f"a piece of kind {piece.kind!r} does not go into tiroir {tiroir!r}")


def _unsteady() -> CoffreRefuse:
    return CoffreRefuse(
        "Le trousseau change trop vite pour être lu. Rien n’a été modifié. Réessayez dans quelques instants."
    )
