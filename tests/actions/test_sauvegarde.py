"""Back up: ciphertext in one folder with history, keys in the mirror without, and never the two together."""

import json
import shutil
import sqlite3
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from tests.factories import BilanFactory

from jalon.access.coffre import coffre
from jalon.access.exploitation import SAUVEGARDE, backup_state, home
from jalon.actions import sauvegarde
from jalon.actions.destruction import destroy_documents
from jalon.actions.exploitation import ExploitationRefusee
from jalon.actions.miroir import refresh_mirror
from jalon.actions.piece import write_piece
from jalon.actions.registre import read, register_path
from jalon.actions.sauvegarde import save, snapshots
from jalon.actions.terme import abandon_bilan
from jalon.records.models import Destruction
from jalon.vault.pieces.note import NoteConsultant

MARK = "XMARKERX"
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into the SQLite file")


@pytest.fixture
def places(tmp_path, settings):
    yield tmp_path / "sauvegardes", tmp_path / "miroir"
    (home() / SAUVEGARDE).unlink(missing_ok=True)
    (home() / "miroir.json").unlink(missing_ok=True)


@pytest.fixture
def bavard(transactional_db, now):
    bilan = BilanFactory(en_conclusions=True)
    write_piece(bilan, NoteConsultant(titre=MARK, texte=MARK), by=bilan.consultant, now=now, reference="1")
    name = coffre().objects.new_id()
    coffre().objects.store(name, MARK.encode() * 10, key_id=f"{bilan.pk}/travail")
    return bilan


def holding(folder, *needles):
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(n in path.read_bytes() for n in needles)
    ]


def test_a_backup_holds_no_key_no_word_and_no_session(bavard, places, now):
    session = SessionStore()
    session["qui"] = "ici"
    session.create()
    done = save(*places, now=now)
    names = {path.name for path in done.chemin.rglob("*") if path.is_file()}
    assert not names & {"trousseau.sqlite3", "epoque.cle", "cle-maitresse", "cle-session", "code-ouverture"}
    assert holding(done.chemin, MARK.encode()) == []
    assert holding(done.chemin, session.session_key.encode()) == []
    assert holding(done.chemin, str(bavard.pk).encode(), bavard.pk.hex.encode()) != []
    assert done.objets == len(coffre().objects.ids())
    assert places[1].stat().st_mode & 0o077 == 0


@on_sqlite
def test_the_copy_of_the_database_is_whole_and_the_living_one_untouched(bavard, places, now):
    done = save(*places, now=now)
    with sqlite3.connect(done.chemin / "base" / "base.sqlite3") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM records_bilan").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    copy.close()


def test_the_mirror_is_one_copy_overwritten_and_the_backups_a_history(bavard, places, now):
    first = save(*places, now=now)
    mirror = places[1].read_bytes()
    coffre().renew_epoch()
    second = save(*places, now=now + timedelta(days=1))
    assert snapshots(places[0]) == [first.chemin, second.chemin]
    assert places[1].read_bytes() != mirror
    assert sorted(path.name for path in places[1].parent.iterdir()) == ["miroir", "sauvegardes"]


def test_an_encrypted_file_is_stored_once_however_many_backups_hold_it(bavard, places, now):
    first, second = (save(*places, now=now + timedelta(days=n)) for n in range(2))
    one = next(path for path in first.chemin.rglob("objets/*/*"))
    other = second.chemin / one.relative_to(first.chemin)
    assert one.stat().st_ino == other.stat().st_ino


def test_the_keys_never_go_among_the_backups(bavard, places, now):
    with pytest.raises(ExploitationRefusee) as refused:
        save(places[0], places[0] / "miroir", now=now)
    assert refused.value.champ == "miroir"
    with pytest.raises(ExploitationRefusee) as refused:
        save(home(), places[1], now=now)
    assert refused.value.champ == "dossier"
    assert not places[0].exists()


def test_a_backup_cut_off_is_not_taken_for_one(bavard, places, now, monkeypatch):
    monkeypatch.setattr(sauvegarde, "_copy_cachets", lambda work: (_ for _ in ()).throw(OSError(28, "plein")))
    with pytest.raises(ExploitationRefusee):
        save(*places, now=now)
    assert snapshots(places[0]) == []
    assert "échoué" in backup_state(now).alarmes[0]
    monkeypatch.undo()
    save(*places, now=now)
    assert len(snapshots(places[0])) == 1
    assert [path.name for path in places[0].iterdir() if path.name.startswith(".")] == []
    assert backup_state(now).alarmes == ()


def test_a_mirror_that_cannot_be_written_is_an_alarm_and_the_data_are_saved_all_the_same(bavard, places, now):
    places[1].write_text("un fichier, pas un dossier")
    done = save(places[0], places[1] / "miroir", now=now)
    assert "n’a pas pu être écrit" in done.alarme
    assert snapshots(places[0]) == [done.chemin]
    assert backup_state(now).alarmes[0] == done.alarme


def test_an_old_backup_is_an_alarm(bavard, places, now):
    save(*places, now=now)
    assert backup_state(now + timedelta(hours=30)).alarmes == ()
    assert "trop ancienne" in backup_state(now + timedelta(hours=40)).alarmes[0]


def test_two_weeks_are_kept_whole_then_one_a_week_then_none(places, now):
    dossier = places[0]
    for days in range(100):
        instant = now - timedelta(days=days)
        folder = dossier / instant.strftime("%Y%m%dT%H%M%SZ")
        folder.mkdir(parents=True)
        (folder / "manifeste.json").write_text("{}")
    sauvegarde.prune(dossier, now)
    ages = sorted(
        (now - sauvegarde.datetime.strptime(p.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=now.tzinfo)).days
        for p in snapshots(dossier)
    )
    assert ages[:15] == list(range(15))
    assert 5 <= len(ages[15:]) <= 8
    assert ages[-1] <= 60
    shutil.rmtree(dossier)


def test_the_register_beside_the_mirror_follows_each_destruction(bavard, places, now):
    save(*places, now=now)
    assert read(places[1]).lignes == []
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    done = destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    [line] = read(places[1]).lignes
    assert line["destruction"]["id"] == str(done.pk)
    assert MARK not in register_path(places[1]).read_text()
    assert Destruction.objects.get(pk=done.pk).miroir_rafraichi_le == now
    save(*places, now=now)
    assert len(read(places[1]).lignes) == 1


def test_a_mirror_out_of_reach_at_a_destruction_is_made_up_for_at_the_next_backup(bavard, places, now):
    save(*places, now=now)
    kept = places[1].rename(places[1].with_name("ailleurs"))
    places[1].mkdir(mode=0o500)
    (places[1] / "jalon-miroir").mkdir()  # nothing can be written under that name
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    done = destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    assert Destruction.objects.get(pk=done.pk).miroir_rafraichi_le is None
    assert "détruites" in backup_state(now).alarmes[0]
    assert not refresh_mirror(now)
    shutil.rmtree(places[1])
    kept.rename(places[1])
    save(*places, now=now + timedelta(hours=1))
    assert Destruction.objects.get(pk=done.pk).miroir_rafraichi_le == now + timedelta(hours=1)
    assert [line["destruction"]["id"] for line in read(places[1]).lignes] == [str(done.pk)]
    assert backup_state(now).alarmes == ()


def test_a_half_written_line_of_the_register_is_left_aside(bavard, places, now):
    save(*places, now=now)
    register_path(places[1]).write_text('{"destruction": {"id"')
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    found = read(places[1])
    assert (len(found.lignes), found.refusees) == (1, 1)
    save(*places, now=now)
    assert (len(read(places[1]).lignes), read(places[1]).refusees) == (1, 0)


def test_the_manifest_names_no_person(bavard, places, now):
    done = save(*places, now=now)
    manifest = json.loads((done.chemin / "manifeste.json").read_text())
    assert set(manifest) == {"format", "instant", "moteur", "trousseau", "migrations", "base", "objets"}
    assert bavard.beneficiaire.email not in json.dumps(manifest)
