"""Agenda pages: the private feed, one's calendars, the cabinet's week, rooms, groups, who waits, the day on paper."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from tests.factories import BilanFactory, LieuFactory, MembreFactory, OrganismeFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.records.models import (
    AgendaExterne,
    Atelier,
    Attente,
    Contact,
    Disponibilite,
    FluxAgenda,
    HoraireLieu,
    Salle,
    Seance,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def bilan():
    found = BilanFactory(en_cours=True, beneficiaire__prenom="Zéphyrine", beneficiaire__nom="Lefèvre")
    found.lieu = LieuFactory(organisme=found.organisme)
    found.save()
    return found


@pytest.fixture
def maud(bilan):
    """She holds the desk."""
    return sign_in(MembreFactory(organisme=bilan.organisme, role="assistant").personne)


@pytest.fixture
def claire(bilan):
    return sign_in(MembreFactory(organisme=bilan.organisme, role="responsable").personne)


def opened(client, address):
    """The private address that is shown once."""
    page = client.post(address, {"geste": "ouvrir"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    return re.search(r"/agenda/[\w-]+\.ics", page.content.decode())[0]


def test_the_private_feed_is_read_without_an_account_and_costs_nothing_unchanged(client, bilan, now):
    seance = SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=now + timedelta(days=3))
    person = sign_in(bilan.beneficiaire)
    here = f"/espace/{bilan.pk}/agenda/reglages/"
    feed = opened(person, here)
    answer = client.get(feed)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["UID"]), str(event["SUMMARY"])) == (str(seance.pk), "Rendez-vous")
    assert b"bilan" not in answer.content.lower()
    again = client.get(feed, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Seance.objects.filter(pk=seance.pk).update(
        sequence=1, debut=now + timedelta(days=4), fin=now + timedelta(days=4, hours=2)
    )
    changed = client.get(feed, headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200
    assert "Fermer" in text_of(person.get(here))
    assert person.post(here, {"geste": f"fermer:{FluxAgenda.objects.get().pk}"}).status_code == 302
    assert client.get(feed).status_code == 404
    assert client.get("/agenda/n-importe-quoi.ics").status_code == 404


def test_nobody_closes_another_s_feed(bilan):
    opened(sign_in(bilan.beneficiaire), f"/espace/{bilan.pk}/agenda/reglages/")
    other = BilanFactory(en_cours=True)
    address = f"/espace/{other.pk}/agenda/reglages/"
    flux = FluxAgenda.objects.get()
    assert sign_in(other.beneficiaire).post(address, {"geste": f"fermer:{flux.pk}"}).status_code == 404
    flux.refresh_from_db()
    assert flux.revoque_le is None


def test_the_person_is_offered_no_calendar_of_elsewhere(bilan):
    here = f"/espace/{bilan.pk}/agenda/reglages/"
    person = sign_in(bilan.beneficiaire)
    assert "Ajouter un agenda" not in text_of(person.get(here))
    person.post(
        here, {"geste": "ajouter", "adresse": "https://exemple.fr/a.ics", "sens": "lecture", "genre": "ics"}
    )
    assert not AgendaExterne.objects.exists()


def test_a_consultant_adds_a_calendar_and_reads_how_it_fares(bilan, now):
    client = sign_in(bilan.consultant)
    here = "/consultant/agenda/reglages/"
    typed = {"geste": "ajouter", "sens": "lecture", "genre": "ics", "adresse": "http://exemple.fr/a.ics"}
    refused = client.post(here, typed)
    assert refused.status_code == 422
    assert "commence par https://" in text_of(refused)
    assert client.post(here, typed | {"adresse": "https://exemple.fr/prive/a.ics"}).status_code == 302
    assert "Pas encore joint" in text_of(client.get(here))
    AgendaExterne.objects.update(erreur="interne", lu_le=now - timedelta(days=2))
    page = text_of(client.get(here))
    assert "réseau privé" in page
    assert "Dernier état connu : dimanche 1er mars 2026" in page
    assert "prive/a.ics" not in client.get(here).content.decode()
    agenda = AgendaExterne.objects.get()
    stranger = sign_in(BilanFactory().consultant)
    assert stranger.post(here, {"geste": f"retirer:{agenda.pk}"}).status_code == 404
    assert client.post(here, {"geste": f"retirer:{agenda.pk}"}).status_code == 302
    assert not AgendaExterne.objects.exists()


def test_the_cabinet_s_week_is_the_desk_s_and_costs_the_same_for_ten_consultants(bilan, maud, now):
    SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=now + timedelta(hours=3))
    page = maud.get("/cabinet/agenda/")
    assert "Zéphyrine Lefèvre" in text_of(page)
    few = queries_of(maud, "/cabinet/agenda/")
    for n in range(9):
        other = BilanFactory(organisme=bilan.organisme, en_cours=True)
        SeanceFactory(bilan=other, consultant=other.consultant, debut=now + timedelta(hours=n))
    assert queries_of(maud, "/cabinet/agenda/") == few
    assert sign_in(bilan.consultant).get("/cabinet/agenda/").status_code == 404
    outside = MembreFactory(organisme=OrganismeFactory(nom="Autre"), role="assistant")
    assert "Zéphyrine" not in text_of(sign_in(outside.personne).get("/cabinet/agenda/"))


def test_the_rooms_week_says_who_receives_not_who_comes(bilan, claire, maud, now):
    here = f"/cabinet/lieux/{bilan.lieu_id}/salles/"
    typed = {
        "geste": "ajouter",
        "nom": "Salle bleue",
        "places": "4",
        "fauteuil": "on",
        "accessibilite": "Plain-pied",
    }
    assert claire.post(here, typed).status_code == 302
    assert claire.post(here, typed).status_code == 422
    assert claire.post(here, typed | {"nom": "x", "places": "1"}).status_code == 422
    room = Salle.objects.get()
    SeanceFactory(bilan=bilan, consultant=bilan.consultant, lieu=bilan.lieu, salle=room, debut=now)
    page = text_of(maud.get("/cabinet/agenda/?vue=salles"))
    assert "Salle bleue" in page
    assert bilan.consultant.nom_complet in page
    assert "Zéphyrine" not in page
    assert maud.get(here).status_code == 404
    assert claire.post(here, {"geste": f"fermer:{room.pk}"}).status_code == 302
    room.refresh_from_db()
    assert not room.actif


def test_a_place_s_hours_are_written_or_refused_where_they_are_wrong(bilan, claire):
    here = f"/cabinet/lieux/{bilan.lieu_id}/salles/"
    wrong = claire.post(here, {"geste": "horaires", "debut-0": "12:00", "fin-0": "09:00", "debut-1": "09:00"})
    assert wrong.status_code == 422
    assert "donnez les deux heures" in text_of(wrong)
    assert claire.post(here, {"geste": "horaires", "debut-0": "12:00", "fin-0": "09:00"}).status_code == 422
    assert not HoraireLieu.objects.exists()
    assert claire.post(here, {"geste": "horaires", "debut-5": "09:00", "fin-5": "12:00"}).status_code == 302
    assert HoraireLieu.objects.get().jour == 5


def group(bilan, client, **more):
    return client.post(
        "/cabinet/ateliers/",
        {
            "consultant": str(bilan.consultant_id),
            "phase": "investigation",
            "jour": "2026-03-12",
            "debut": "14:00",
            "duree": "180",
            "modalite": "presentiel",
            "lieu": str(bilan.lieu_id),
            "places": "2",
        }
        | more,
    )


def test_a_group_is_planned_once_and_its_people_never_see_each_other(bilan, now):
    client = sign_in(bilan.consultant)
    assert group(bilan, client, jour="2026-02-01").status_code == 422
    assert group(bilan, client).status_code == 302
    atelier = Atelier.objects.get()
    here = f"/cabinet/ateliers/{atelier.pk}/"
    others = [
        BilanFactory(
            organisme=bilan.organisme,
            consultant=bilan.consultant,
            en_cours=True,
            beneficiaire__prenom=name,
            beneficiaire__nom="Secret",
        )
        for name in ("Anatole", "Barnabé")
    ]
    assert client.post(here, {"bilan": str(bilan.pk)}).status_code == 302
    assert client.post(here, {"bilan": str(others[0].pk)}).status_code == 302
    assert "Zéphyrine Lefèvre" in text_of(client.get(here))
    full = client.post(here, {"bilan": str(others[1].pk)})
    assert "complet" in text_of(full)
    assert Seance.objects.filter(atelier=atelier, collectif=True).count() == 2
    person = sign_in(bilan.beneficiaire)
    for page in (
        f"/espace/{bilan.pk}/seances/",
        f"/espace/{bilan.pk}/agenda/",
        f"/espace/{bilan.pk}/seances/{Seance.objects.get(bilan=bilan).pk}/",
    ):
        said = text_of(person.get(page))
        assert "Anatole" not in said
        assert "Secret" not in said
    assert person.get(here).status_code == 404
    busy = SeanceFactory.build(bilan=others[1], debut=atelier.debut)
    refused = client.post(
        f"/consultant/{others[1].pk}/seances/prevoir/",
        {
            "phase": "investigation",
            "jour": "2026-03-12",
            "debut": "15:00",
            "duree": "60",
            "modalite": "telephone",
            "lieu": "",
            "visio_lien": "",
        },
    )
    assert refused.status_code == 422, busy
    assert client.post(f"{here}annuler/").status_code == 302
    assert set(Seance.objects.filter(atelier=atelier).values_list("etat", flat=True)) == {"annulee"}


def test_a_colleague_leads_her_own_groups_only(bilan):
    other = MembreFactory(organisme=bilan.organisme)
    answer = group(bilan, sign_in(other.personne))
    assert answer.status_code == 422
    assert not Atelier.objects.exists()


def test_places_are_counted_and_whoever_waits_keeps_her_rank(bilan, maud, now):
    Disponibilite.objects.create(organisme=bilan.organisme, consultant=bilan.consultant, capacite=1)
    contacts = [
        Contact.objects.create(
            organisme=bilan.organisme,
            canal="telephone",
            prenom=name,
            recu_le=now,
            effacement_le=now.date() + timedelta(days=90),
        )
        for name in ("Lou", "Sam")
    ]
    page = maud.get("/cabinet/attente/")
    assert "Complet" in text_of(page)
    for contact in contacts:
        answer = maud.post(
            "/cabinet/attente/", {"contact": str(contact.pk), "consultant": str(bilan.consultant_id)}
        )
        assert answer.status_code == 302
    # The hour stands still in a test: the first one came an hour before.
    Attente.objects.filter(contact=contacts[0]).update(inscrite_le=now - timedelta(hours=1))
    said = text_of(maud.get("/cabinet/attente/"))
    assert said.index("Lou") < said.index("Sam")
    assert "2 personnes attendent" in said
    assert maud.post(f"/cabinet/attente/{contacts[0].pk}/retirer/").status_code == 302
    assert list(Attente.objects.values_list("contact", flat=True)) == [contacts[1].pk]
    contacts[1].delete()
    assert not Attente.objects.exists()


def test_the_day_is_read_and_printed(bilan, now):
    SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=datetime(2026, 3, 5, 13, tzinfo=UTC))
    client = sign_in(bilan.consultant)
    page = text_of(client.get("/consultant/agenda/?vue=jour&jour=2026-03-05"))
    assert "Jeudi 5 mars 2026" in page
    assert "14 h – 16 h" in page
    assert "Rien ce jour-là" in text_of(client.get("/consultant/agenda/?vue=jour&jour=2026-03-06"))
    printed = client.get("/consultant/agenda/jour/2026-03-05/feuille/")
    assert printed.content.startswith(b"%PDF")
    assert "bilan" not in printed["Content-Disposition"]
    assert sign_in(bilan.beneficiaire).get("/consultant/agenda/jour/2026-03-05/feuille/").status_code == 404
