"""As a thief would: a word planted in every field of every form, then sought in every byte of the machine."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from tests.factories import BilanFactory
from tests.fouille import leftovers
from tests.web.espaces import sign_in
from tests.web.fouille_des_formulaires import walk

from jalon.access.coffre import coffre
from jalon.actions import clock
from jalon.actions.destruction import destroy_documents
from jalon.actions.emport import take_away
from jalon.actions.sauvegarde import save
from jalon.actions.terme import abandon_bilan
from jalon.records.models import Destruction, Piece, Revision
from jalon.vault import ErreurCoffre

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "XMARKERX"


@pytest.fixture
def miroir(tmp_path):
    yield tmp_path / "sauvegardes", tmp_path / "miroir"
    for name in ("sauvegarde.json", "miroir.json"):
        (Path(settings.DONNEES) / name).unlink(missing_ok=True)


def said_anywhere(tmp_path):
    """Tables, files, backups, mirror, mails, open sessions (they are compressed: opened here)."""
    found = set(leftovers(MARK))
    for path in tmp_path.rglob("*"):
        if path.is_file() and MARK.encode() in path.read_bytes():
            found.add(str(path))
    found |= {f"courriel {m.subject}" for m in mail.outbox if MARK in f"{m.subject}{m.body}{m.extra_headers}"}
    found |= {"session" for s in Session.objects.all() if MARK in repr(s.get_decoded())}
    return found


def test_a_word_typed_in_every_field_is_nowhere_in_clear_and_nowhere_at_all_after_destruction(
    tmp_path, miroir, caplog, now
):
    bilan = BilanFactory(en_investigation=True)
    spaces = (("beneficiaire", bilan.beneficiaire), ("consultant", bilan.consultant))
    taken = 0
    # Twice: what one wrote opens forms to the other.
    for space, person in (*spaces, *spaces):
        start = reverse(f"{space}_bilan", args=[bilan.pk])
        client = sign_in(person)
        pages, forms, _ = walk(client, start, start.split(str(bilan.pk))[0] + str(bilan.pk), MARK)
        assert len(pages) > 15
        taken += forms
        assert said_anywhere(tmp_path) == set()
    assert taken > 30
    natures = set(Piece.objects.filter(bilan=bilan).values_list("nature", flat=True))
    assert len(natures) >= 8, natures
    # The word is there, for who may read it.
    octets = take_away(bilan=bilan, by=bilan.beneficiaire, now=clock.now()).octets
    with zipfile.ZipFile(io.BytesIO(octets)) as folder:
        assert folder.read("donnees.json").decode().count(MARK) > 10
    save(*miroir, now=clock.now())
    assert said_anywhere(tmp_path) == set()

    # Everything a patient thief could have kept: ciphertext of today, encrypted files, the newest backup.
    kept = [(p.pk, p.cle, p.revision, bytes(p.chiffre)) for p in Piece.objects.filter(bilan=bilan)] + [
        (r.piece_id, r.piece.cle, r.numero, bytes(r.chiffre))
        for r in Revision.objects.filter(piece__bilan=bilan).select_related("piece")
    ]
    shutil.copytree(Path(settings.DONNEES) / "objets", tmp_path / "objets")
    for pk, cle, revision, chiffre in kept:
        coffre().open_piece(chiffre, key_id=cle, piece_id=pk, revision=revision)
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=clock.now())
    destroy_documents(bilan=bilan, by=bilan.consultant, now=clock.now())
    assert Destruction.objects.get(bilan=bilan, motif="abandon").miroir_rafraichi_le is not None
    # With the master key, the ring, and the refreshed mirror restored beside it: nothing opens.
    from jalon.vault import Coffre
    from jalon.vault.maitresse import read_master

    other = tmp_path / "ailleurs"
    other.mkdir()
    Coffre.restore_mirror(miroir[1], other)
    with Coffre.open(other, read_master(Path(settings.DONNEES), {})) as restored:
        for vault in (coffre(), restored):
            keys = [k for k in vault.key_ids() if str(bilan.pk) in k]
            assert keys == []
            for pk, cle, revision, chiffre in kept:
                with pytest.raises(ErreurCoffre):
                    vault.open_piece(chiffre, key_id=cle, piece_id=pk, revision=revision)
    assert said_anywhere(tmp_path) == set()
    assert MARK not in caplog.text
