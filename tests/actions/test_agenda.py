"""Calendars: what we publish is read by a real CalDAV server and by another's parser; what we read leaves no word behind."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import icalendar
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, LieuFactory, PersonneFactory, SeanceFactory
from tests.fouille import leftovers
from tests.serveur_radicale import MOT, QUI, server

from jalon.access.agenda import list_agendas, read_feed
from jalon.access.disponibilite import occupations
from jalon.actions.agenda import add_agenda, open_flux, remove_agenda, revoke_flux, write_reglage
from jalon.actions.agenda_lecture import read_due
from jalon.actions.agenda_publication import publish_due
from jalon.actions.courrier import send_due
from jalon.actions.personne import erase
from jalon.actions.seance import cancel_seance, move_seance, plan_seance
from jalon.documents.ics import vtimezone, write_calendar
from jalon.domain.calendrier import Intitule, SensAgenda, TypeAgenda
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.records.models import AgendaExterne, FluxAgenda, PlageOccupee, Publication

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"
BUSY = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//ailleurs//FR
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
SUMMARY:{WORD}
LOCATION:{WORD}
DTSTART;TZID=Europe/Paris:20260325T140000
DTEND;TZID=Europe/Paris:20260325T150000
RRULE:FREQ=WEEKLY;COUNT=2
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20260301T000000Z
SUMMARY:{WORD} libre
TRANSP:TRANSPARENT
DTSTART:20260326T100000Z
DTEND:20260326T110000Z
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()
# 14 h in Paris is 13 h, then 12 h UTC once the clocks have changed.
TAKEN = [
    (datetime(2026, 3, 25, 13, tzinfo=UTC), datetime(2026, 3, 25, 14, tzinfo=UTC)),
    (datetime(2026, 4, 1, 12, tzinfo=UTC), datetime(2026, 4, 1, 13, tzinfo=UTC)),
]


@pytest.fixture(scope="module")
def radicale():
    with server() as found:
        yield found


@pytest.fixture(autouse=True)
def _inside(settings):
    settings.JALON_HOTES_INTERNES = frozenset({"127.0.0.1"})


@pytest.fixture
def bilan():
    found = BilanFactory(en_cours=True, beneficiaire__prenom="Zoé", consultant__prenom="Ana")
    found.lieu = LieuFactory(organisme=found.organisme)
    found.save()
    return found


@pytest.fixture
def ailleurs():
    """A little web server: what it answers is decided by the test."""

    class Answer(BaseHTTPRequestHandler):
        status, body, headers_out, seen = 200, BUSY, {}, []

        def do_GET(self):
            type(self).seen.append(dict(self.headers))
            same = self.headers.get("If-None-Match") == '"v1"' and self.status == 200
            self.send_response(304 if same else self.status)
            for name, value in {"ETag": '"v1"', **self.headers_out}.items():
                self.send_header(name, value)
            self.end_headers()
            if not same:
                self.wfile.write(self.body)

        def log_message(self, *args):
            pass

    web = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    Answer.url = f"http://127.0.0.1:{web.server_port}/secret-{WORD}/agenda.ics"
    Answer.seen = []
    yield Answer
    web.shutdown()
    web.server_close()
    thread.join()


def plan(bilan, now, day=9, **more):
    debut = now + timedelta(days=day)
    return plan_seance(
        bilan=bilan,
        phase=Phase.PRELIMINAIRE,
        nature=Nature.ACCOMPAGNEMENT,
        modalite=more.pop("modalite", Modalite.PRESENTIEL),
        lieu=bilan.lieu,
        debut=debut,
        fin=debut + timedelta(hours=2),
        by=bilan.consultant,
        now=now,
        **more,
    )


def publish(bilan, radicale, now, mot=MOT):
    return add_agenda(
        by=bilan.consultant,
        sens=SensAgenda.PUBLICATION,
        genre=TypeAgenda.CALDAV,
        adresse=radicale.collection,
        utilisateur=QUI,
        mot_de_passe=mot,
        now=now,
    )


def read(bilan, adresse, now, genre=TypeAgenda.ICS, **acces):
    return add_agenda(
        by=bilan.consultant, sens=SensAgenda.LECTURE, genre=genre, adresse=adresse, now=now, **acces
    )


def event(data):
    [found] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return found


# What we publish


def test_an_appointment_is_put_corrected_and_taken_away(bilan, radicale, now):
    radicale.empty()
    seance = plan(bilan, now)
    publish(bilan, radicale, now)
    assert publish_due(now) == 1
    [(uid, data)] = radicale.events().items()
    assert uid == str(seance.pk)
    found = icalendar.Event.from_ical(data)
    assert found["SUMMARY"] == "Rendez-vous"
    assert "rue du Port" in found["LOCATION"]
    assert found["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 3, 12, 10, 0)
    assert found["SEQUENCE"] == 0
    assert b"bilan" not in data.lower()
    assert "Zoé" not in data.decode()
    moved = move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=21),
        fin=seance.fin + timedelta(days=21),
        by=bilan.consultant,
        now=now,
    )
    assert publish_due(now) == 1
    [(uid, data)] = radicale.events().items()
    found = icalendar.Event.from_ical(data)
    assert (uid, found["SEQUENCE"]) == (str(seance.pk), 1)
    # After the change of hour: 9 h UTC is 11 h in Paris.
    assert found["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 4, 2, 11, 0)
    cancel_seance(seance=moved, by=bilan.consultant, now=now)
    assert publish_due(now) == 1
    assert radicale.events() == {}
    assert Publication.objects.get().empreinte == ""
    assert publish_due(now) == 0


def test_what_somebody_changed_there_is_corrected_and_the_rest_left_alone(bilan, radicale, now):
    radicale.empty()
    status, _ = radicale.ask(
        "PUT", f"/{QUI}/agenda/autre.ics", BUSY.split(b"BEGIN:VEVENT\r\nUID:2")[0] + b"END:VCALENDAR\r\n"
    )
    assert status == 201
    seance = plan(bilan, now)
    publish(bilan, radicale, now)
    publish_due(now)
    there = f"/{QUI}/agenda/{seance.pk}.ics"
    changed = radicale.ask("GET", there)[1].replace(b"SUMMARY:Rendez-vous", b"SUMMARY:Autre")
    assert radicale.ask("PUT", there, changed)[0] == 204
    move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=1),
        fin=seance.fin + timedelta(days=1),
        by=bilan.consultant,
        now=now,
    )
    assert publish_due(now) == 1
    found = radicale.events()
    assert set(found) == {"1", str(seance.pk)}
    assert b"SUMMARY:Rendez-vous" in found[str(seance.pk)]


def test_a_server_that_refuses_is_told_and_tried_again(bilan, radicale, now):
    radicale.empty()
    plan(bilan, now)
    agenda = publish(bilan, radicale, now, mot="faux")
    assert publish_due(now) == 0
    agenda.refresh_from_db()
    assert (agenda.erreur, agenda.essais, agenda.lu_le) == ("refuse", 1, None)
    assert agenda.prochain_le > now
    assert publish_due(now) == 0
    remove_agenda(agenda=agenda, by=bilan.consultant, now=now)
    publish(bilan, radicale, now)
    assert publish_due(now) == 1
    assert len(radicale.events()) == 1


def test_the_feed_says_the_same_to_another_s_parser(bilan, now):
    seance = plan(bilan, now)
    write_reglage(
        by=bilan.beneficiaire, intitule=Intitule.PRENOM, avec_lieu=False, invitations=False, now=now
    )
    hers = event(write_calendar(read_feed(bilan.beneficiaire, now)))
    his = event(write_calendar(read_feed(bilan.consultant, now)))
    assert (str(hers["SUMMARY"]), "LOCATION" in hers) == ("Rendez-vous avec Ana", False)
    assert (str(his["SUMMARY"]), "LOCATION" in his) == ("Rendez-vous", True)
    assert hers["UID"] == his["UID"] == str(seance.pk)
    for found in (hers, his):
        assert found["DTSTART"].dt.astimezone(UTC) == seance.debut
        assert found["DTEND"].dt.astimezone(UTC) == seance.fin


def test_each_reads_the_hour_of_her_own_place(bilan, now):
    bilan.fuseau = "Indian/Reunion"
    bilan.save()
    seance = plan(bilan, now)
    hers = icalendar.Calendar.from_ical(write_calendar(read_feed(bilan.beneficiaire, now)))
    assert [str(z["TZID"]) for z in hers.walk("VTIMEZONE")] == ["Indian/Reunion"]
    [one] = hers.walk("VEVENT")
    assert one["DTSTART"].dt.hour == 13
    assert one["DTSTART"].dt.astimezone(UTC) == seance.debut


def test_who_has_left_the_cabinet_reads_nothing_more(bilan, now):
    plan(bilan, now)
    assert len(list(read_feed(bilan.consultant, now))) == 1
    bilan.consultant.membres.update(jusqu_au=now.date())
    assert list(read_feed(bilan.consultant, now)) == []


# By mail


def test_invitations_are_asked_for_then_updated_then_cancelled(bilan, now):
    seance = plan(bilan, now)
    assert send_due(now).envoyes == []
    write_reglage(
        by=bilan.beneficiaire, intitule=Intitule.RENDEZ_VOUS, avec_lieu=True, invitations=True, now=now
    )
    moved = move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=1),
        fin=seance.fin + timedelta(days=1),
        by=bilan.consultant,
        now=now + timedelta(minutes=1),
    )
    cancel_seance(seance=moved, by=bilan.consultant, now=now + timedelta(minutes=2))
    send_due(now + timedelta(minutes=3))
    parts = [sent.alternatives[0] for sent in mail.outbox]
    assert [kind for _, kind in parts] == [
        "text/calendar; method=REQUEST",
        "text/calendar; method=REQUEST",
        "text/calendar; method=CANCEL",
    ]
    found = [event(data) for data, _ in parts]
    assert [one["SEQUENCE"] for one in found] == [0, 1, 2]
    assert {str(one["UID"]) for one in found} == {str(seance.pk)}
    assert [str(one["STATUS"]) for one in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert found[1]["DTSTART"].dt.astimezone(UTC) == seance.debut + timedelta(days=1)
    assert {str(one["ATTENDEE"]) for one in found} == {f"mailto:{bilan.beneficiaire.email}"}
    for sent in mail.outbox:
        assert "bilan" not in str(sent.message()).lower()


def test_the_employer_gets_nothing(now):
    bilan = BilanFactory(
        en_cours=True, financement="plan", employeur_nom="Dupont SA", employeur_siren="732829320"
    )
    bilan.lieu = LieuFactory(organisme=bilan.organisme)
    plan(bilan, now)
    send_due(now)
    assert mail.outbox == []


# What we read


def test_busy_hours_are_read_without_a_word(bilan, ailleurs, now):
    agenda = read(bilan, ailleurs.url, now)
    assert read_due(now) == 1
    assert list(PlageOccupee.objects.order_by("debut").values_list("debut", "fin")) == TAKEN
    assert leftovers(WORD) == []
    [state] = list_agendas(bilan.consultant)
    assert (state.hote, state.plages, state.en_panne) == ("127.0.0.1", 2, False)
    who = bilan.consultant_id
    assert occupations([who], now, now + timedelta(days=60))[who] == []
    assert len(occupations([who], now, now + timedelta(days=60), ailleurs=True)[who]) == 2
    later = now + timedelta(hours=1)
    assert read_due(later) == 1
    assert ailleurs.seen[-1]["If-None-Match"] == '"v1"'
    assert PlageOccupee.objects.count() == 2
    agenda.refresh_from_db()
    assert agenda.lu_le == later


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (500, b"", "reponse"),
        (401, b"", "refuse"),
        (404, b"", "absent"),
        (200, b"<html>bonjour</html>", "illisible"),
        (200, b"x" * (5 * 1024 * 1024 + 10), "trop_gros"),
        (200, BUSY.replace(b"FREQ=WEEKLY;COUNT=2", b"FREQ=SECONDLY"), "trop_frequent"),
    ],
)
def test_a_broken_calendar_leaves_the_last_known_state_and_its_age(bilan, ailleurs, now, status, body, code):
    agenda = read(bilan, ailleurs.url, now)
    read_due(now)
    ailleurs.status, ailleurs.body = status, body
    later = now + timedelta(hours=1)
    AgendaExterne.objects.update(version="")
    assert read_due(later) == 0
    agenda.refresh_from_db()
    assert (agenda.erreur, agenda.lu_le) == (code, now)
    assert PlageOccupee.objects.count() == 2
    assert list_agendas(bilan.consultant)[0].en_panne


def test_a_server_that_is_gone_waits_longer_each_time(bilan, now):
    agenda = read(bilan, "http://127.0.0.1:9/agenda.ics", now)
    waits = []
    moment = now
    for _ in range(3):
        assert read_due(moment) == 0
        agenda.refresh_from_db()
        waits.append(agenda.prochain_le - moment)
        moment = agenda.prochain_le
    assert waits == sorted(waits)
    assert waits[0] < waits[2]
    assert agenda.erreur == "injoignable"


def test_a_caldav_collection_is_read_for_its_busy_hours(bilan, radicale, now):
    radicale.empty()
    # A collection's own event brings the rules of its place (RFC 5545, 3.6.5), as every client writes them.
    place = vtimezone("Europe/Paris", 2026, 2026).encode()
    head, first = BUSY.split(b"BEGIN:VEVENT\r\nUID:2")[0].split(b"BEGIN:VEVENT", 1)
    event_1 = head + place + b"BEGIN:VEVENT" + first + b"END:VCALENDAR\r\n"
    assert radicale.ask("PUT", f"/{QUI}/agenda/1.ics", event_1)[0] == 201
    read(bilan, radicale.collection, now, TypeAgenda.CALDAV, utilisateur=QUI, mot_de_passe=MOT)
    assert read_due(now) == 1
    assert list(PlageOccupee.objects.order_by("debut").values_list("debut", "fin")) == TAKEN
    assert leftovers(WORD) == []
    assert leftovers(MOT) == []


def test_a_calendar_that_is_removed_takes_everything_with_it(bilan, ailleurs, now):
    agenda = read(bilan, ailleurs.url, now)
    read_due(now)
    with pytest.raises(PermissionDenied):
        remove_agenda(agenda=agenda, by=bilan.beneficiaire, now=now)
    assert PlageOccupee.objects.count() == 2
    remove_agenda(agenda=agenda, by=bilan.consultant, now=now)
    assert (AgendaExterne.objects.count(), PlageOccupee.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("adresse", "code"),
    [
        ("n’importe quoi", "adresse"),
        ("http://agenda.exemple.fr/a.ics", "https"),
        ("ftp://agenda.exemple.fr/a.ics", "https"),
        ("https://qui:mot@agenda.exemple.fr/a.ics", "identifiants"),
        ("https://", "adresse"),
    ],
)
def test_an_address_that_cannot_serve_is_refused_at_once(bilan, now, adresse, code):
    with pytest.raises(Refused) as refused:
        read(bilan, adresse, now)
    assert refused.value.obstacles[0].code == code
    assert not AgendaExterne.objects.exists()


def test_only_who_works_here_adds_a_calendar(bilan, now):
    with pytest.raises(PermissionDenied):
        add_agenda(
            by=bilan.beneficiaire,
            sens=SensAgenda.LECTURE,
            genre=TypeAgenda.ICS,
            adresse="https://exemple.fr/a.ics",
            now=now,
        )


def test_a_feed_is_hers_alone_and_ends_with_her_account(bilan, now):
    open_flux(by=bilan.beneficiaire, now=now)
    flux = FluxAgenda.objects.get()
    with pytest.raises(PermissionDenied):
        revoke_flux(flux=flux, by=bilan.consultant, now=now)
    for _ in range(4):
        open_flux(by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        open_flux(by=bilan.beneficiaire, now=now)
    gone = PersonneFactory()
    open_flux(by=gone, now=now)
    assert FluxAgenda.objects.count() == 6
    erase(gone, by=gone, now=now)
    assert FluxAgenda.objects.count() == 5


def test_many_appointments_are_all_there(bilan, now):
    for n in range(30):
        SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=now + timedelta(days=n))
    found = icalendar.Calendar.from_ical(write_calendar(read_feed(bilan.consultant, now)))
    assert len(found.walk("VEVENT")) == 30
