"""The two levels of the ring: what a destruction renews, what it leaves, and what opens what."""

from __future__ import annotations

import pytest
from tests.vault.anneau import MASTER, crowded, head, heads, key, spoil, table, wrapped, wrapped_in

from jalon.vault import Coffre, CoffreRefuse, PieceIllisible, contact_key, piece_key, tiroir_keys
from jalon.vault.cles import serie_of
from jalon.vault.epoque import AutreCle
from jalon.vault.serie import Serie


def test_the_current_epoch_key_does_not_unwrap_a_row_of_the_old_ring(coffre, home):
    # A key beside the condemned one, and one in a series that the destruction leaves its own key.
    beside, condemned, apart = crowded(1), crowded(2), key(1)
    kept = [beside, condemned, apart]
    assert serie_of(beside) == serie_of(condemned) != serie_of(apart)
    coffre.create_keys(kept)
    before = coffre._keys.epoque()
    old = {k: (head(home, k), wrapped(home, k)) for k in kept}

    def unwrapped(epoque, key_id) -> bytes:
        tete, row = old[key_id]
        return Serie.open(epoque, serie_of(key_id), tete).unwrap_key(key_id, row)

    assert {len(unwrapped(before, k)) for k in kept} == {32}
    for change in (lambda: coffre.destroy_keys([condemned]), coffre.renew_epoch):
        change()
        for k in kept:
            with pytest.raises(AutreCle):
                unwrapped(coffre._keys.epoque(), k)


def test_the_current_series_keys_do_not_unwrap_a_condemned_row_of_the_old_ring(coffre, home):
    """Whoever has an old ring and the whole of today's, opened, gets no destroyed key: only what still lives."""

    def series() -> list[Serie]:
        return [Serie.open(coffre._keys.epoque(), numero, tete) for numero, tete in heads(home).items()]

    def opened_by(found: list[Serie], row: bytes, key_id: str) -> int:
        """By any of these keys, taken for the key of any series."""
        here = coffre.identifiant, serie_of(key_id)
        opened = 0
        for serie in found:
            try:
                assert len(Serie(*here, serie.key).unwrap_key(key_id, row)) == 32
                opened += 1
            except AutreCle:
                pass
        return opened

    beside, condemned, apart = crowded(1), crowded(2), key(1)
    coffre.create_keys([beside, condemned, apart])
    old = {k: wrapped(home, k) for k in (beside, condemned, apart)}
    former = series()
    assert len({serie.key for serie in former}) == len(former) == 256
    assert [opened_by(former, old[k], k) for k in (beside, condemned, apart)] == [1, 1, 1]

    coffre.destroy_keys([condemned])

    # A series that held nothing condemned keeps its key until the night: what it opens in the old ring still lives.
    assert [opened_by(series(), old[k], k) for k in (beside, condemned, apart)] == [0, 0, 1]
    assert len({s.key for s in series()} - {s.key for s in former}) == 1
    assert coffre.has_key(apart)
    coffre.renew_epoch()
    assert [opened_by(series(), old[k], k) for k in (beside, condemned, apart)] == [0, 0, 0]
    assert not {s.key for s in series()} & {s.key for s in former}


def test_a_destruction_rewrites_one_series_whatever_the_number_of_keys(coffre, home):
    """The heads of all series, and the rows of one: counted by SQLite itself."""

    def rows_changed(condemned: list[str]) -> int:
        cx = coffre._keys.trousseau._cx
        before = cx.total_changes
        coffre.destroy_keys(condemned)
        return cx.total_changes - before

    coffre.create_keys([crowded(n) for n in range(8)])
    few = rows_changed([crowded(n) for n in range(4)])
    others = [f"autre-{n:08d}/travail" for n in range(4000)]
    coffre.create_keys(others)
    here = serie_of(crowded(0))
    elsewhere = [numero for numero in range(256) if numero != here]
    before = [wrapped_in(home, numero) for numero in elsewhere]

    many = rows_changed([crowded(n) for n in range(4, 8)])

    neighbours = sum(serie_of(k) == here for k in others)
    assert 0 < neighbours < 60
    # Each head and each survivor is deleted and laid again; emptying a table counts its rows too.
    assert few <= 2 * 256 + 2 * 8 + 1
    assert many <= few + 2 * neighbours + 2
    assert [wrapped_in(home, numero) for numero in elsewhere] == before
    coffre.renew_epoch()
    after = [wrapped_in(home, numero) for numero in elsewhere]
    assert [a.keys() for a in after] == [b.keys() for b in before]
    assert not any(a[k] == b[k] for a, b in zip(after, before, strict=True) for k in b)
    assert len(coffre.key_ids()) == len(others)
    assert coffre.damaged_keys() == []


def test_all_the_drawers_of_a_bilan_share_a_series_and_lone_keys_are_spread():
    assert len({serie_of(k) for k in tiroir_keys("0b6f1c9e-0000-4000-8000-000000000001")}) == 1
    for name in (piece_key, contact_key):
        assert len({serie_of(name(str(n))) for n in range(4000)}) == 256
    assert len({serie_of(f"bilan-{n}/travail") for n in range(4000)}) == 256


def test_a_wrapped_key_cannot_be_moved_to_another_row(coffre, home):
    coffre.create_keys([key(1), key(2)])
    coffre.close()
    spoil(home, f"UPDATE {table(key(2))} SET enveloppe = ? WHERE id = ?", (wrapped(home, key(1)), key(2)))
    with Coffre.open(home, MASTER) as again:
        with pytest.raises(PieceIllisible):
            again.seal_bytes(b"mot", key_id=key(2), piece_id="p", label="essai")
        assert again.damaged_keys() == [key(2)]
        # A damaged row never stops a destruction, nor is it made sound by one.
        again.destroy_keys([key(1)])
        assert again.damaged_keys() == [key(2)]
        again.destroy_keys([key(2)])
        assert again.key_ids() == []


def test_a_wrapped_key_cannot_be_moved_beside_in_its_own_series(coffre, home):
    coffre.create_keys([crowded(1), crowded(2), crowded(3)])
    coffre.close()
    swap = f"UPDATE {table(crowded(1))} SET enveloppe = ? WHERE id = ?"
    spoil(home, swap, (wrapped(home, crowded(1)), crowded(2)))
    assert coffre.damaged_keys() == [crowded(2)]
    # Its series is rewrapped around it: it is carried as it is, and opens nothing still.
    coffre.destroy_keys([crowded(1)])
    assert coffre.damaged_keys() == [crowded(2)]
    coffre.destroy_keys([crowded(2)])
    assert coffre.key_ids() == [crowded(3)]
    assert coffre.damaged_keys() == []


def test_a_head_cannot_be_moved_to_another_series_nor_stop_a_destruction(coffre, home):
    assert len({serie_of(k) for k in (key(1), key(2), crowded(1))}) == 3
    coffre.create_keys([key(1), key(2), crowded(1), crowded(2)])
    coffre.close()
    spoil(
        home,
        "UPDATE serie SET enveloppe = ? WHERE numero = ?",
        (head(home, key(1)), serie_of(crowded(1))),
    )
    lost = [crowded(1), crowded(2)]
    with pytest.raises(PieceIllisible):
        coffre.seal_bytes(b"mot", key_id=crowded(1), piece_id="p", label="essai")
    # A key made there would open nothing: it is refused, and the others are not made by halves.
    with pytest.raises(CoffreRefuse, match="Restaurez le trousseau depuis le miroir"):
        coffre.create_keys([key(3), crowded(3)])
    assert not coffre.has_key(key(3))
    coffre.create_keys(lost)  # they are there
    for change in (lambda: coffre.destroy_keys([key(1)]), coffre.renew_epoch):
        change()
        assert coffre.damaged_keys() == lost
    coffre.destroy_keys([crowded(1)])
    assert coffre.key_ids() == [crowded(2), key(2)]
    assert coffre.damaged_keys() == [crowded(2)]
