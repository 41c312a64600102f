"""Encrypted files, in chunks of 64 KiB (STREAM construction): written as they arrive, never in clear on the disk.

Each chunk is sealed with its rank and whether it is the last, so that none can be moved, left out or cut off. Every
chunk is full: the last one is filled up, so that a stored file tells its size only to the nearest 64 KiB.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jalon.vault import disque
from jalon.vault.epoque import context, derive
from jalon.vault.erreurs import FichierRefuse, PieceIllisible

MARK = b"JLO\x01"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 32, 7, 16
HEADER_BYTES = len(MARK) + SALT_BYTES + PREFIX_BYTES
CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + TAG_BYTES
TAILLE_MAX = 50 * 1024 * 1024
END = b"\x80"

_OBJECT_ID = re.compile(r"[0-9a-f]{32}")
_PARTIAL = ".partiel"


@dataclass(frozen=True)
class Depose:
    """What a finished writing tells. The fingerprint is of the clear content: keep it only inside a sealed piece."""

    taille: int
    sha256: str


class Objets:
    """The folder of encrypted files. `data_key` reads the ring at each use: a destroyed key opens nothing."""

    def __init__(self, folder: Path, data_key: Callable[[str], bytes]) -> None:
        self.folder = folder
        self._data_key = data_key

    @staticmethod
    def new_id() -> str:
        """A random name: it says nothing of whose file it is, nor of what."""
        return secrets.token_hex(16)

    def writer(
        self, object_id: str, *, key_id: str, context: str = "", taille_max: int = TAILLE_MAX
    ) -> Ecriture:
        path = self._path(object_id)
        disque.make_folder(path.parent)
        return Ecriture(path, _Chiffre(self._data_key(key_id), key_id, object_id, context), taille_max)

    def reader(self, object_id: str, *, key_id: str, context: str = "") -> Lecture:
        """Ready to be iterated, once: header, end and size are already proved, so that a cut file gives no byte at all."""
        data_key = self._data_key(key_id)
        try:
            file = open(self._path(object_id), "rb")  # noqa: SIM115 (closed by the reading)
        except FileNotFoundError:
            raise PieceIllisible(
                "Ce fichier n’est plus dans le coffre. S’il ne devait pas être détruit, restaurez-le."
            ) from None
        return Lecture(file, _Chiffre(data_key, key_id, object_id, context))

    def store(self, object_id: str, data: bytes, *, key_id: str, context: str = "") -> Depose:
        writer = self.writer(object_id, key_id=key_id, context=context)
        try:
            writer.write(data)
            return writer.finish()
        except BaseException:
            writer.abort()
            raise

    def load(self, object_id: str, *, key_id: str, context: str = "") -> bytes:
        return b"".join(self.reader(object_id, key_id=key_id, context=context))

    def exists(self, object_id: str) -> bool:
        return self._path(object_id).exists()

    def delete(self, object_id: str) -> None:
        """Deleting what is already gone is no error: a destruction is resumed until it is done."""
        disque.remove(self._path(object_id))
        disque.remove(_partial(self._path(object_id)))

    def ids(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("??/*") if _OBJECT_ID.fullmatch(path.name))

    def clean_orphans(self, known_ids: Collection[str], *, before: datetime | None = None) -> list[str]:
        """Delete the files that no record names, and unfinished ones. `before` spares what is still arriving."""
        known, limit = frozenset(known_ids), before.timestamp() if before else None
        removed = []
        for path in sorted(self.folder.glob("??/*")):
            if path.name in known:
                continue
            with contextlib.suppress(FileNotFoundError):
                if limit is None or path.stat().st_mtime < limit:
                    disque.remove(path)
                    removed.append(path.name)
        return removed

    def _path(self, object_id: str) -> Path:
        if not isinstance(object_id, str) or not _OBJECT_ID.fullmatch(object_id):
            raise ValueError("an object id is 32 hexadecimal letters, made by new_id()")
        return self.folder / object_id[:2] / object_id


class _Chiffre:
    """The cipher of one file: a key of its own, derived with a fresh salt, bound to where the file belongs."""

    def __init__(self, data_key: bytes, key_id: str, object_id: str, where: str) -> None:
        self._data_key = data_key
        self._bound_to = context("jalon/objet/1", key_id, object_id, where)

    def begin(self, header: bytes) -> None:
        salt = header[len(MARK) : len(MARK) + SALT_BYTES]
        self._prefix = header[len(MARK) + SALT_BYTES :]
        self._cipher = AESGCM(derive(self._data_key, "jalon/objet/1", salt))

    def seal(self, rank: int, chunk: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(rank, last), chunk, self._bound_to)

    def open(self, rank: int, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(rank, last), sealed, self._bound_to)
        except InvalidTag:
            raise PieceIllisible from None

    def _nonce(self, rank: int, last: bool) -> bytes:
        return self._prefix + rank.to_bytes(4, "big") + bytes([last])


class Ecriture:
    """A file on its way in: `write` as it arrives, then `finish`, or `abort`. Nothing has the object's name before."""

    def __init__(self, path: Path, chiffre: _Chiffre, taille_max: int) -> None:
        self._path, self._chiffre, self._taille_max = path, chiffre, taille_max
        self._waiting, self._rank, self._taille = bytearray(), 0, 0
        self._hash = hashlib.sha256()
        if path.exists():
            raise ValueError("an object is written once: take a new id")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._file: BinaryIO | None = os.fdopen(os.open(_partial(path), flags, disque.PRIVATE), "wb")
        header = MARK + secrets.token_bytes(SALT_BYTES + PREFIX_BYTES)
        self._chiffre.begin(header)
        self._file.write(header)

    @property
    def taille(self) -> int:
        return self._taille

    def write(self, chunk: bytes) -> None:
        file = self._opened()
        self._taille += len(chunk)
        if self._taille > self._taille_max:
            self.abort()
            raise FichierRefuse(
                f"Ce fichier est trop lourd : {self._taille_max // (1024 * 1024)} Mo au plus. "
                "Réduisez-le, ou déposez-le en plusieurs fichiers."
            )
        self._hash.update(chunk)
        self._waiting += chunk
        # A full chunk waits until more comes: the last one must have room for its end mark.
        while len(self._waiting) > CHUNK:
            file.write(self._chiffre.seal(self._rank, bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
            self._rank += 1

    def finish(self) -> Depose:
        file = self._opened()
        if len(self._waiting) == CHUNK:
            file.write(self._chiffre.seal(self._rank, bytes(self._waiting), last=False))
            self._waiting.clear()
            self._rank += 1
        filled = (bytes(self._waiting) + END).ljust(CHUNK, b"\0")
        file.write(self._chiffre.seal(self._rank, filled, last=True))
        file.flush()
        os.fsync(file.fileno())
        file.close()
        self._file = None
        self._waiting.clear()
        disque.rename(_partial(self._path), self._path)
        return Depose(self._taille, self._hash.hexdigest())

    def abort(self) -> None:
        """Leaves nothing behind. Harmless after `finish` or another `abort`."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._waiting.clear()
            disque.remove(_partial(self._path))

    def _opened(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("this writing is already finished")
        return self._file


class Lecture:
    """The clear chunks of one file, and its `taille`. Closes itself at the end, or with `close`."""

    def __init__(self, file: BinaryIO, chiffre: _Chiffre) -> None:
        self._file, self._chiffre = file, chiffre
        try:
            chunks, rest = divmod(os.fstat(file.fileno()).st_size - HEADER_BYTES, SEALED_CHUNK)
            header = file.read(HEADER_BYTES)
            if chunks < 1 or rest or header[: len(MARK)] != MARK:
                raise PieceIllisible
            chiffre.begin(header)
            self._last = chunks - 1
            file.seek(HEADER_BYTES + self._last * SEALED_CHUNK)
            self._end = self._unfilled(chiffre.open(self._last, file.read(SEALED_CHUNK), last=True))
            file.seek(HEADER_BYTES)
        except BaseException:
            file.close()
            raise
        self.taille = self._last * CHUNK + len(self._end)

    def __iter__(self) -> Iterator[bytes]:
        try:
            for rank in range(self._last):
                yield self._chiffre.open(rank, self._file.read(SEALED_CHUNK), last=False)
            if self._end:
                yield self._end
        finally:
            self.close()

    def close(self) -> None:
        self._file.close()

    @staticmethod
    def _unfilled(chunk: bytes) -> bytes:
        data = chunk.rstrip(b"\0")
        if not data.endswith(END):
            raise PieceIllisible
        return data[: -len(END)]


def _partial(path: Path) -> Path:
    return path.with_name(path.name + _PARTIAL)
