"""The few things we do to files that hold keys. Every change is either wholly there after a power cut, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

PRIVATE = 0o600


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """A rename is only sure once its folder is on the disk. Some network disks have nothing to sync, and say so."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(fd)


def write_whole(path: Path, data: bytes) -> None:
    """Write under a neighbouring name, then rename: nobody ever reads half a file."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    rename(temporary, path)


def rename(source: Path, target: Path) -> None:
    os.replace(source, target)
    sync_folder(target.parent)


def overwrite(path: Path) -> None:
    """Random bytes over a file in place, so that the key leaves the disk's own blocks where the disk allows it."""
    with contextlib.suppress(FileNotFoundError), open(path, "r+b") as file:
        _fill(file.fileno())


def remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def replace_and_overwrite(path: Path, data: bytes) -> None:
    """The new file takes the name at once; then the old one, now without a name, is overwritten."""
    old: int | None = None
    with contextlib.suppress(FileNotFoundError):
        old = os.open(path, os.O_RDWR)
    try:
        write_whole(path, data)
        if old is not None:
            _fill(old)
    finally:
        if old is not None:
            os.close(old)


def remove_strays(folder: Path, name: str) -> None:
    """What a power cut left of `write_whole`."""
    for stray in folder.glob(f"{name}.*.tmp"):
        overwrite(stray)
        remove(stray)


def _fill(fd: int) -> None:
    os.pwrite(fd, secrets.token_bytes(os.fstat(fd).st_size), 0)
    os.fsync(fd)
