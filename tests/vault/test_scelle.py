"""Sealing: what goes in comes out, anything altered does not, and the length says little."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.vault import PieceIllisible, scelle
from jalon.vault.epoque import context

DATA_KEY = bytes(range(32))
LABEL = scelle.Etiquette("carnet", 3)


@given(st.binary(max_size=5000), st.text(max_size=20), st.integers(0, 10**6))
def test_what_is_sealed_comes_back(content, piece_id, revision):
    sealed = scelle.seal(DATA_KEY, LABEL, content, "b/carnet", piece_id, revision)
    assert scelle.open_sealed(DATA_KEY, sealed, "b/carnet", piece_id, revision) == (LABEL, content)


@given(st.data())
def test_one_changed_bit_anywhere_is_refused(data):
    sealed = bytearray(scelle.seal(DATA_KEY, LABEL, b"Je suis", "b/carnet", "p", 1))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(PieceIllisible):
        scelle.open_sealed(DATA_KEY, bytes(sealed), "b/carnet", "p", 1)


@given(st.data())
def test_a_cut_or_lengthened_ciphertext_is_refused(data):
    sealed = scelle.seal(DATA_KEY, LABEL, b"Je suis", "b/carnet", "p", 1)
    cut = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
    for wrong in (cut, sealed + data.draw(st.binary(min_size=1, max_size=9))):
        with pytest.raises(PieceIllisible):
            scelle.open_sealed(DATA_KEY, wrong, "b/carnet", "p", 1)


@given(st.binary(max_size=200))
def test_bytes_that_were_never_sealed_are_refused(junk):
    for wrong in (junk, scelle.MARK + junk):
        with pytest.raises(PieceIllisible):
            scelle.open_sealed(DATA_KEY, wrong, "b/carnet", "p", 1)


def test_another_key_or_another_place_is_refused():
    sealed = scelle.seal(DATA_KEY, LABEL, b"Je suis", "b/carnet", "p", 1)
    assert scelle.open_sealed(DATA_KEY, sealed, "b/carnet", "p", 1)[1] == b"Je suis"
    with pytest.raises(PieceIllisible):
        scelle.open_sealed(secrets.token_bytes(32), sealed, "b/carnet", "p", 1)
    for place in (("b/travail", "p", 1), ("b/carnet", "q", 1), ("b/carnet", "p", 2), ("b/carnet", "p1", "")):
        with pytest.raises(PieceIllisible):
            scelle.open_sealed(DATA_KEY, sealed, *place)


def test_the_same_words_never_give_the_same_bytes():
    first, second = (scelle.seal(DATA_KEY, LABEL, b"Je suis", "b/carnet", "p", 1) for _ in range(2))
    assert first != second


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_contexts_never_look_the_same(first, second):
    assert (context(*first) == context(*second)) == (first == second)


def test_the_length_of_a_sealed_piece_only_tells_its_bucket():
    lengths = {len(scelle.seal(DATA_KEY, LABEL, b"x" * n, "b/carnet", "p", 1)) for n in range(0, 1020, 60)}
    assert len(lengths) == 1
    buckets = [scelle.padded_length(n) for n in (0, 1024, 1025, 5_000, 65_536, 65_537, 150_000)]
    assert buckets == [1024, 1024, 2048, 8192, 65_536, 131_072, 196_608]
