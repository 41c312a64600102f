"""Encrypted files: written as they arrive, never in clear, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.vault import CleAbsente, Coffre, FichierRefuse, PieceIllisible
from jalon.vault.objets import CHUNK, HEADER_BYTES, SEALED_CHUNK, Objets

KEY, OTHER = "piece/1", "piece/2"


@pytest.fixture
def objets(coffre):
    coffre.create_keys([KEY, OTHER])
    return coffre.objects


def path_of(objets, object_id):
    return objets.folder / object_id[:2] / object_id


def put(objets, data, **place):
    object_id = objets.new_id()
    objets.store(object_id, data, key_id=KEY, **place)
    return object_id


def all_bytes(objets):
    return b"".join(path.read_bytes() for path in objets.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_a_file_comes_back_whole_whatever_its_size(objets, size):
    data = os.urandom(size)
    object_id = objets.new_id()
    depose = objets.store(object_id, data, key_id=KEY, context="fichier")
    reader = objets.reader(object_id, key_id=KEY, context="fichier")
    assert reader.taille == depose.taille == size
    assert b"".join(reader) == data
    assert depose.sha256 == hashlib.sha256(data).hexdigest()
    assert objets.exists(object_id)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 100_000), max_size=8), st.binary(min_size=1, max_size=5))
def test_it_may_arrive_in_any_pieces(sizes, pattern):
    with tempfile.TemporaryDirectory() as folder:
        objets = Objets(Path(folder), lambda key_id: bytes(32))
        chunks = [(pattern * size)[:size] for size in sizes]
        object_id = objets.new_id()
        writer = objets.writer(object_id, key_id=KEY)
        for chunk in chunks:
            writer.write(chunk)
        assert writer.finish().taille == sum(sizes)
        assert objets.load(object_id, key_id=KEY) == b"".join(chunks)


def test_an_end_that_looks_like_our_filling_is_kept(objets):
    for data in (b"\x80", b"\x80\0\0", b"\0" * 10, b"texte\x80" + b"\0" * CHUNK):
        assert objets.load(put(objets, data), key_id=KEY) == data


def test_nothing_clear_is_ever_on_the_disk_and_no_name_before_the_end(objets):
    object_id, secret = objets.new_id(), b"XMARKERX" * 20_000
    writer = objets.writer(object_id, key_id=KEY)
    writer.write(secret)
    assert len(all_bytes(objets)) > CHUNK
    assert not objets.exists(object_id)
    writer.finish()
    assert b"XMARKERX" not in all_bytes(objets)
    assert objets.load(object_id, key_id=KEY) == secret
    assert objets.ids() == [object_id]


def test_an_abandoned_writing_leaves_nothing(objets):
    writer = objets.writer(objets.new_id(), key_id=KEY)
    writer.write(b"x" * 100_000)
    assert all_bytes(objets) != b""
    writer.abort()
    writer.abort()
    assert all_bytes(objets) == b""
    for late in (lambda: writer.write(b"x"), writer.finish):
        with pytest.raises(ValueError, match="finished"):
            late()


def test_a_file_that_is_too_heavy_is_refused_as_it_arrives_and_leaves_nothing(objets):
    writer = objets.writer(objets.new_id(), key_id=KEY, taille_max=2 * 1024 * 1024)
    writer.write(b"x" * 2 * 1024 * 1024)
    with pytest.raises(FichierRefuse, match="2\u00a0Mo au plus"):
        writer.write(b"x")
    assert all_bytes(objets) == b""


def test_the_size_on_the_disk_only_tells_the_number_of_chunks(objets):
    sizes = {path_of(objets, put(objets, b"x" * n)).stat().st_size for n in (0, 1, 500, CHUNK - 1)}
    assert sizes == {HEADER_BYTES + SEALED_CHUNK}
    assert path_of(objets, put(objets, b"x" * CHUNK)).stat().st_size == HEADER_BYTES + 2 * SEALED_CHUNK


def chunk(data, number):
    start = HEADER_BYTES + number * SEALED_CHUNK
    return data[start : start + SEALED_CHUNK]


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d[: HEADER_BYTES + 2 * SEALED_CHUNK],
        lambda d: d[:-1],
        lambda d: d + b"x",
        lambda d: d + chunk(d, 3),
        lambda d: d[:HEADER_BYTES],
        lambda d: d[:10],
        lambda d: b"",
        lambda d: b"AUTRE" + d[5:],
        lambda d: d[:20] + bytes([d[20] ^ 1]) + d[21:],
        lambda d: d[:HEADER_BYTES] + chunk(d, 3),
        lambda d: d[:-1] + bytes([d[-1] ^ 1]),
    ],
)
def test_a_cut_or_altered_file_gives_no_byte_at_all(objets, damage):
    object_id = put(objets, os.urandom(3 * CHUNK + 100))
    path = path_of(objets, object_id)
    assert len(objets.load(object_id, key_id=KEY)) == 3 * CHUNK + 100
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(PieceIllisible):
        objets.reader(object_id, key_id=KEY)


def test_a_file_cut_where_it_looks_finished_is_refused(objets):
    """Each chunk ends like a last one: only the mark of the end, in its seal, tells that more should come."""
    object_id = put(objets, b"\x80" * (3 * CHUNK))
    path = path_of(objets, object_id)
    assert objets.load(object_id, key_id=KEY) == b"\x80" * (3 * CHUNK)
    path.write_bytes(path.read_bytes()[: HEADER_BYTES + 2 * SEALED_CHUNK])
    with pytest.raises(PieceIllisible):
        objets.reader(object_id, key_id=KEY)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d[:HEADER_BYTES] + chunk(d, 1) + chunk(d, 0) + d[HEADER_BYTES + 2 * SEALED_CHUNK :],
        lambda d: d[:HEADER_BYTES] + chunk(d, 0) * 2 + d[HEADER_BYTES + 2 * SEALED_CHUNK :],
        lambda d: d[: HEADER_BYTES + SEALED_CHUNK + 5] + b"!" + d[HEADER_BYTES + SEALED_CHUNK + 6 :],
    ],
)
def test_swapped_repeated_or_flipped_chunks_are_refused(objets, damage):
    object_id = put(objets, os.urandom(3 * CHUNK + 100))
    path = path_of(objets, object_id)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(PieceIllisible):
        objets.load(object_id, key_id=KEY)


def test_a_file_opens_only_under_its_key_its_name_and_its_context(objets):
    object_id = put(objets, b"mot", context="fichier")
    assert objets.load(object_id, key_id=KEY, context="fichier") == b"mot"
    for place in (
        {"key_id": OTHER, "context": "fichier"},
        {"key_id": KEY, "context": "autre"},
        {"key_id": KEY},
    ):
        with pytest.raises(PieceIllisible):
            objets.load(object_id, **place)
    moved = objets.new_id()
    path_of(objets, moved).parent.mkdir(exist_ok=True)
    path_of(objets, object_id).rename(path_of(objets, moved))
    with pytest.raises(PieceIllisible):
        objets.load(moved, key_id=KEY, context="fichier")


def test_a_destroyed_key_opens_no_file(coffre, objets):
    object_id = put(objets, b"mot")
    assert objets.load(object_id, key_id=KEY) == b"mot"
    coffre.destroy_keys([KEY])
    with pytest.raises(CleAbsente):
        objets.load(object_id, key_id=KEY)
    with pytest.raises(CleAbsente):
        objets.writer(objets.new_id(), key_id=KEY)


def test_a_deleted_file_is_gone_and_deleting_again_is_no_error(objets):
    object_id = put(objets, b"mot")
    assert objets.exists(object_id)
    objets.delete(object_id)
    objets.delete(object_id)
    assert not objets.exists(object_id)
    with pytest.raises(PieceIllisible, match="n’est plus dans le coffre"):
        objets.reader(object_id, key_id=KEY)


def test_an_object_is_written_once(objets):
    object_id = put(objets, b"mot")
    with pytest.raises(ValueError, match="once"):
        objets.writer(object_id, key_id=KEY)
    assert objets.load(object_id, key_id=KEY) == b"mot"


@pytest.mark.parametrize("object_id", ["", "../../etc/passwd", "x" * 32, "AB" * 16, "a" * 31, None])
def test_an_object_name_is_random_and_never_a_path(objets, object_id):
    with pytest.raises(ValueError, match="object id"):
        objets.exists(object_id)


def test_orphans_are_cleaned_and_what_is_known_or_still_arriving_stays(objets):
    known, orphan = put(objets, b"connu"), put(objets, b"orphelin")
    arriving = objets.writer(objets.new_id(), key_id=KEY)
    arriving.write(b"x" * 100_000)
    for path in (path_of(objets, known), path_of(objets, orphan)):
        os.utime(path, (0, 0))

    assert objets.clean_orphans([known], before=datetime(2020, 1, 1, tzinfo=UTC)) == [orphan]

    assert objets.ids() == [known]
    arriving.finish()
    assert len(objets.ids()) == 2
    assert len(objets.clean_orphans([known])) == 1
    assert objets.load(known, key_id=KEY) == b"connu"


def test_a_file_survives_the_renewals_of_the_epoch(coffre, objets, home):
    object_id = put(objets, b"mot")
    coffre.renew_epoch()
    with Coffre.open(home, bytes(range(32))) as again:
        assert again.objects.load(object_id, key_id=KEY) == b"mot"
