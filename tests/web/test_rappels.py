"""Nudges: a file that is hers whatever is destroyed, and plain mails that she asks for and stops by one link."""

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar
from tests.web.ecrits import read, situation
from tests.web.espaces import at
from tests.web.espaces import text_of as words

from jalon.actions.courrier import send_due
from jalon.actions.decision import choose_recontact
from jalon.actions.destruction import destroy_documents
from jalon.actions.echeance import run_due
from jalon.actions.ecrit import write_ecrit
from jalon.actions.rappel import stop_token
from jalon.records.models import Bilan, Echeance, Evenement
from jalon.vault.pieces.plan import EtapePlan, PlanAction

pytestmark = pytest.mark.django_db

LONG = "Appeler l’école ; demander la fiche, puis « écrire » à la région : " + "é" * 90


@pytest.fixture
def s(monkeypatch, now):
    at(monkeypatch, now)
    found = situation(en_conclusions=True)
    steps = (
        EtapePlan(LONG, "2026-03-09"),
        EtapePlan("Sans date"),
        EtapePlan("Faite", "2026-03-02", "", True),
    )
    write_ecrit(bilan=found.bilan, contenu=PlanAction(steps), by=found.bilan.beneficiaire, now=now)
    Bilan.objects.filter(pk=found.bilan.pk).update(terme_prevu_le=now.date())
    found.bilan.refresh_from_db()
    return found


def taken(s, **said):
    answer = s.personne.post(s.a("beneficiaire_rappels_agenda"), said)
    assert answer.status_code == 200, words(answer)
    assert 'filename="rappels.ics"' in answer["Content-Disposition"]
    raw = answer.content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def test_the_file_says_only_the_title_that_she_chose_and_keeps_the_names_of_its_dates(s):
    events = taken(s, titre="Point du mois", etapes="on", mois=["1", "6"])
    assert {str(e["SUMMARY"]) for e in events} == {"Point du mois"}
    days = [e["DTSTART"].dt.date().isoformat() for e in events]
    assert days == ["2026-03-09", "2026-04-03", "2026-09-03"]
    again = taken(s, titre="Autre", etapes="on", mois=["1", "6"])
    assert [e["UID"] for e in again] == [e["UID"] for e in events]


def test_her_own_words_come_back_whole_when_she_wants_them_there_and_only_then(s):
    [event] = taken(s, titre="Rappel", etapes="on", avec_texte="on")
    assert str(event["SUMMARY"]) == LONG
    assert (
        b"Appeler"
        not in s.personne.post(
            s.a("beneficiaire_rappels_agenda"), {"titre": "Rappel", "etapes": "on"}
        ).content
    )
    nothing = s.personne.post(s.a("beneficiaire_rappels_agenda"), {"titre": "Rappel"})
    assert nothing.status_code == 422
    assert s.consultant.post(s.a("beneficiaire_rappels_agenda"), {"titre": "x"}).status_code == 404


def test_mails_need_her_agreement_to_be_written_to_and_are_stopped_by_their_link(s, now):
    address = s.a("beneficiaire_rappels_courriels")
    refused = s.personne.post(address, {"mois": ["1"]})
    assert refused.status_code == 422
    assert "Acceptez d’abord" in words(refused)
    choose_recontact(bilan=s.bilan, accept=True, by=s.bilan.beneficiaire, now=now)
    assert s.personne.post(address, {"mois": ["1", "12"]}).status_code == 302
    assert "checked" in read(s.personne, s.a("beneficiaire_rappels")).split("courriel_mois", 1)[1]
    rows = Echeance.objects.filter(nom="rappel_personnel", annulee_le=None)
    assert sorted(rows.values_list("reference", flat=True)) == ["1", "12"]
    stranger = Client()
    stop = f"/rappels/{s.bilan.pk}/{stop_token(s.bilan)}/"
    assert stranger.post(f"/rappels/{s.bilan.pk}/{'x' * 64}/").status_code == 404
    assert stranger.get(stop).status_code == 200
    assert rows.count() == 2
    assert "arrêtés" in words(stranger.post(stop))
    assert rows.count() == 0
    assert Evenement.objects.filter(nom="rappels.arretes").count() == 1


def test_a_mail_leaves_on_its_day_after_the_destruction_and_says_nothing(s, now):
    from datetime import timedelta

    choose_recontact(bilan=s.bilan, accept=True, by=s.bilan.beneficiaire, now=now)
    s.personne.post(s.a("beneficiaire_rappels_courriels"), {"mois": ["1"]})
    Bilan.objects.filter(pk=s.bilan.pk).update(etat="termine", termine_le=now)
    s.bilan.refresh_from_db()
    destroy_documents(bilan=s.bilan, by=s.bilan.consultant, now=now + timedelta(hours=1))
    later = now + timedelta(days=32)
    mail.outbox.clear()
    assert run_due(later).en_echec == []
    send_due(later)
    [sent] = [m for m in mail.outbox if "rappel" in m.subject]
    assert sent.to == [s.bilan.beneficiaire.email]
    assert stop_token(s.bilan) in sent.body
    for word in ("bilan", "plan", "école", s.bilan.beneficiaire.nom):
        assert word not in sent.body.replace(stop_token(s.bilan), "")


def test_nothing_leaves_once_she_has_changed_her_mind(s, now):
    from datetime import timedelta

    choose_recontact(bilan=s.bilan, accept=True, by=s.bilan.beneficiaire, now=now)
    s.personne.post(s.a("beneficiaire_rappels_courriels"), {"mois": ["1"]})
    choose_recontact(bilan=s.bilan, accept=False, by=s.bilan.beneficiaire, now=now)
    run_due(now + timedelta(days=32))
    assert not s.bilan.envois.filter(genre="rappel_personnel").exists()


def test_the_conclusions_say_when_no_step_begins_this_week_and_tell_each_projects_forces(s, now):
    from jalon.vault.pieces.projet import Projet

    page = read(s.personne, s.a("beneficiaire_conclusions"))
    assert "Aucune étape n’est à faire dans la semaine" not in page
    project = Projet("principal", "Formatrice", "Former.", "Le goût d’expliquer", "Les trajets")
    write_ecrit(bilan=s.bilan, contenu=project, by=s.bilan.beneficiaire, now=now)
    write_ecrit(
        bilan=s.bilan,
        contenu=PlanAction((EtapePlan("Plus tard", "2026-06-01"),)),
        by=s.bilan.beneficiaire,
        now=now,
        base_revision=1,
    )
    for client, name in ((s.personne, "beneficiaire_conclusions"), (s.consultant, "consultant_conclusions")):
        page = words(client.get(s.a(name)))
        assert "Aucune étape n’est à faire dans la semaine" in page
        for said in ("Formatrice", "Le goût d’expliquer", "Les trajets"):
            assert said in page
