"""The take-away folder: everything of hers, nothing of the consultant's, and it opens without us."""

import hashlib
import json
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.actions import emport
from jalon.actions.ecrit import write_ecrit
from jalon.actions.fichier import deposit_fichier
from jalon.actions.questionnaire import propose_questionnaire, save_reponses
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.projet import Projet

pytestmark = pytest.mark.django_db
MARK = "XMARKERX"


@pytest.fixture
def bilan(now):
    b = BilanFactory(en_investigation=True)
    projet = Projet(
        intitule=f"<b>{MARK}</b>",
        description="Ouvrir un atelier",
        atouts="",
        obstacles="",
        a_verifier="",
        raison_ecart="",
    )
    write_ecrit(bilan=b, contenu=projet, by=b.beneficiaire, now=now)
    write_ecrit(
        bilan=b, contenu=PageCarnet(titre="Doute", texte="Est-ce que j’ose ?"), by=b.beneficiaire, now=now
    )
    write_ecrit(bilan=b, contenu=NoteConsultant(titre="n", texte="NOTE-SECRETE"), by=b.consultant, now=now)
    deposit_fichier(
        bilan=b,
        nom="../../été.txt",
        data=b"Mon ancien CV",
        description="CV",
        by=b.beneficiaire,
        now=now,
    )
    propose_questionnaire(bilan=b, code="recit", by=b.consultant, now=now)
    save_reponses(bilan=b, code="recit", reponses={"fierte": "Le jour du salon"}, by=b.beneficiaire, now=now)
    return b


def test_it_holds_all_that_is_hers_and_no_note_of_the_consultant(bilan, now):
    made = emport.take_away(bilan=bilan, by=bilan.beneficiaire, now=now)
    with zipfile.ZipFile(BytesIO(made.octets)) as archive:
        assert archive.testzip() is None
        entries = {name: archive.read(name) for name in archive.namelist()}
    assert not any(name.startswith(("/", "..")) or ".." in name for name in entries)
    everything = b"".join(entries.values())
    for words in (MARK, "Est-ce que j’ose", "Le jour du salon", "Mon ancien CV"):
        assert words.encode() in everything
    assert b"NOTE-SECRETE" not in everything
    data = json.loads(entries["donnees.json"])
    assert data["format"] == "jalon-dossier/2"
    assert {p["nature"] for p in data["pieces"]} == {"projet", "carnet", "reponses", "fichier"}
    for line in entries["empreintes-sha256.txt"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(entries[name]).hexdigest() == digest
    bilan.refresh_from_db()
    assert bilan.emporte_le == now
    assert leftovers(MARK) == []


def test_the_book_is_one_page_that_asks_for_nothing_outside_and_escapes_what_was_typed(bilan, now):
    made = emport.take_away(bilan=bilan, by=bilan.beneficiaire, now=now)
    with zipfile.ZipFile(BytesIO(made.octets)) as archive:
        book = archive.read("mon-dossier.html").decode()
        names = set(archive.namelist())
    assert f"&lt;b&gt;{MARK}&lt;/b&gt;" in book
    assert f"<b>{MARK}" not in book

    class Links(HTMLParser):
        found: list[str] = []

        def handle_starttag(self, tag, attrs):
            assert tag not in {"script", "img", "link", "iframe"}
            self.found += [value for key, value in attrs if key in {"href", "src"}]

    links = Links()
    links.feed(book)
    assert links.found
    assert all(link.startswith("#") or link in names for link in links.found)


def test_only_the_person_takes_it_away(bilan, now):
    for person in (bilan.consultant, BilanFactory().beneficiaire):
        with pytest.raises(PermissionDenied):
            emport.take_away(bilan=bilan, by=person, now=now)
    assert emport.take_away(bilan=bilan, by=bilan.beneficiaire, now=now).pieces == 4
