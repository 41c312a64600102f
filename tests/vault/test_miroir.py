"""The mirror: one copy elsewhere, never a history, and an alarm when it may still hold a destroyed key."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from jalon.vault import CleAbsente, Coffre, CoffreRefuse, MiroirInaccessible, miroir

MASTER = bytes(range(32))
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
KEY, OTHER = "piece/1", "piece/2"


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "cle-usb"
    folder.mkdir()
    return folder


def restored(place, tmp_path, master=MASTER):
    home = tmp_path / "restaure"
    Coffre.restore_mirror(place, home)
    return Coffre.open(home, master)


def test_without_a_mirror_the_state_says_so(coffre):
    assert coffre.mirror_state() == coffre.refresh_mirror(NOW)
    assert coffre.mirror_state().chemin is None
    assert not coffre.mirror_state().a_jour


def test_a_mirror_brings_the_vault_back(coffre, place, tmp_path):
    coffre.create_keys([KEY])
    sealed = coffre.seal_bytes(b"mot", key_id=KEY, piece_id="p", label="essai")
    state = coffre.mirror_to(place, NOW)
    assert (state.a_jour, state.a_rafraichir, state.rafraichi_le, state.epoque) == (True, False, NOW, 1)
    assert [path.name for path in place.iterdir()] == ["jalon-miroir"]

    with restored(place, tmp_path) as again:
        assert again.open_bytes(sealed, key_id=KEY, piece_id="p", label="essai") == b"mot"
        assert again.renew_epoch().epoque_apres == 2


def test_a_mirror_opens_nothing_without_the_master_key(coffre, place, tmp_path):
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    with pytest.raises(CoffreRefuse, match="clé maîtresse"):
        restored(place, tmp_path, bytes(32))
    assert MASTER not in (place / "jalon-miroir").read_bytes()


def test_a_new_key_makes_the_mirror_late_and_a_destruction_makes_it_an_alarm(coffre, place):
    coffre.create_keys([KEY, OTHER])
    coffre.mirror_to(place, NOW)
    coffre.create_keys(["piece/3"])
    assert (coffre.mirror_state().a_jour, coffre.mirror_state().a_rafraichir) == (False, False)
    coffre.renew_epoch()
    assert (coffre.mirror_state().a_jour, coffre.mirror_state().a_rafraichir) == (False, False)

    coffre.destroy_keys([KEY])
    assert (coffre.mirror_state().a_jour, coffre.mirror_state().a_rafraichir) == (False, True)

    later = NOW + timedelta(days=1)
    state = coffre.refresh_mirror(later)
    assert (state.a_jour, state.a_rafraichir, state.rafraichi_le) == (True, False, later)
    assert coffre.mirror_state() == state


def test_a_refreshed_mirror_no_longer_holds_what_was_destroyed(coffre, place, tmp_path):
    coffre.create_keys([KEY, OTHER])
    sealed = coffre.seal_bytes(b"mot", key_id=OTHER, piece_id="p", label="essai")
    coffre.mirror_to(place, NOW)
    before = (place / "jalon-miroir").read_bytes()
    assert KEY.encode() in before

    coffre.destroy_keys([KEY])
    coffre.refresh_mirror(NOW)

    assert KEY.encode() not in (place / "jalon-miroir").read_bytes()
    with restored(place, tmp_path) as again:
        assert again.open_bytes(sealed, key_id=OTHER, piece_id="p", label="essai") == b"mot"
        with pytest.raises(CleAbsente):
            again.open_bytes(sealed, key_id=KEY, piece_id="p", label="essai")


def test_the_former_copy_is_overwritten_on_the_disk_itself(coffre, place):
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    old = os.open(place / "jalon-miroir", os.O_RDONLY)
    try:
        before = os.pread(old, 1_000_000, 0)
        assert KEY.encode() in before
        coffre.refresh_mirror(NOW)
        after = os.pread(old, 1_000_000, 0)
    finally:
        os.close(old)
    assert len(after) == len(before)
    assert KEY.encode() not in after


def test_a_mirror_that_moves_leaves_no_second_copy(coffre, place, tmp_path):
    coffre.mirror_to(place, NOW)
    elsewhere = tmp_path / "autre" / "miroir.bin"
    elsewhere.parent.mkdir()
    state = coffre.mirror_to(elsewhere, NOW)
    assert state.chemin == elsewhere
    assert elsewhere.exists()
    assert list(place.iterdir()) == []
    # The folder and the file inside it are one place: writing it under its other name destroys nothing.
    coffre.mirror_to(place, NOW)
    coffre.mirror_to(place / "jalon-miroir", NOW)
    assert [path.name for path in place.iterdir()] == ["jalon-miroir"]


def test_a_mirror_that_cannot_be_written_is_an_alarm_with_a_sentence(coffre, place):
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    coffre.destroy_keys([KEY])
    (place / "jalon-miroir").unlink()
    place.rmdir()
    with pytest.raises(MiroirInaccessible, match="Vérifiez ce support"):
        coffre.refresh_mirror(NOW + timedelta(days=1))
    assert coffre.mirror_state().a_rafraichir
    assert coffre.mirror_state().rafraichi_le == NOW


def test_a_place_that_does_not_exist_yet_is_made_and_one_that_cannot_be_is_told(coffre, tmp_path):
    state = coffre.mirror_to(tmp_path / "loin" / "miroir.bin", NOW)
    assert state.chemin.exists()
    (tmp_path / "fichier").write_text("")
    with pytest.raises(MiroirInaccessible, match="Vérifiez ce support"):
        coffre.mirror_to(tmp_path / "fichier" / "miroir.bin", NOW)
    assert coffre.mirror_state() == state


def test_a_stick_that_is_not_plugged_in_is_not_replaced_by_the_local_disk(coffre, place, monkeypatch):
    monkeypatch.setattr(miroir, "is_elsewhere", lambda path, home: True)
    coffre.mirror_to(place, NOW)
    monkeypatch.undo()
    coffre.refresh_mirror(NOW)  # the file is there: same disk or not, it is the mirror
    monkeypatch.setattr(miroir, "is_elsewhere", lambda path, home: True)
    coffre.refresh_mirror(NOW)
    monkeypatch.undo()
    (place / "jalon-miroir").unlink()
    for write in (lambda: coffre.refresh_mirror(NOW), lambda: coffre.mirror_to(place, NOW)):
        with pytest.raises(MiroirInaccessible, match="n’est pas branché"):
            write()
    assert list(place.iterdir()) == []


def test_a_mirror_is_never_laid_over_a_living_vault(coffre, home, place):
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    before = (home / "trousseau.sqlite3").read_bytes()
    with pytest.raises(CoffreRefuse, match="déjà un coffre"):
        Coffre.restore_mirror(place, home)
    assert (home / "trousseau.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: b"",
        lambda d: d[:-5000],
        lambda d: b"X" + d[1:],
        lambda d: d[:100],
        lambda d: d[:400] + b"\0" * 400,
    ],
)
def test_a_damaged_mirror_is_refused_and_restores_nothing(coffre, place, tmp_path, damage):
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    path = place / "jalon-miroir"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CoffreRefuse, match="abîmé"):
        Coffre.restore_mirror(place, tmp_path / "restaure")
    assert not (tmp_path / "restaure").exists()


def test_a_mirror_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CoffreRefuse, match="ne peut pas être lu"):
        Coffre.restore_mirror(tmp_path / "absent", tmp_path / "restaure")


def test_after_a_change_of_master_key_the_old_mirror_alone_still_opens_with_the_old_key(
    coffre, place, tmp_path
):
    """Why the rotation says to refresh the mirror: until then the old key still has something to open."""
    coffre.create_keys([KEY])
    coffre.mirror_to(place, NOW)
    coffre.rotate_master(bytes(range(32, 64)))
    assert not coffre.mirror_state().a_jour
    coffre.refresh_mirror(NOW)
    with pytest.raises(CoffreRefuse, match="clé maîtresse"):
        restored(place, tmp_path)
