"""The page of the referentials: who sees it, what comes in, what is refused, how far an import is."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import MembreFactory
from tests.metiers.archives import rome_files, rome_tables, write_zip
from tests.web.espaces import sign_in, text_of

from jalon import access
from jalon.actions import referentiel as acts
from jalon.metiers import demande as demandes
from jalon.web.organisme import depot

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, monkeypatch):
    found = tmp_path / "donnees"
    found.mkdir()
    monkeypatch.setattr("jalon.actions.referentiel._home", lambda: found)
    monkeypatch.setattr("jalon.access.metiers._home", lambda: found)
    return found


@pytest.fixture
def head():
    return MembreFactory(role="responsable")


def send(client, content, name="RefRomeCsv.zip", kind="rome"):
    return client.post(
        reverse("organisme_metiers_importer"), {"kind": kind, "archive": SimpleUploadedFile(name, content)}
    )


def archive(tmp_path, version="61", tables=None):
    return write_zip(tmp_path / f"{version}.zip", rome_files(version, tables)).read_bytes()


def do(now):
    return acts.carry_out(by=access.systeme(), now=lambda: now)


def test_a_sent_archive_is_followed_until_it_is_the_days_version(home, head, now, tmp_path):
    client = sign_in(head.personne)
    assert "jeu de départ" in text_of(client.get(reverse("organisme_metiers")))
    answer = send(client, archive(tmp_path))
    assert answer.status_code == 302
    follow = answer["Location"]
    page = client.get(follow)
    # Without JavaScript the page looks again by itself; with it, only its part does.
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    assert "hx-trigger" in page.content.decode()
    waiting = demandes.next_demande(home)
    demandes.write_demande(home, demandes.told(waiting, "Écriture, recherche et voisinages"))
    assert "Écriture, recherche et voisinages" in text_of(client.get(follow, headers={"HX-Request": "true"}))
    assert "Un import est en cours" in text_of(client.get(reverse("organisme_metiers")))
    do(now)
    done = client.get(follow)
    assert "C’est maintenant la version du jour" in text_of(done)
    assert "refresh" not in done.content.decode()
    assert "hx-trigger" not in done.content.decode()
    assert "ROME 4.0 version 61" in text_of(client.get(reverse("organisme_metiers")))
    # Nothing of the upload stays.
    assert [p for p in demandes.folder(home).iterdir() if p.is_dir() or p.suffix == ".depot"] == []


def test_a_refused_archive_is_told_by_name_and_changes_nothing(home, head, now):
    client = sign_in(head.personne)
    follow = send(client, b"this is no zip", name="photo.zip")["Location"]
    do(now)
    text = text_of(client.get(follow))
    assert "Rien n’a été importé" in text
    assert "photo.zip" in text
    assert "La version en usage n’a pas changé" in text


def test_a_form_without_archive_too_heavy_or_while_another_waits_keeps_its_page(
    home, head, tmp_path, monkeypatch
):
    client = sign_in(head.personne)
    empty = client.post(reverse("organisme_metiers_importer"), {"kind": "rome"})
    assert empty.status_code == 422
    assert "Choisissez l’archive" in text_of(empty)
    monkeypatch.setattr(depot, "MAX_BYTES", 1000)
    heavy = send(client, archive(tmp_path))
    assert heavy.status_code == 422
    assert "trop lourd" in text_of(heavy)
    monkeypatch.setattr(depot, "MAX_BYTES", 10_000_000)
    assert list(demandes.folder(home).glob(".*.depot")) == []
    assert send(client, archive(tmp_path)).status_code == 302
    again = send(client, archive(tmp_path))
    assert again.status_code == 422
    assert "déjà en cours" in text_of(again)
    assert list(demandes.folder(home).glob(".*.depot")) == []


def test_an_upload_without_its_token_is_refused(home, head, tmp_path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(head.personne)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    assert send(client, archive(tmp_path)).status_code == 403
    assert demandes.list_demandes(home) == []
    assert list(demandes.folder(home).glob(".*.depot")) == []


def test_the_download_button_asks_and_says_when_it_cannot(home, head):
    client = sign_in(head.personne)
    answer = client.post(reverse("organisme_metiers_telecharger"), {"kind": "rncp"})
    assert answer.status_code == 302
    assert demandes.next_demande(home).origine == "adresse"
    refused = client.post(reverse("organisme_metiers_telecharger"), {"kind": "naf"})
    assert refused.status_code == 422


def test_another_version_tells_what_its_codes_become_before_it_is_chosen(home, head, now, tmp_path):
    client = sign_in(head.personne)
    tables = rome_tables()
    changed = tables["referentiel_code_rome"][0]
    code, label = changed["code_rome"], changed["libelle_rome"]
    changed["libelle_rome"] = "Technicien en cybersécurité"
    for version, made in (("60", tables), ("61", None)):
        send(client, archive(tmp_path, version, made))
        do(now)
    page = reverse("organisme_metiers_version", args=["rome", "60"])
    text = text_of(client.get(page))
    assert "changent de sens" in text
    assert f"{code} : {label} devient Technicien en cybersécurité" in text
    assert client.post(page).status_code == 302
    used = re.search(r"version 60.{0,900}", text_of(client.get(reverse("organisme_metiers"))))
    assert "Celle du jour" in used.group()
    assert client.get(reverse("organisme_metiers_version", args=["rome", "99"])).status_code == 404
    assert client.get(reverse("organisme_metiers_version", args=["autre", "60"])).status_code == 404


def test_the_team_reads_and_only_the_head_imports(home, head, tmp_path):
    for role in ("assistant", "consultant"):
        client = sign_in(MembreFactory(organisme=head.organisme, role=role).personne)
        text = text_of(client.get(reverse("organisme_metiers")))
        assert "jeu de départ" in text
        assert "Déposer une archive" not in text
        assert send(client, archive(tmp_path)).status_code == 404
        assert client.post(reverse("organisme_metiers_version", args=["rome", "depart-1.1"])).status_code in (
            404,
        )
    assert demandes.list_demandes(home) == []
