"""The one object: keys, pieces, destruction, refusals."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import struct

import pytest

from jalon.vault import CleAbsente, Coffre, CoffreRefuse, PieceIllisible, piece_key, tiroir_key, tiroir_keys
from jalon.vault.pieces import Message, NoteConsultant, PageCarnet, Projet, Propos

MASTER = bytes(range(32))
BILAN, AUTRE = "0b6f1c9e-0000-4000-8000-000000000001", "0b6f1c9e-0000-4000-8000-000000000002"
KEY, OTHER = f"{BILAN}/travail", f"{AUTRE}/travail"
CONTACT = "contact/0b6f1c9e-0000-4000-8000-000000000003"


def files(home):
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_a_piece_comes_back_as_it_was_sealed_and_under_no_other_identity(coffre):
    coffre.create_keys([CONTACT, KEY])
    piece = Propos(texte="Je voudrais changer de métier.")
    sealed = coffre.seal(piece, key_id=CONTACT, piece_id="p1", revision=3)

    assert b"changer" not in sealed
    assert coffre.open_piece(sealed, key_id=CONTACT, piece_id="p1", revision=3) == piece
    for key_id, piece_id, revision in ((CONTACT, "p2", 3), (CONTACT, "p1", 2), (KEY, "p1", 3)):
        with pytest.raises(PieceIllisible):
            coffre.open_piece(sealed, key_id=key_id, piece_id=piece_id, revision=revision)


def test_a_piece_of_another_kind_than_expected_is_not_opened(coffre):
    coffre.create_keys([KEY])
    sealed = coffre.seal(Message(texte="Bonjour"), key_id=KEY, piece_id="p", revision=1)
    opened = coffre.open_piece(sealed, key_id=KEY, piece_id="p", revision=1, expect=Message)
    assert opened.texte == "Bonjour"
    with pytest.raises(PieceIllisible):
        coffre.open_piece(sealed, key_id=KEY, piece_id="p", revision=1, expect=Projet)


def test_bytes_come_back_under_their_label_only_and_are_no_piece(coffre):
    coffre.create_keys([KEY])
    sealed = coffre.seal_bytes(b"%PDF", key_id=KEY, piece_id="d", label="synthese")
    assert coffre.open_bytes(sealed, key_id=KEY, piece_id="d", label="synthese") == b"%PDF"
    with pytest.raises(PieceIllisible):
        coffre.open_bytes(sealed, key_id=KEY, piece_id="d", label="convention")
    piece = coffre.seal(Message(texte="Bonjour"), key_id=KEY, piece_id="d", revision=1)
    with pytest.raises(PieceIllisible):
        coffre.open_bytes(piece, key_id=KEY, piece_id="d", label="1")


def test_a_destroyed_key_opens_nothing_and_the_others_still_open(coffre):
    coffre.create_keys([KEY, OTHER])
    sealed = {key: coffre.seal_bytes(b"mot", key_id=key, piece_id="p", label="essai") for key in (KEY, OTHER)}
    assert coffre.open_bytes(sealed[KEY], key_id=KEY, piece_id="p", label="essai") == b"mot"

    preuve = coffre.destroy_keys([KEY])

    assert (preuve.epoque_avant, preuve.epoque_apres) == (1, 2)
    assert preuve.empreinte_avant != preuve.empreinte_apres
    assert (preuve.cles, preuve.deja_absentes) == ((KEY,), ())
    assert not coffre.has_key(KEY)
    with pytest.raises(CleAbsente):
        coffre.open_bytes(sealed[KEY], key_id=KEY, piece_id="p", label="essai")
    with pytest.raises(CleAbsente):
        coffre.seal_bytes(b"mot", key_id=KEY, piece_id="p", label="essai")
    assert coffre.open_bytes(sealed[OTHER], key_id=OTHER, piece_id="p", label="essai") == b"mot"


def test_a_destruction_can_be_resumed_and_says_what_was_already_gone(coffre):
    coffre.create_keys([KEY, OTHER])
    coffre.destroy_keys([KEY])
    preuve = coffre.destroy_keys([KEY, OTHER, KEY])
    assert preuve.cles == (KEY, OTHER)
    assert preuve.deja_absentes == (KEY,)
    assert preuve.epoque_apres == preuve.epoque_avant + 1 == 3
    assert coffre.key_ids() == []


def fingerprint(home):
    """The ring's fingerprint, counted again from each row of the file, by other means than ours."""

    def packed(*parts: bytes) -> bytes:
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)

    connection = sqlite3.connect(home / "trousseau.sqlite3")
    columns = "format, identifiant, epoque, hex(temoin), revision, revision_destruction"
    parts = list(connection.execute(f"SELECT {columns} FROM trousseau").fetchone())
    for numero, *said in connection.execute("SELECT numero, epoque, hex(enveloppe) FROM serie ORDER BY 1"):
        rows = connection.execute(f"SELECT id, enveloppe FROM cle_{numero:02x} ORDER BY id")
        content = b"".join(packed(key_id.encode(), wrapped) for key_id, wrapped in rows)
        parts += [numero, *said, hashlib.sha256(content).hexdigest().upper()]
    connection.close()
    return hashlib.sha256(packed(*(str(part).encode() for part in parts))).hexdigest()


def test_the_fingerprints_of_the_proof_are_those_of_the_file(coffre, home):
    others = [piece_key(str(n)) for n in range(300)]
    coffre.create_keys([KEY, OTHER])
    coffre.create_keys([*tiroir_keys(BILAN), *others])
    before = fingerprint(home)
    preuve = coffre.destroy_keys([KEY, others[7]])
    after = fingerprint(home)
    assert (preuve.empreinte_avant, preuve.empreinte_apres) == (before, after)
    coffre.create_keys([KEY])
    preuve = coffre.renew_epoch()
    assert preuve.empreinte_avant not in (before, after)
    assert preuve.empreinte_apres == fingerprint(home)


def test_making_a_key_again_keeps_what_it_sealed(coffre):
    coffre.create_keys([KEY])
    sealed = coffre.seal_bytes(b"mot", key_id=KEY, piece_id="p", label="essai")
    coffre.create_keys([KEY, OTHER])
    assert coffre.open_bytes(sealed, key_id=KEY, piece_id="p", label="essai") == b"mot"
    assert coffre.key_ids() == [KEY, OTHER]
    assert coffre.key_ids(f"{BILAN}/") == [KEY]


def test_the_keys_of_a_bilan_are_its_five_tiroirs(coffre):
    coffre.create_keys(tiroir_keys(BILAN))
    assert coffre.has_key(tiroir_key(BILAN, "carnet"))
    assert len(coffre.key_ids(f"{BILAN}/")) == 5
    with pytest.raises(ValueError, match="tiroir"):
        tiroir_key(BILAN, "grenier")


@pytest.mark.parametrize("key_id", ["", "sans-barre", "Marie Dupont/travail", "a/b/c", "a/é", "../a", "a/"])
def test_a_key_id_is_an_identifier_never_a_name(coffre, key_id):
    with pytest.raises(ValueError, match="key id"):
        coffre.create_keys([key_id])
    assert coffre.key_ids() == []


def test_a_piece_only_goes_into_its_own_tiroir_or_under_a_key_of_its_own(coffre):
    coffre.create_keys([*tiroir_keys(BILAN), piece_key("p")])
    page = PageCarnet(titre="Lundi", texte="Rien")
    for key_id in (f"{BILAN}/carnet", piece_key("p")):
        sealed = coffre.seal(page, key_id=key_id, piece_id="p", revision=1)
        assert coffre.open_piece(sealed, key_id=key_id, piece_id="p", revision=1) == page
    for piece, tiroir in ((page, "travail"), (NoteConsultant(texte="x"), "synthese"), (Propos(), "travail")):
        with pytest.raises(ValueError, match="tiroir"):
            coffre.seal(piece, key_id=f"{BILAN}/{tiroir}", piece_id="p", revision=1)


@pytest.mark.parametrize("master", [bytes(32), b"court", b"", "A" * 32])
def test_another_master_key_is_refused_and_writes_nothing(coffre, home, master):
    coffre.create_keys([KEY])
    before = files(home)
    with pytest.raises(CoffreRefuse, match="clé maîtresse"):
        Coffre.open(home, master)
    assert files(home) == before
    with Coffre.open(home, MASTER) as again:
        assert again.has_key(KEY)


def test_opening_where_there_is_no_vault_is_refused_and_creates_nothing(tmp_path):
    with pytest.raises(CoffreRefuse, match="Rien n’a été créé"):
        Coffre.open(tmp_path / "vide", MASTER)
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_never_created_over_another(coffre, home):
    before = files(home)
    with pytest.raises(CoffreRefuse, match="déjà un coffre"):
        Coffre.create(home, MASTER)
    (home / "trousseau.sqlite3").unlink()
    with pytest.raises(CoffreRefuse, match="déjà un coffre"):
        Coffre.create(home, MASTER)
    assert (home / "epoque.cle").read_bytes() == before[home / "epoque.cle"]


def test_a_ring_and_an_epoch_key_that_do_not_go_together_are_refused(coffre, home):
    old_epoch, old_ring = (home / "epoque.cle").read_bytes(), (home / "trousseau.sqlite3").read_bytes()
    coffre.renew_epoch()
    coffre.close()
    new_epoch = (home / "epoque.cle").read_bytes()
    (home / "epoque.cle").write_bytes(old_epoch)
    with pytest.raises(CoffreRefuse, match="ne correspond pas"):
        Coffre.open(home, MASTER)
    (home / "epoque.cle").write_bytes(new_epoch)
    (home / "trousseau.sqlite3").write_bytes(old_ring)
    with pytest.raises(CoffreRefuse, match="ne correspond pas"):
        Coffre.open(home, MASTER)


def test_a_ring_of_the_same_number_but_another_history_is_refused(coffre, home, tmp_path):
    """Two renewals from the same copy have the same number: the witness tells them apart."""
    coffre.close()
    copy = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    coffre.renew_epoch()
    coffre.close()
    twin = tmp_path / "jumeau"
    twin.mkdir()
    for name, data in copy.items():
        (twin / name).write_bytes(data)
    with Coffre.open(twin, MASTER) as other:
        other.renew_epoch()
    (home / "epoque.cle").write_bytes((twin / "epoque.cle").read_bytes())
    with pytest.raises(CoffreRefuse, match="ne correspond pas"):
        Coffre.open(home, MASTER)


def test_a_ring_that_is_no_ring_is_refused_with_a_sentence(coffre, home):
    coffre.close()
    (home / "trousseau.sqlite3").write_bytes(b"pas une base" * 500)
    with pytest.raises(CoffreRefuse, match="n’est pas un trousseau"):
        Coffre.open(home, MASTER)


def test_installation_secrets_are_stable_distinct_and_survive_renewals(coffre, home):
    cachet, totp = coffre.installation_secret("cachet"), coffre.installation_secret("totp")
    assert len(cachet) == 32
    assert cachet != totp
    coffre.renew_epoch()
    with Coffre.open(home, MASTER) as again:
        assert again.installation_secret("cachet") == cachet
    coffre.destroy_keys(["installation/cachet"])
    assert coffre.installation_secret("cachet") != cachet


def test_only_the_owner_of_the_home_reads_its_keys(coffre, home):
    coffre.create_keys([KEY])
    coffre.renew_epoch()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_refusals_are_french_sentences_without_content(coffre):
    coffre.create_keys([KEY])
    sealed = bytearray(coffre.seal(Message(texte="XMARKERX"), key_id=KEY, piece_id="p", revision=1))
    sealed[-1] ^= 1
    with pytest.raises(PieceIllisible) as caught:
        coffre.open_piece(bytes(sealed), key_id=KEY, piece_id="p", revision=1)
    assert "XMARKERX" not in str(caught.value)
    assert caught.value.phrase.startswith("Ce contenu ne peut pas être lu\u00a0:")
