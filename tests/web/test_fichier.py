"""Files: checked, cleaned, encrypted, handed back to who may read them, under a name that says nothing elsewhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers

from jalon.records.models import Fichier
from jalon.web import televersement
from jalon.web.ecrits import fichier as page_fichier

pytestmark = pytest.mark.django_db
MARK = "XFICHIERX"
CONTENT = f"Mon CV {MARK}".encode()


def deposit(client, address, name=f"CV {MARK} été.txt", content=CONTENT, description=MARK):
    return client.post(address, {"fichier": SimpleUploadedFile(name, content), "description": description})


def test_a_file_is_listed_and_fetched_by_the_two_alone_and_nowhere_in_clear():
    s = situation()
    assert deposit(s.personne, s.a("beneficiaire_fichiers")).status_code == 302
    pk = Fichier.objects.get().pk
    assert MARK in read(s.consultant, s.a("consultant_fichiers"))
    mine = s.personne.get(s.a("beneficiaire_fichier_lire", pk))
    assert b"".join(mine.streaming_content).decode().strip() == f"Mon CV {MARK}"
    assert mine["Content-Disposition"].startswith('attachment; filename="document.txt"')
    assert MARK in mine["Content-Disposition"]
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert mine["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in mine["Cache-Control"]
    theirs = s.consultant.get(s.a("consultant_fichier_lire", pk))
    assert theirs["Content-Disposition"] == 'attachment; filename="document.txt"'
    assert b"".join(theirs.streaming_content)
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_fichiers")).status_code == 404
        assert stranger.get(s.a("consultant_fichier_lire", pk)).status_code == 404
        assert stranger.get(s.a("beneficiaire_fichier_lire", pk)).status_code == 404
    assert leftovers(MARK) == []


def test_a_file_of_another_bilan_is_404_even_for_its_own_people():
    s, other = situation(), situation()
    deposit(other.personne, other.a("beneficiaire_fichiers"))
    pk = Fichier.objects.get().pk
    assert s.personne.get(s.a("beneficiaire_fichier_lire", pk)).status_code == 404
    assert s.personne.post(s.a("beneficiaire_fichier_effacer", pk)).status_code == 404
    assert Fichier.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("virus.exe", b"MZ\x90\x00\x03\x00"), ("vide.pdf", b""), ("faux.pdf", b"%PDF-1.7 rien")],
)
def test_what_we_do_not_keep_is_refused_with_what_was_typed(name, content):
    s = situation()
    refused = deposit(s.personne, s.a("beneficiaire_fichiers"), name, content, "une description gardée")
    assert refused.status_code == 422
    assert "une description gardée" in refused.content.decode()
    assert not Fichier.objects.exists()


def test_a_file_too_heavy_says_so_and_keeps_the_description(monkeypatch):
    monkeypatch.setattr(televersement, "MAX_BYTES", 100_000)
    monkeypatch.setattr(page_fichier, "MAX_BYTES", 100_000)
    s = situation()
    sent = {"description": "gardée", "fichier": SimpleUploadedFile("gros.txt", b"a" * 400_000)}
    refused = s.personne.post(s.a("beneficiaire_fichiers"), sent)
    assert refused.status_code == 422
    assert "trop lourd" in refused.content.decode()
    assert "gardée" in refused.content.decode()


def test_the_person_erases_and_the_consultant_does_not():
    s = situation()
    deposit(s.personne, s.a("beneficiaire_fichiers"))
    pk = Fichier.objects.get().pk
    assert "Effacer" not in read(s.consultant, s.a("consultant_fichiers"))
    assert s.consultant.post(s.a("consultant_fichier_effacer", pk)).status_code == 404
    assert s.personne.get(s.a("beneficiaire_fichier_effacer", pk)).status_code == 200
    assert s.personne.post(s.a("beneficiaire_fichier_effacer", pk)).status_code == 302
    assert not Fichier.objects.exists()
    assert s.personne.get(s.a("beneficiaire_fichier_lire", pk)).status_code == 404
