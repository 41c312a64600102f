"""Cut the power before each disk operation of each change of the vault, then look at what is left.

Run as a program by `test_coupures.py`, in a process without threads, so that it may fork: each child dies by
`os._exit` at its own step, with no `finally` and no rollback. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from jalon.vault import Coffre, CoffreRefuse, porte_cles, trousseau
from jalon.vault.cles import serie_of
from jalon.vault.trousseau import Trousseau

MASTER, NEW_MASTER = bytes(range(32)), bytes(range(32, 64))
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
# «bilan» is one series, where survivors stand beside a condemned key; the others stand alone in theirs.
KEPT = [f"bilan/garde-{n}" for n in range(3)] + [f"piece/garde-{n}" for n in range(5)]
DOOMED = ["bilan/condamnee-1", "piece/condamnee-2"]
# One series of each sort is cut into: 256 times the same cut would prove no more.
WATCHED = {serie_of(key_id) for key_id in (*DOOMED, KEPT[-1])}
CUT = 9


class Cut:
    """Counts the disk operations of this process and dies before the one it was told."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def wrap(
        self, owner: object, name: str, *, half: bool = False, when: Callable[..., bool] = lambda *_: True
    ) -> None:
        original = getattr(owner, name)

        def step(*args: object, **kwargs: object) -> object:
            if not when(*args):
                return original(*args, **kwargs)
            self.count += 1
            if self.count == self.at:
                if half:
                    fd, data, offset = args
                    os.write(2, b"")
                    original(fd, data[: len(data) // 2], offset)
                os._exit(CUT)
            return original(*args, **kwargs)

        setattr(owner, name, step)

    def arm(self) -> None:
        self.wrap(os, "fsync")
        self.wrap(os, "replace")
        self.wrap(os, "pwrite", half=True)
        self.wrap(pathlib.Path, "unlink")
        self.wrap(Trousseau, "_commit")
        self.wrap(Trousseau, "_transaction")
        self.wrap(Trousseau, "_renew_serie", when=lambda ring, cx, head, *_: head[0] in WATCHED)
        self.wrap(trousseau, "_lay_rows", when=lambda cx, numero, rows: numero in WATCHED)
        self.wrap(Trousseau, "_replace_heads")
        self.wrap(trousseau, "_lay_heads")


def write_early() -> None:
    """SQLite writes into the ring before the end of the transaction: a cut then leaves half of it, and its journal."""
    connect = trousseau._connect

    def with_a_small_cache(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA cache_size = 1")
        return connection

    trousseau._connect = with_a_small_cache


def create(home: Path) -> None:
    Coffre.create(home, MASTER)


def destroy(home: Path) -> None:
    Coffre.open(home, MASTER).destroy_keys(DOOMED)


def renew(home: Path) -> None:
    Coffre.open(home, MASTER).renew_epoch()


def rotate(home: Path) -> None:
    Coffre.open(home, MASTER).rotate_master(NEW_MASTER)


def mirror(home: Path) -> None:
    Coffre.open(home, MASTER).refresh_mirror(NOW)


def restore(home: Path) -> None:
    Coffre.restore_mirror(home.parent / "miroir", home)
    Coffre.open(home, MASTER)


def prepare(home: Path, operation: str) -> dict[str, bytes]:
    """A vault with survivors, condemned keys and a mirror that is already old."""
    with Coffre.create(home, MASTER) as coffre:
        coffre.create_keys(KEPT + DOOMED)
        coffre.mirror_to(home.parent / "miroir", NOW)
        sealed = {k: coffre.seal_bytes(k.encode(), key_id=k, piece_id="p", label="x") for k in KEPT + DOOMED}
        if operation == "mirror":
            coffre.renew_epoch()
    if operation in ("create", "restore"):
        shutil.rmtree(home)
    return sealed


def cut_child(operation: str, home: Path, at: int) -> bool:
    """True if the child was cut, False if it got to the end."""
    pid = os.fork()
    if pid == 0:
        try:
            write_early()
            Cut(at).arm()
            globals()[operation](home)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status not in (0, CUT):
        raise SystemExit(f"{operation} step {at}: died with {status}")
    return status == CUT


def opens(coffre: Coffre, sealed: dict[str, bytes], key_id: str) -> bool:
    return coffre.open_bytes(sealed[key_id], key_id=key_id, piece_id="p", label="x") == key_id.encode()


def check(operation: str, home: Path, sealed: dict[str, bytes]) -> None:
    """What must hold wherever the cut fell; then the operation is done again, and must have its whole effect."""
    if operation == "create":
        if not (home / porte_cles.TROUSSEAU).exists():
            Coffre.create(home, MASTER).close()
        with Coffre.open(home, MASTER) as coffre:
            coffre.create_keys(KEPT)
            assert coffre.key_ids() == KEPT
        return clean(home)
    if operation == "restore" and not (home / porte_cles.TROUSSEAU).exists():
        Coffre.restore_mirror(home.parent / "miroir", home)
    masters = []
    for master in (MASTER, NEW_MASTER):
        try:
            with Coffre.open(home, master) as coffre:
                assert all(opens(coffre, sealed, k) for k in KEPT)
                assert coffre.damaged_keys() == []
                found = [coffre.has_key(k) for k in DOOMED]
                assert found in ([True, True], [False, False]), found
                masters.append(master)
                break
        except CoffreRefuse:
            continue
    assert masters, "neither master key opens the vault"
    assert operation == "rotate" or masters == [MASTER]
    with Coffre.open(home, masters[0]) as coffre:
        assert (home / "epoque.cle").exists()
        coffre.destroy_keys(DOOMED)
        assert not any(coffre.has_key(k) for k in DOOMED)
        assert all(opens(coffre, sealed, k) for k in KEPT)
        if operation != "restore":
            assert coffre.mirror_state().a_rafraichir
            coffre.refresh_mirror(NOW)
            assert coffre.mirror_state().a_jour
    copy = home.parent / "copie"
    Coffre.restore_mirror(home.parent / "miroir", copy)
    with Coffre.open(copy, masters[0]) as coffre:
        assert all(opens(coffre, sealed, k) for k in KEPT)
        assert operation == "restore" or not any(coffre.has_key(k) for k in DOOMED)
    clean(home)
    strays = [path.name for path in home.parent.iterdir() if path.name.startswith("miroir.")]
    assert strays == [], strays


def clean(home: Path) -> None:
    """Only one epoch key is left, and nothing half written."""
    allowed = {"trousseau.sqlite3", "trousseau.verrou", "epoque.cle", "miroir.json"}
    left = {path.name for path in home.iterdir()} - allowed
    assert left == set(), left


def is_half_written(home: Path) -> bool:
    journal = home / f"{porte_cles.TROUSSEAU}-journal"
    return journal.exists() and journal.stat().st_size > 0


def every_step(operation: str, work: Path) -> tuple[int, int]:
    """How many cuts were made, and how many of them fell on a ring that SQLite had begun to write."""
    half_written = 0
    home, model = work / operation / "var", work / f"{operation}-modele"
    home.parent.mkdir()
    sealed = prepare(home, operation)
    home.parent.rename(model)
    for at in range(1, 500):
        shutil.rmtree(home.parent, ignore_errors=True)
        shutil.copytree(model, home.parent)
        was_cut = cut_child(operation, home, at)
        half_written += is_half_written(home)
        try:
            check(operation, home, sealed)
        except Exception as error:
            raise SystemExit(f"{operation}, cut before step {at}: {error!r}") from error
        if not was_cut:
            return at - 1, half_written
    raise SystemExit(f"{operation} never ends")


def kill_at_random(work: Path, rounds: int, graine: int) -> int:
    """SIGKILL whenever it falls, in SQLite's own writing too."""
    chance = random.Random(graine)
    home = work / "hasard" / "var"
    home.parent.mkdir()
    sealed = prepare(home, "destroy")
    for _ in range(rounds):
        at_work, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            coffre = Coffre.open(home, MASTER)
            while True:
                coffre.create_keys(DOOMED)
                coffre.destroy_keys(DOOMED)
                coffre.refresh_mirror(NOW)
                os.write(tell, b".")
        os.close(tell)
        os.read(at_work, 1)
        os.close(at_work)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with Coffre.open(home, MASTER) as coffre:
            assert all(opens(coffre, sealed, k) for k in KEPT)
            assert coffre.damaged_keys() == []
    with Coffre.open(home, MASTER) as coffre:
        return coffre.epoque


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    steps = {
        name: every_step(name, folder)
        for name in ("create", "destroy", "renew", "rotate", "mirror", "restore")
    }
    print(
        json.dumps(
            {
                "etapes": {name: cuts for name, (cuts, _) in steps.items()},
                "a_moitie": {name: half for name, (_, half) in steps.items()},
                "epoque": kill_at_random(folder, 12, 7),
            }
        )
    )
