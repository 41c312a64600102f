"""An official archive, zip or folder, opened as something that cannot be trusted.

Nothing is ever unpacked on the disk. A member that would leave the folder, an archive that lies about its size or
that is cut short is refused by name, before any of it is used.
"""

from __future__ import annotations

import contextlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from jalon.metiers.erreurs import ArchiveRefusee

MEMBERS_MAX = 2_000
# Honest text compresses 6 to 15 times; a bomb a thousand times.
RATIO_MAX = 150
RATIO_FROM = 5_000_000
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class Archive:
    """The members of a zip or of a folder, by base name, with a wall on what they may unpack to."""

    def __init__(self, path: Path, size_max: int) -> None:
        self.path = path
        self.size_max = size_max
        self._zip: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo | Path] = {}
        if path.is_dir():
            self._list_folder()
        elif path.is_file():
            self._list_zip()
        else:
            raise ArchiveRefusee(
                f"« {path.name or path} » n’existe pas. Donnez le chemin de l’archive officielle ou de son dossier.",
                "chemin",
            )

    @property
    def names(self) -> list[str]:
        return sorted(self._members)

    def find(self, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
        return [(name, matched) for name in self.names if (matched := pattern.match(name))]

    def read(self, name: str) -> bytes:
        """The whole of a member. Zip members are checked against their own checksum."""
        with self.open(name) as stream:
            return stream.read()

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        member = self._members[name]
        if isinstance(member, Path):
            with member.open("rb") as stream:
                yield stream
            return
        assert self._zip is not None
        try:
            with self._zip.open(member) as stream:
                yield io.BufferedReader(_Walled(stream, name, member.file_size), CHUNK)
        except BROKEN as error:
            raise ArchiveRefusee(
                f"L’archive est abîmée : « {name} » ne se lit pas jusqu’au bout. Téléchargez-la de nouveau.",
                name,
            ) from error

    def close(self) -> None:
        if self._zip is not None:
            self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _list_folder(self) -> None:
        root = self.path.resolve()
        total = 0
        for path in sorted(self.path.iterdir()):
            if path.name.startswith("."):
                continue
            if not path.resolve().is_relative_to(root):
                raise ArchiveRefusee(f"« {path.name} » mène hors du dossier donné : refusé.", path.name)
            if path.is_file():
                total += path.stat().st_size
                self._check_total(total, path.name)
                self._members[path.name] = path

    def _list_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self.path)
            members = self._zip.infolist()
        except BROKEN as error:
            raise ArchiveRefusee(
                f"« {self.path.name} » n’est pas une archive zip entière. Téléchargez-la de nouveau.",
                self.path.name,
            ) from error
        if len(members) > MEMBERS_MAX:
            raise ArchiveRefusee(
                f"« {self.path.name} » contient {len(members)} fichiers : refusé.", self.path.name
            )
        total = 0
        for member in members:
            _refuse_escape(member)
            if member.is_dir():
                continue
            total += member.file_size
            self._check_total(total, member.filename)
            if member.file_size > RATIO_FROM and member.file_size > RATIO_MAX * max(member.compress_size, 1):
                raise ArchiveRefusee(
                    f"« {member.filename} » se déplierait {member.file_size // max(member.compress_size, 1)} fois : "
                    "ce n’est pas une archive officielle, elle est refusée.",
                    member.filename,
                )
            if member.flag_bits & 0x1:
                raise ArchiveRefusee(f"« {member.filename} » est chiffré : refusé.", member.filename)
            name = PurePosixPath(member.filename).name
            if name.startswith((".", "__MACOSX")):
                continue
            if name in self._members:
                raise ArchiveRefusee(f"« {name} » est deux fois dans l’archive : refusé.", name)
            self._members[name] = member

    def _check_total(self, total: int, name: str) -> None:
        if total > self.size_max:
            raise ArchiveRefusee(
                f"Dépliée, l’archive dépasserait {self.size_max // 1_000_000} Mo (à « {name} ») : "
                "ce n’est pas une archive officielle, elle est refusée.",
                name,
            )


class _Walled(io.RawIOBase):
    """A stream that stops a member which unpacks to more than it declared."""

    def __init__(self, stream: IO[bytes], name: str, declared: int) -> None:
        self._stream, self._name, self._left = stream, name, declared

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = self._stream.read(len(buffer))
        self._left -= len(read)
        if self._left < 0:
            raise ArchiveRefusee(
                f"« {self._name} » dépasse la taille que l’archive annonce : refusé.", self._name
            )
        buffer[: len(read)] = read
        return len(read)


def _refuse_escape(member: zipfile.ZipInfo) -> None:
    """No absolute path, no «..», no drive, no link: even though nothing is unpacked, such an archive lies."""
    name = member.orig_filename if hasattr(member, "orig_filename") else member.filename
    parts = name.replace("\\", "/").split("/")
    absolute = name.startswith(("/", "\\")) or re.match(r"^[A-Za-z]:", name)
    if absolute or ".." in parts or "\x00" in name or stat.S_ISLNK(member.external_attr >> 16):
        raise ArchiveRefusee(f"« {name!r} » sortirait du dossier : l’archive est refusée.", member.filename)
