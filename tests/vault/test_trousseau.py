"""What the ring leaves on the disk, and what several threads and processes see of it."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import threading

import pytest
from tests.vault.anneau import MASTER, everything, head, key, spoil, table, wrapped, wrapped_in

from jalon.vault import CleAbsente, Coffre, CoffreRefuse
from jalon.vault.cles import serie_of

NEW_MASTER = bytes(range(32, 64))


def uneven(graine: int) -> list[str]:
    """Names of one series, of all lengths and in disorder: SQLite moves such rows, and forgets some where they were."""
    chance = random.Random(graine)
    widths = (16, 28, 53, 66)
    return [f"bilan-{graine}/{n * 7919 % 100:02d}".ljust(chance.choice(widths), "x") for n in range(100)]


def stale(home, key_ids: list[str]) -> list[str]:
    """Those of which some bytes are in the file twice."""
    ring = (home / "trousseau.sqlite3").read_bytes()
    rows = {k: row for numero in {*map(serie_of, key_ids)} for k, row in wrapped_in(home, numero).items()}
    return [k for k in key_ids if any(ring.count(rows[k][n : n + 8]) > 1 for n in range(0, 53, 4))]


def test_no_byte_of_a_destroyed_key_is_in_any_file(coffre, home):
    """Rows moved by many insertions leave stale copies in SQLite's pages: a plain DELETE would not be enough."""
    made = uneven(164)  # a seed after which SQLite leaves such copies
    for name in made:
        coffre.create_keys([name])
    for start in range(3):
        coffre.create_keys([key(n) for n in range(start, 900, 3)])
    condemned = [*stale(home, made), *made[::25], *(key(n) for n in (0, 17, 450, 451, 899))]
    # Neither the condemned rows nor the heads of their series.
    secrets = [look(home, key_id) for look in (wrapped, head) for key_id in condemned]
    before = everything(home)
    assert all(secret in before for secret in secrets)
    assert all(key_id.encode() in before for key_id in condemned)

    coffre.destroy_keys(condemned)

    left = everything(home)
    # Neither the wrapped key, nor any eight bytes of it, nor its name.
    assert not any(
        secret[start : start + 8] in left for secret in secrets for start in range(len(secret) - 7)
    )
    assert not any(key_id.encode() in left for key_id in condemned)
    assert len(coffre.key_ids()) == 1000 - len(set(condemned))
    assert coffre.damaged_keys() == []


def test_the_ring_keeps_no_write_ahead_log_and_deletes_for_good(coffre, home):
    connection = coffre._keys.trousseau._cx
    pragmas = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "secure_delete", "synchronous")
    }
    assert pragmas == {"journal_mode": "delete", "secure_delete": 1, "synchronous": 2}


def test_an_old_copy_opens_nothing_with_the_current_epoch_key(coffre, home, tmp_path):
    coffre.create_keys([key(1), key(2)])
    sealed = coffre.seal_bytes(b"mot", key_id=key(1), piece_id="p", label="essai")
    coffre.close()
    old = tmp_path / "copie"
    shutil.copytree(home, old)

    coffre.destroy_keys([key(1)])

    # The whole old copy, its epoch key included, is the only thing that would still open: hence no history of mirrors.
    whole = tmp_path / "entiere"
    shutil.copytree(old, whole)
    with Coffre.open(whole, MASTER) as before:
        assert before.open_bytes(sealed, key_id=key(1), piece_id="p", label="essai") == b"mot"
    # The old ring with any epoch key that still exists opens nothing.
    shutil.copy(home / "epoque.cle", old / "epoque.cle")
    with pytest.raises(CoffreRefuse):
        Coffre.open(old, MASTER)
    assert (whole / "epoque.cle").read_bytes() not in everything(home)


def test_a_ring_of_another_format_is_refused_with_a_sentence_and_left_as_it_is(coffre, home):
    coffre.create_keys([key(1)])
    coffre.close()
    spoil(home, "UPDATE trousseau SET format = 1")
    before = (home / "trousseau.sqlite3").read_bytes()
    with pytest.raises(CoffreRefuse, match="au format 1, que cette version de Jalon ne connaît pas"):
        Coffre.open(home, MASTER)
    assert (home / "trousseau.sqlite3").read_bytes() == before
    spoil(home, "UPDATE trousseau SET format = 2")
    with Coffre.open(home, MASTER) as again:
        assert again.damaged_keys() == []


def test_another_process_sees_a_destruction_and_a_renewal_at_once(coffre, home):
    coffre.create_keys([key(1), key(2)])
    sealed = {k: coffre.seal_bytes(b"mot", key_id=k, piece_id="p", label="essai") for k in (key(1), key(2))}
    with Coffre.open(home, MASTER) as worker:
        assert worker.open_bytes(sealed[key(1)], key_id=key(1), piece_id="p", label="essai") == b"mot"
        coffre.destroy_keys([key(1)])
        with pytest.raises(CleAbsente):
            worker.open_bytes(sealed[key(1)], key_id=key(1), piece_id="p", label="essai")
        assert worker.open_bytes(sealed[key(2)], key_id=key(2), piece_id="p", label="essai") == b"mot"
        # And the other way round: the worker renews, we go on.
        worker.renew_epoch()
        coffre.create_keys([key(3)])
        assert coffre.open_bytes(sealed[key(2)], key_id=key(2), piece_id="p", label="essai") == b"mot"
        assert worker.has_key(key(3))


def test_a_process_left_with_the_old_master_key_is_refused_and_cannot_undo_the_rotation(coffre, home):
    coffre.create_keys([key(1)])
    with Coffre.open(home, MASTER) as stale:
        coffre.rotate_master(NEW_MASTER)
        with pytest.raises(CoffreRefuse, match="clé maîtresse"):
            stale.create_keys([key(2)])
        with pytest.raises(CoffreRefuse, match="clé maîtresse"):
            stale.renew_epoch()
    with pytest.raises(CoffreRefuse, match="clé maîtresse"):
        Coffre.open(home, MASTER)
    with Coffre.open(home, NEW_MASTER) as again:
        assert again.key_ids() == [key(1)]
        assert again.damaged_keys() == []


def test_threads_share_a_vault_while_it_is_renewed(coffre):
    coffre.create_keys([key(n) for n in range(20)])
    sealed = [coffre.seal_bytes(b"mot", key_id=key(n), piece_id=n, label="essai") for n in range(20)]
    failures, stop = [], threading.Event()

    def read(n: int) -> None:
        try:
            while not stop.is_set():
                assert coffre.open_bytes(sealed[n], key_id=key(n), piece_id=n, label="essai") == b"mot"
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for reader in readers:
        reader.start()
    for n in range(15):
        coffre.destroy_keys([key(n + 5)])
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert coffre.key_ids() == [key(n) for n in range(5)]


def test_a_change_of_the_ring_is_begun_as_a_writer(coffre, home):
    """A change that began as a reader could be refused half-way, when another process writes too."""
    other = sqlite3.connect(home / "trousseau.sqlite3", timeout=0, isolation_level=None)
    with coffre._keys.trousseau._transaction() as changing:
        assert changing.in_transaction
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def _hammer(home, number: int, results) -> None:
    try:
        with Coffre.open(home, MASTER) as worker:
            for turn in range(6):
                mine = [key(1000 * number + 2 * turn), key(1000 * number + 2 * turn + 1)]
                worker.create_keys(mine)
                sealed = worker.seal_bytes(b"mot", key_id=mine[0], piece_id="p", label="essai")
                worker.destroy_keys([mine[1]])
                assert worker.open_bytes(sealed, key_id=mine[0], piece_id="p", label="essai") == b"mot"
                assert not worker.has_key(mine[1])
        results.put("ok")
    except BaseException as error:
        results.put(repr(error))


def test_several_processes_make_and_destroy_keys_at_the_same_time(coffre, home):
    coffre.create_keys([key(1)])
    coffre.close()
    # Spawned, not forked: the test process may have threads.
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_hammer, args=(home, number, results)) for number in (1, 2, 3)]
    for worker in workers:
        worker.start()
    answers = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert answers == ["ok"] * 3
    assert len(coffre.key_ids()) == 1 + 3 * 6
    assert coffre.damaged_keys() == []
    assert coffre.epoque == 1 + 3 * 6


def test_a_forked_child_opens_its_own_connection_and_leaves_the_parents_alone(coffre):
    coffre.create_keys([key(1)])
    ring = coffre._keys.trousseau
    parents, lock = ring._cx, ring._lock
    with lock:  # as if another thread of the parent held it at the moment of the fork
        ring._forget_parent()
        assert ring._lock is not lock
        assert ring.find(key(1)) is not None
        assert ring._cx is not parents
    assert parents.execute(f"SELECT count(*) FROM {table(key(1))}").fetchone() == (1,)
    parents.close()


def test_ten_thousand_keys_pass_under_a_new_epoch(coffre):
    coffre.create_keys([key(n) for n in range(10_000)])
    sealed = coffre.seal_bytes(b"mot", key_id=key(9_999), piece_id="p", label="essai")
    coffre.destroy_keys([key(n) for n in range(9_000)])
    assert len(coffre.key_ids()) == 1_000
    assert coffre.open_bytes(sealed, key_id=key(9_999), piece_id="p", label="essai") == b"mot"
