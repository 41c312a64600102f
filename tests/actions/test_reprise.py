"""A folder that comes back: verified file by file, sealed under the new keys, hers alone, and gone with what it came into."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from tests.actions.test_marche import LIFE, Marche
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.coffre import coffre
from jalon.access.pieces import list_pieces
from jalon.access.reprise import read_reprises
from jalon.actions import decision, emport, orphelins, reprise, suivi
from jalon.actions.destruction import destroy_documents
from jalon.actions.ecrit import write_ecrit
from jalon.actions.fichier import deposit_fichier
from jalon.actions.terme import abandon_bilan
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.obstacle import Refused
from jalon.records.models import Fichier, Piece
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.note import NoteConsultant

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "XMARKERX"
PHRASE = "cheval agrafe pile correct"


def take(now, phrase=""):
    """A folder taken away from a first dossier, in which the consultant also wrote a note."""
    b = BilanFactory(en_investigation=True)
    write_ecrit(
        bilan=b,
        contenu=Experience(intitule=f"Menuisière {MARK}", texte="J’y posais des fenêtres"),
        by=b.beneficiaire,
        now=now,
    )
    write_ecrit(bilan=b, contenu=PageCarnet(titre="Doute", texte="J’hésite"), by=b.beneficiaire, now=now)
    write_ecrit(bilan=b, contenu=NoteConsultant(titre="n", texte="NOTE-SECRETE"), by=b.consultant, now=now)
    deposit_fichier(
        bilan=b, nom="cv.txt", data=f"CV {MARK}".encode(), description="", by=b.beneficiaire, now=now
    )
    return emport.take_away(bilan=b, by=b.beneficiaire, now=now, phrase=phrase).octets


def altered(octets, name, content):
    """The same archive, one entry changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
            elif content is not None:
                new.writestr(entry, content)
    return buffer.getvalue()


@pytest.mark.parametrize("phrase", ["", PHRASE])
def test_it_comes_back_under_the_new_keys_marked_hers_alone_and_without_any_note(now, phrase):
    octets = take(now, phrase)
    b = BilanFactory(en_cours=True)
    later = now + timedelta(days=900)
    made = reprise.resume_dossier(bilan=b, fichier=octets, phrase=phrase, by=b.beneficiaire, now=later)
    assert (made.pieces, made.fichiers, made.illisibles) == (3, 1, 0)
    shown = read_reprises(b.beneficiaire, b, now=later)
    assert {r.nature for r in shown} == {"experience", "carnet", "fichier"}
    assert all(r.emporte_le == now.date() for r in shown)
    everything = repr([r.lignes for r in shown]) + repr([r.titre for r in shown])
    assert MARK in everything
    assert "NOTE-SECRETE" not in everything
    [file] = [r for r in shown if r.fichier]
    assert b"".join(file.octets()) == f"CV {MARK}".encode()
    assert {p.cle for p in Piece.objects.filter(bilan=b)} == {f"{b.pk}/travail"}
    assert list_pieces(b.consultant, b) == []
    assert leftovers(MARK) == []
    # Twice is once.
    assert (
        reprise.resume_dossier(bilan=b, fichier=octets, phrase=phrase, by=b.beneficiaire, now=later).fichiers
        == 0
    )
    assert Piece.objects.filter(bilan=b).count() == 3


def test_what_was_altered_is_refused_by_its_name_and_nothing_is_written(now):
    octets = take(now)
    b = BilanFactory(en_cours=True)

    def bring(data, phrase=""):
        with pytest.raises(Refused) as refused:
            reprise.resume_dossier(bilan=b, fichier=data, phrase=phrase, by=b.beneficiaire, now=now)
        return refused.value.obstacles[0].sentence

    assert "mon-dossier.html" in bring(altered(octets, "mon-dossier.html", b"x"))
    assert "donnees.json" in bring(altered(octets, "donnees.json", b"{}"))
    assert "cv.txt" in bring(altered(octets, "fichiers/01-cv.txt", None))
    assert "empreintes-sha256.txt" in bring(altered(octets, "empreintes-sha256.txt", None))
    assert "zip" in bring(b"%PDF-1.7")
    assert "zip" in bring(octets[:400])
    sealed = take(now, PHRASE)
    assert "phrase" in bring(sealed)
    assert "n’ouvre pas" in bring(sealed, "une autre phrase entière")
    assert not Piece.objects.filter(bilan=b).exists()
    assert not Fichier.objects.filter(bilan=b).exists()


def test_only_the_person_brings_it_shares_it_copies_it_and_erases_it(now):
    octets = take(now)
    b = BilanFactory(en_cours=True)
    for stranger in (b.consultant, BilanFactory().beneficiaire):
        with pytest.raises(PermissionDenied):
            reprise.resume_dossier(bilan=b, fichier=octets, by=stranger, now=now)
    reprise.resume_dossier(bilan=b, fichier=octets, by=b.beneficiaire, now=now)
    [one] = [r for r in read_reprises(b.beneficiaire, b, now=now) if r.nature == "experience"]
    with pytest.raises(PermissionDenied):
        reprise.share_repris(piece=one.piece, partage=True, by=b.consultant, now=now)
    reprise.share_repris(piece=one.piece, partage=True, by=b.beneficiaire, now=now)
    assert [r.piece.pk for r in read_reprises(b.consultant, b, now=now)] == [one.piece.pk]
    made = reprise.recopy_repris(piece=one.piece, by=b.beneficiaire, now=now)
    assert made.nature == "experience"
    reprise.share_repris(piece=one.piece, partage=False, by=b.beneficiaire, now=now)
    assert read_reprises(b.consultant, b, now=now) == []
    objet = Fichier.objects.get(bilan=b).objet
    assert reprise.erase_repris(bilan=b, by=b.beneficiaire, now=now) == 3
    assert [p.nature for p in Piece.objects.filter(bilan=b)] == ["experience"]
    with pytest.raises(Exception):  # noqa: B017
        list(coffre().objects.reader(objet, key_id=f"{b.pk}/travail", context="x"))


def test_a_folder_that_was_unpacked_and_packed_again_is_accepted_and_carried_further(now):
    octets = take(now)
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as old, zipfile.ZipFile(buffer, "w") as new:
        new.writestr("__MACOSX/._mon-dossier.html", b"x")
        for entry in old.namelist():
            new.writestr(f"mon-dossier/{entry}", old.read(entry))
    b = BilanFactory(en_cours=True)
    assert reprise.resume_dossier(bilan=b, fichier=buffer.getvalue(), by=b.beneficiaire, now=now).pieces == 3
    again = emport.take_away(bilan=b, by=b.beneficiaire, now=now).octets
    c = BilanFactory(en_cours=True)
    assert reprise.resume_dossier(bilan=c, fichier=again, by=c.beneficiaire, now=now).fichiers == 1
    assert {r.nature for r in read_reprises(c.beneficiaire, c, now=now)} == {
        "experience",
        "carnet",
        "fichier",
    }


def test_it_dies_with_the_dossier_even_when_the_files_deposited_here_are_kept(now):
    octets, before = take(now), orphelins.find().objets
    b = BilanFactory(en_cours=True, terme_prevu_le=now.date())
    reprise.resume_dossier(bilan=b, fichier=octets, by=b.beneficiaire, now=now)
    kept = deposit_fichier(
        bilan=b, nom="a.txt", data=b"d\xc3\xa9pos\xc3\xa9 ici", description="", by=b.beneficiaire, now=now
    )
    decision.decide(
        bilan=b,
        ensemble=Ensemble.ECHANGES,
        choix=Choix.CONSERVER,
        fonde_sur_suivi=True,
        duree_mois=12,
        by=b.beneficiaire,
        now=now,
    )
    abandon_bilan(bilan=b, by=b.beneficiaire, now=now)
    destroy_documents(bilan=b, by=b.consultant, now=now)
    assert [f.pk for f in Fichier.objects.filter(bilan=b)] == [kept.pk]
    assert {p.nature for p in Piece.objects.filter(bilan=b)} == {"fichier"}
    found = orphelins.find()
    assert not [key for key in found.cles if str(b.pk) in key]
    assert set(found.objets) <= set(before)


def test_six_months_later_she_reopens_her_own_folder_for_the_time_of_the_interview(now):
    walk = Marche()
    octets = b""
    for name in LIFE:
        if name == "finish":
            b = walk.fresh()
            octets = emport.take_away(bilan=b, by=b.beneficiaire, now=walk.now).octets
        if name != "keep":
            getattr(walk, name)(walk.fresh())
    b, later = walk.fresh(), walk.now + timedelta(days=184)
    assert not Piece.objects.filter(bilan=b).exists()
    with pytest.raises(Refused) as refused:
        reprise.resume_dossier(bilan=b, fichier=octets, by=b.beneficiaire, now=later)
    assert "suivi ouvert" in refused.value.obstacles[0].sentence
    one = suivi.propose_suivi(bilan=b, by=b.beneficiaire, now=later)
    suivi.open_suivi(suivi=one, by=b.beneficiaire, now=later)
    assert reprise.resume_dossier(bilan=b, fichier=octets, by=b.beneficiaire, now=later).pieces >= 4
    assert {p.cle for p in Piece.objects.filter(bilan=b)} == {f"{b.pk}/entretien_suivi"}
    assert read_reprises(b.beneficiaire, b, now=later)
    suivi.close_suivi(suivi=one, by=b.consultant, now=later)
    assert not Piece.objects.filter(bilan=b).exists()
    assert not coffre().has_key(f"{b.pk}/entretien_suivi")
