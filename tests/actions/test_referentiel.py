"""Referentials asked for by a page, done by the machine: refused by name with the version in use untouched, begun again when killed."""

import os
import time

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import MembreFactory
from tests.metiers.archives import rncp_files, rome_files, rome_tables, write_zip

from jalon import access
from jalon.access import metiers as doors
from jalon.actions import referentiel as acts
from jalon.domain.obstacle import Refused
from jalon.metiers import TelechargementImpossible
from jalon.metiers import demande as demandes
from jalon.records.models import Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A métiers folder of its own: what is imported here is nobody else's referential."""
    found = tmp_path / "donnees"
    found.mkdir()
    for module in (acts, doors):
        monkeypatch.setattr(module, "_home", lambda: found)
    return found


@pytest.fixture
def head():
    return MembreFactory(role="responsable")


def ask(head, now, archive, nom="RefRomeCsv.zip", kind="rome"):
    return acts.ask_import(
        organisme=head.organisme, kind=kind, archive=archive, nom=nom, by=head.personne, now=now
    )


def do(now):
    return acts.carry_out(by=access.systeme(), now=lambda: now)


def names():
    return list(Evenement.objects.filter(nom__startswith="referentiel.").values_list("nom", flat=True))


def test_an_archive_that_was_asked_for_becomes_the_days_version(home, head, now, tmp_path):
    asked = ask(head, now, write_zip(tmp_path / "a.zip", rome_files("61")))
    assert doors.referentiel().depart
    assert not (tmp_path / "a.zip").exists()
    ended = do(now)
    assert (ended.id, ended.etat, ended.version, ended.en_usage) == (asked.id, "faite", "61", True)
    assert dict(ended.comptes)["referentiel_code_rome"] == len(rome_tables()["referentiel_code_rome"])
    assert doors.referentiel().version == "61"
    assert [one.version for one in doors.list_versions_of("rome") if one.en_usage] == ["61"]
    assert names() == ["referentiel.demande", "referentiel.importe"]
    # The archive went with its demand; nothing is left to do.
    assert not demandes.archive_path(home, asked).exists()
    assert do(now) is None


def test_a_bad_archive_is_refused_by_name_and_the_version_in_use_stays(home, head, now, tmp_path):
    ask(head, now, write_zip(tmp_path / "a.zip", rome_files("61")))
    do(now)
    files = rome_files("62")
    name = next(one for one in files if "referentiel_code_rome_v" in one)
    files[name] = files[name].replace(b'"libelle_rome"', b'"autre_chose"', 1)
    ask(head, now, write_zip(tmp_path / "b.zip", files))
    ended = do(now)
    assert ended.etat == "refusee"
    assert "libelle_rome" in ended.refus
    cut = tmp_path / "c.zip"
    cut.write_bytes(write_zip(tmp_path / "d.zip", rome_files("62")).read_bytes()[:5000])
    ask(head, now, cut, nom="coupée.zip")
    assert "« coupée.zip »".replace(" ", "\u00a0") in do(now).refus
    assert doors.referentiel().version == "61"
    assert names().count("referentiel.refuse") == 2
    assert len(doors.list_demandes()) == 3


def test_a_doer_that_was_killed_is_followed_by_another_and_not_for_ever(
    home, head, now, tmp_path, monkeypatch
):
    asked = ask(head, now, write_zip(tmp_path / "a.zip", rome_files("61")))

    def killed(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(acts, "import_rome", killed)
    with pytest.raises(SystemExit):
        do(now)
    seen = demandes.read_demande(home, asked.id)
    assert not seen.finie
    assert demandes.archive_path(home, asked).exists()
    monkeypatch.undo()
    monkeypatch.setattr(acts, "_home", lambda: home)
    monkeypatch.setattr(doors, "_home", lambda: home)
    assert do(now).etat == "faite"

    ask(head, now, write_zip(tmp_path / "b.zip", rome_files("62")))
    monkeypatch.setattr(acts, "import_rome", killed)
    for _ in range(acts.ESSAIS_MAX):
        with pytest.raises(SystemExit):
            do(now)
    assert "interrompu" in do(now).refus
    assert doors.referentiel().version == "61"


def test_one_import_at_a_time_and_one_doer(home, head, now, tmp_path):
    ask(head, now, write_zip(tmp_path / "a.zip", rome_files("61")))
    with pytest.raises(Refused, match="déjà en cours"):
        ask(head, now, write_zip(tmp_path / "b.zip", rome_files("62")))
    assert not (tmp_path / "b.zip").exists()
    with demandes.alone(home) as mine:
        assert mine
        assert do(now) is None


def test_without_network_the_download_is_refused_with_a_clear_sentence(home, head, now, monkeypatch):
    def away(**kwargs):
        raise TelechargementImpossible("Impossible de télécharger : vérifiez le réseau.", "adresse")

    monkeypatch.setattr(acts, "fetch_rome", away)
    acts.ask_download(organisme=head.organisme, kind="rome", by=head.personne, now=now)
    ended = do(now)
    assert ended.etat == "refusee"
    assert "réseau" in ended.refus
    with pytest.raises(Refused, match="déposez son fichier"):
        acts.ask_download(organisme=head.organisme, kind="naf", by=head.personne, now=now)


def test_certifications_and_activities_come_in_the_same_way(home, head, now, tmp_path):
    ask(head, now, write_zip(tmp_path / "x.zip", rncp_files()), "export-fiches-csv-2026-08-01.zip", "rncp")
    assert do(now).version == "2026-08-01"
    naf = tmp_path / "naf.json"
    naf.write_text('[{"id": "01.11Z", "label": "Culture de céréales"}]', "utf-8")
    ask(head, now, naf, "naf.json", "naf")
    assert do(now).etat == "faite"
    assert doors.referentiel().certifications is not None


def test_the_days_version_is_chosen_by_the_head_and_by_nobody_else(home, head, now, tmp_path):
    for version in ("60", "61"):
        tables = rome_tables()
        if version == "60":
            tables["referentiel_code_rome"][0]["libelle_rome"] = "Tout autre chose"
        ask(head, now, write_zip(tmp_path / f"{version}.zip", rome_files(version, tables)))
        do(now)
    assert doors.referentiel().version == "61"
    older = doors.get_version("rome", "60")
    changes = doors.changes_towards(older)
    assert [row[2] for row in changes.changes] == ["Tout autre chose"]
    acts.choose_version(organisme=head.organisme, kind="rome", version="60", by=head.personne, now=now)
    assert doors.referentiel().version == "60"
    with pytest.raises(Refused, match="n’est pas sur cette machine"):
        acts.choose_version(organisme=head.organisme, kind="rome", version="99", by=head.personne, now=now)
    for role in ("consultant", "assistant"):
        other = MembreFactory(organisme=head.organisme, role=role)
        with pytest.raises(PermissionDenied):
            acts.choose_version(
                organisme=head.organisme, kind="rome", version="61", by=other.personne, now=now
            )
        with pytest.raises(PermissionDenied):
            ask(other, now, write_zip(tmp_path / "n.zip", rome_files("63")))
    assert doors.referentiel().version == "60"


def test_what_an_interrupted_upload_left_is_swept_and_what_is_fresh_is_not(home):
    old, fresh = demandes.draft_path(home), demandes.draft_path(home)
    for path in (old, fresh):
        path.write_bytes(b"x")
    past = time.time() - 2 * demandes.STALE_SECONDS
    os.utime(old, (past, past))
    demandes.sweep(home)
    assert not old.exists()
    assert fresh.exists()
