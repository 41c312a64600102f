"""The verification: silent when all is well, and each thing that was altered, lost, late or left alone is told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from tests.coffre_vide import empty_ring
from tests.factories import BilanFactory, MembreFactory, SeanceFactory
from tests.web.espaces import sign_in, text_of

from jalon.access.coffre import coffre
from jalon.access.conservation import overdue_since
from jalon.access.exploitation import SAUVEGARDE, home
from jalon.actions import echeance, orphelins, verification
from jalon.actions.destruction import begin_destruction, destroy_documents
from jalon.actions.envoi import enqueue
from jalon.actions.piece import write_piece
from jalon.actions.sauvegarde import save
from jalon.actions.terme import abandon_bilan
from jalon.actions.verification import verify
from jalon.records import triggers
from jalon.records.evenements import Nom, record, write_daily_root
from jalon.records.models import DocumentEmis, Echeance, Envoi, Evenement, Fichier, Piece
from jalon.vault.pieces.note import NoteConsultant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def saved(now, tmp_path):
    """One living bilan with a note, a mirror, and nothing wrong."""
    empty_ring()
    bilan = BilanFactory(en_conclusions=True)
    write_piece(
        bilan, NoteConsultant(titre="titre", texte="texte"), by=bilan.consultant, now=now, reference="1"
    )
    record(Nom.BILAN_COMMENCE, bilan, by=bilan.consultant, now=now)
    save(tmp_path / "sauvegardes", tmp_path / "miroir", now=now)
    assert told(now) == []
    yield bilan
    for name in (SAUVEGARDE, "miroir.json", orphelins.ETAT):
        (home() / name).unlink(missing_ok=True)


def told(now):
    return [(one.controle, one.phrase) for one in verify(now)]


def about(now):
    return [controle for controle, _ in told(now)]


@pytest.fixture
def unguarded():
    """The database lets events be changed, as whoever holds its password could arrange."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            for statement in triggers.statements(connection.vendor, install=False):
                cursor.execute(statement)
            cursor.execute(sql, values)

    yield run
    with connection.cursor() as cursor:
        for statement in triggers.statements(connection.vendor, install=True):
            cursor.execute(statement)


def test_a_changed_event_breaks_its_chain(saved, now, unguarded):
    unguarded("UPDATE records_evenement SET nom = %s WHERE chaine = %s", "bilan.termine", chain(saved))
    [(controle, phrase)] = told(now)
    assert controle == "chaines"
    assert str(saved.pk) in phrase


def test_a_chain_lost_whole_breaks_the_roots_of_its_days(saved, now, unguarded):
    write_daily_root(date(2026, 3, 3), now + timedelta(hours=1))
    assert told(now) == []
    unguarded("DELETE FROM records_evenement WHERE chaine = %s", chain(saved))
    [(controle, phrase)] = told(now)
    assert controle == "racines"
    assert "2026-03-03" in phrase


def chain(bilan):
    return bilan.pk.hex if connection.vendor == "sqlite" else bilan.pk


def test_events_after_a_root_do_not_break_it(saved, now):
    write_daily_root(date(2026, 3, 3), now + timedelta(hours=1))
    record(Nom.BILAN_CONCLUSIONS, saved, by=saved.consultant, now=now + timedelta(hours=2))
    assert Evenement.objects.filter(chaine=saved.pk).count() == 2
    assert told(now) == []


def test_a_ciphertext_altered_by_one_bit_is_told_without_a_word_of_it(saved, now):
    piece = Piece.objects.get(bilan=saved)
    data = bytearray(piece.chiffre)
    data[-1] ^= 1
    Piece.objects.filter(pk=piece.pk).update(chiffre=bytes(data))
    [(controle, phrase)] = told(now)
    assert controle == "pieces"
    assert str(piece.pk) in phrase
    assert "texte" not in phrase


def test_a_ciphertext_that_no_key_opens_is_an_orphan(saved, now):
    coffre().destroy_keys([f"{saved.pk}/consultant"])
    coffre().refresh_mirror(now)
    assert about(now) == ["orphelins"]


def test_a_lost_file_and_an_altered_one_are_told(saved, now):
    fiche = Piece.objects.get(bilan=saved)
    name = coffre().objects.new_id()
    key = f"{saved.pk}/travail"
    fichier = Fichier(
        bilan=saved, fiche=fiche, objet=name, tiroir="travail", cle=key, octets=9, depose_le=now
    )
    coffre().objects.store(name, b"le fichier", key_id=key, context=str(fichier.pk))
    fichier.save()
    assert told(now) == []
    path = home() / "objets" / name[:2] / name
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(bytes(data))
    assert about(now) == ["fichiers"]
    path.unlink()
    assert set(about(now)) == {"fichiers", "orphelins"}


def test_a_key_left_alone_is_told_once_it_was_already_alone_the_night_before(saved, now):
    alone = "piece/0f0e0d0c-0000-4000-8000-00000000abcd"
    coffre().create_keys([alone])
    coffre().refresh_mirror(now)
    assert told(now) == []
    orphelins.clean(now)
    assert about(now) == ["orphelins"]
    coffre().destroy_keys([alone])
    coffre().refresh_mirror(now)


def test_a_destruction_begun_and_not_finished_is_told(saved, now):
    abandon_bilan(bilan=saved, by=saved.beneficiaire, now=now)
    begin_destruction(bilan=saved, by=saved.consultant, now=now)
    assert told(now) == []
    assert about(now + timedelta(hours=2)) == ["destructions"]


def test_a_clock_of_destruction_that_nobody_obeyed_is_told(saved, now):
    echeance.schedule("destruction", now, organisme=saved.organisme, bilan=saved)
    assert told(now) == []
    assert about(now + timedelta(days=1, hours=1)) == ["destructions"]


def test_a_content_that_outlives_its_day_is_told_even_when_its_clock_was_taken_away(saved, now):
    """Nobody hides it: neither in the verification, nor on the pages of the responsable and of the consultant."""
    abandon_bilan(bilan=saved, by=saved.beneficiaire, now=now)
    Echeance.objects.filter(bilan=saved).delete()
    late = now + timedelta(days=4)
    assert [c for c, phrase in told(late) if saved.numero in phrase] == ["destructions"]
    assert overdue_since(saved, now) is None
    saved.refresh_from_db()
    assert overdue_since(saved, late) == now.date()
    boss = MembreFactory(organisme=saved.organisme, role="responsable").personne
    for person, page in ((boss, "organisme_a_faire"), (saved.consultant, "consultant_accueil")):
        said = text_of(sign_in(person).get(reverse(page)))
        assert "détruit" in said
        assert saved.numero in said


def test_an_old_mirror_and_one_that_still_holds_destroyed_keys_are_told(saved, now, tmp_path):
    assert about(now + timedelta(days=3)) == ["miroir"]
    (tmp_path / "miroir").unlink()
    (tmp_path / "miroir").mkdir()
    (tmp_path / "miroir" / "jalon-miroir").mkdir()  # nothing can be written under that name
    abandon_bilan(bilan=saved, by=saved.beneficiaire, now=now)
    destroy_documents(bilan=saved, by=saved.consultant, now=now)
    [(controle, phrase)] = told(now)
    assert controle == "miroir"
    assert "clés détruites" in phrase
    assert about(now + timedelta(days=2)) == ["destructions", "miroir"]


def test_a_paper_changed_after_its_issue_breaks_its_fingerprint_and_its_seal(saved, now):
    SeanceFactory(bilan=saved)
    abandon_bilan(bilan=saved, by=saved.beneficiaire, now=now)
    destroy_documents(bilan=saved, by=saved.consultant, now=now)
    paper = DocumentEmis.objects.get(genre="proces_verbal")
    assert about(now) == []
    data = bytearray(paper.octets)
    data[len(data) // 2] ^= 1
    DocumentEmis.objects.filter(pk=paper.pk).update(octets=bytes(data))
    [(controle, phrase)] = told(now)
    assert controle == "cachets"
    assert paper.numero in phrase
    # Whoever also changes the fingerprint is still told by the seal.
    forged = verification.hashlib.sha256(bytes(data)).hexdigest()
    DocumentEmis.objects.filter(pk=paper.pk).update(empreinte=forged)
    assert about(now) == ["cachets"]


def test_mails_given_up_are_told_but_not_those_that_a_restore_held_back(saved, now):
    row = enqueue("dossier_a_lire", personne=saved.beneficiaire, bilan=saved, now=now)
    Envoi.objects.filter(pk=row.pk).update(abandonne_le=now, erreur="Restauration")
    assert told(now) == []
    Envoi.objects.filter(pk=row.pk).update(erreur="ConnectionRefusedError")
    assert about(now) == ["courriels"]


def test_many_of_a_kind_are_counted_not_listed(saved, now, monkeypatch):
    monkeypatch.setattr(verification, "_SHOWN", 2)
    monkeypatch.setattr(verification, "broken_chains", lambda: [f"Chaîne {n}" for n in range(7)])
    assert [phrase for _, phrase in told(now)] == [
        "Chaîne 0",
        "Chaîne 1",
        "… et 5 autres anomalies du même genre.",
    ]


def test_without_any_backup_there_is_nothing_to_drill():
    found, proof = verification.drill()
    assert ([one.controle for one in found], proof) == (["exercice"], {})
