from __future__ import annotations

import pytest

from jalon.vault import CleAbsente, Coffre, CoffreRefuse, PieceIllisible
from jalon.vault.pieces import Propos

MASTER = bytes(range(32))
KEY = "0b6f1c9e-0000-4000-8000-000000000001/travail"
OTHER = "0b6f1c9e-0000-4000-8000-000000000002/travail"
CONTACT = "contact/0b6f1c9e-0000-4000-8000-000000000003"


def test_a_piece_comes_back_as_it_was_sealed_and_under_no_other_identity(coffre):
    coffre.create_keys([CONTACT])
    piece = Propos(texte="Je voudrais changer de métier.")
    sealed = coffre.seal(piece, key_id=CONTACT, piece_id="p1", revision=3)

    assert b"changer" not in sealed
    assert coffre.open_piece(sealed, key_id=CONTACT, piece_id="p1", revision=3) == piece
    for place in ({"piece_id": "p2", "revision": 3}, {"piece_id": "p1", "revision": 2}):
        with pytest.raises(PieceIllisible):
            coffre.open_piece(sealed, key_id=CONTACT, **place)


def test_a_destroyed_key_opens_nothing_and_the_others_still_open(coffre):
    coffre.create_keys([KEY, OTHER])
    sealed = {key: coffre.seal_bytes(b"mot", key_id=key, piece_id="p", label="essai") for key in (KEY, OTHER)}
    assert coffre.open_bytes(sealed[KEY], key_id=KEY, piece_id="p", label="essai") == b"mot"

    preuve = coffre.destroy_keys([KEY])

    assert (preuve.epoque_avant, preuve.epoque_apres) == (1, 2)
    assert preuve.empreinte_avant != preuve.empreinte_apres
    assert preuve.cles == (KEY,)
    assert not coffre.has_key(KEY)
    with pytest.raises(CleAbsente):
        coffre.open_bytes(sealed[KEY], key_id=KEY, piece_id="p", label="essai")
    assert coffre.open_bytes(sealed[OTHER], key_id=OTHER, piece_id="p", label="essai") == b"mot"


def test_another_master_key_is_refused_and_writes_nothing(coffre, home):
    coffre.create_keys([KEY])
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(CoffreRefuse, match="clé maîtresse"):
        Coffre.open(home, bytes(32))
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before

    again = Coffre.open(home, MASTER)
    assert again.has_key(KEY)
    again.close()
