"""The vault: the keys, and what is sealed under them.

Destroying a data key destroys what it sealed, everywhere: the key leaves the ring and, in the same transaction, the
survivors pass under a new epoch key; the old epoch key is then destroyed, so that an older copy of the ring opens
nothing. One `Coffre` per process and home; threads may share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar, overload

from jalon.vault import cles, scelle
from jalon.vault.epoque import derive
from jalon.vault.erreurs import PieceIllisible
from jalon.vault.miroir import EtatMiroir, Miroir, restore
from jalon.vault.objets import Objets
from jalon.vault.pieces import Piece, codec
from jalon.vault.porte_cles import PorteCles, PreuveDestruction

OBJETS = "objets"

P = TypeVar("P", bound=Piece)


class Coffre:
    def __init__(self, home: Path, porte_cles: PorteCles) -> None:
        """Use `Coffre.open`, or `Coffre.create` the very first time."""
        self.home = home
        self._keys = porte_cles
        self._miroir = Miroir(home, porte_cles)
        self.objects = Objets(home / OBJETS, porte_cles.data_key)

    @classmethod
    def create(cls, home: Path, master: bytes) -> Self:
        """The very first opening of an installation. Refuses a home that already has a vault."""
        PorteCles.create(home, master)
        return cls.open(home, master)

    @classmethod
    def open(cls, home: Path, master: bytes) -> Self:
        """Raises `CoffreRefuse`, and writes nothing, unless this master key is this vault's."""
        return cls(home, PorteCles.open(home, master))

    def close(self) -> None:
        self._keys.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def identifiant(self) -> str:
        """The random name of this ring: what tells one installation's vault from another's."""
        return self._keys.trousseau.etat().identifiant

    @property
    def epoque(self) -> int:
        return self._keys.trousseau.etat().epoque

    # Keys

    def create_keys(self, key_ids: Iterable[str]) -> None:
        """A key that is already there stays: making it again would lose what it sealed."""
        self._keys.make(key_ids)

    def has_key(self, key_id: str) -> bool:
        return self._keys.trousseau.find(key_id) is not None

    def key_ids(self, prefix: str = "") -> list[str]:
        return self._keys.trousseau.key_ids(prefix)

    def damaged_keys(self) -> list[str]:
        """Ids of rows that no longer open: for the verification, never for a page."""
        return [key_id for key_id in self.key_ids() if not self._keys.opens(key_id)]

    def destroy_keys(self, key_ids: Iterable[str]) -> PreuveDestruction:
        """Destroy these keys and renew the epoch. Absent keys are no error: an interrupted destruction is resumed."""
        return self._keys.renew(key_ids)

    def renew_epoch(self) -> PreuveDestruction:
        """Every night: older copies of the ring become unreadable."""
        return self._keys.renew()

    def rotate_master(self, new: bytes) -> PreuveDestruction:
        """Pass under another master key.

        Cut anywhere, one of the two opens the vault: keep both until this has returned. Then refresh the mirror, and
        restart the other processes with the new key.
        """
        return self._keys.rotate_master(new)

    def installation_secret(self, name: str) -> bytes:
        """32 bytes that belong to this installation (its seal, its second factors), made at the first asking."""
        key_id = cles.installation_key(name)
        if not self.has_key(key_id):
            self.create_keys([key_id])
        return derive(self._keys.data_key(key_id), "jalon/installation/1", name.encode())

    # Pieces and bytes

    def seal(self, piece: Piece, *, key_id: str, piece_id: object, revision: int) -> bytes:
        _check_tiroir(piece, key_id)
        etiquette = scelle.Etiquette(piece.kind, piece.version)
        content = codec.encode(piece)
        return scelle.seal(self._keys.data_key(key_id), etiquette, content, key_id, str(piece_id), revision)

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
        data_key = self._keys.data_key(key_id)
        etiquette, content = scelle.open_sealed(data_key, bytes(ciphertext), key_id, str(piece_id), revision)
        piece = codec.decode(etiquette.kind, etiquette.version, content)
        if not isinstance(piece, expect):
            raise PieceIllisible
        return piece

    def seal_bytes(self, data: bytes, *, key_id: str, piece_id: object, label: str) -> bytes:
        """For what is not a piece: an issued document, a secret of an account."""
        return scelle.seal(self._keys.data_key(key_id), scelle.OCTETS, data, key_id, str(piece_id), label)

    def open_bytes(self, ciphertext: bytes, *, key_id: str, piece_id: object, label: str) -> bytes:
        data_key = self._keys.data_key(key_id)
        etiquette, data = scelle.open_sealed(data_key, bytes(ciphertext), key_id, str(piece_id), label)
        if etiquette != scelle.OCTETS:
            raise PieceIllisible
        return data

    # The mirror

    def mirror_to(self, path: Path, now: datetime) -> EtatMiroir:
        """Write the mirror there, now and from now on. The former one is destroyed if it can be reached."""
        return self._miroir.move_to(path, now)

    def refresh_mirror(self, now: datetime) -> EtatMiroir:
        """Raises `MiroirInaccessible` when it cannot: after a destruction, that is an alarm."""
        return self._miroir.refresh(now)

    def mirror_state(self) -> EtatMiroir:
        return self._miroir.state()

    @staticmethod
    def restore_mirror(path: Path, home: Path) -> None:
        """The mirror becomes the vault of an empty home: open it, replay the destructions, renew the epoch."""
        restore(path, home)


def _check_tiroir(piece: Piece, key_id: str) -> None:
    """A note of the consultant never goes into a drawer that outlives it: this is a mistake of ours, not of a person."""
    tiroir = cles.tiroir_of(key_id)
    if tiroir is not None and tiroir not in piece.tiroirs():
        raise ValueError(f"a piece of kind {piece.kind!r} does not go into tiroir {tiroir!r}")
