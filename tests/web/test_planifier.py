"""A whole parcours planned from the pages; one séance moved by the person; the rest shifted together."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
from tests.factories import BilanFactory, LieuFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.records.models import Disponibilite, Envoi, PlageHebdomadaire, Salle, Seance

pytestmark = pytest.mark.django_db
PARIS = "Europe/Paris"


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def bilan():
    found = BilanFactory(en_cours=True)
    found.lieu = LieuFactory(organisme=found.organisme)
    found.save()
    receives(found)
    return found


def receives(bilan, days=(1, 3)):
    for day in days:
        PlageHebdomadaire.objects.create(
            organisme=bilan.organisme,
            consultant=bilan.consultant,
            jour=day,
            debut=time(14),
            fin=time(19),
            lieu=bilan.lieu,
        )


def address(bilan):
    return f"/consultant/{bilan.pk}/planifier/"


def chosen(page, rank=0):
    """The hidden fields of one proposal's own form."""
    form = page.content.decode().split('class="feuille pile proposition"')[rank + 1].split("</form>")[0]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def test_a_whole_parcours_is_planned_in_two_clicks(bilan):
    client = sign_in(bilan.consultant)
    page = client.get(address(bilan))
    assert "Choisissez une suite de dates" in text_of(page)
    assert "Le plus régulier" in text_of(page)
    answer = client.post(address(bilan), chosen(page))
    assert answer.status_code == 302
    found = list(Seance.objects.order_by("debut"))
    assert [s.phase for s in found] == ["preliminaire"] + ["investigation"] * 4 + ["conclusions"] * 3
    assert len({(s.debut.weekday(), s.lieu_id) for s in found}) == 1
    assert sum((s.fin - s.debut).total_seconds() for s in found) == 16 * 3600
    assert Envoi.objects.filter(genre="agenda_fixe").get().donnees == {"nombre": 8}
    assert "Toutes les séances sont prévues" in text_of(client.get(address(bilan)))


def test_what_blocks_is_told_with_what_would_be_enough(bilan):
    page = sign_in(bilan.consultant).get(
        address(bilan), {"du": "2026-03-04", "au": "2026-03-20", "rythme": "semaine", "jours": "1"}
    )
    said = text_of(page)
    assert "Aucune suite de dates ne tient ainsi" in said
    assert "une fin au vendredi 20 mars 2026" in said
    assert "Repoussez la fin" in said


def test_dates_taken_meanwhile_are_refused_all_together_and_named(bilan, now):
    client = sign_in(bilan.consultant)
    page = client.get(address(bilan))
    sent = chosen(page)
    second = datetime.strptime(sent["place"][1].split("|")[1], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    other = BilanFactory(organisme=bilan.organisme, consultant=bilan.consultant, en_cours=True)
    SeanceFactory(bilan=other, consultant=bilan.consultant, debut=second)
    answer = client.post(address(bilan), sent)
    assert answer.status_code == 422
    assert "Rien n’est prévu" in text_of(answer)
    assert "déjà pris" in text_of(answer)
    assert Seance.objects.filter(bilan=bilan).count() == 0


@pytest.mark.parametrize(
    ("places", "word"),
    [
        ([], "Aucune séance n’est choisie"),
        (["n’importe quoi"], "ne se lisent pas"),
        (["preliminaire|20260101T1300Z|60|visio||"], "est passé"),
        (
            ["conclusions|20260310T1300Z|60|visio||", "preliminaire|20260317T1300Z|60|visio||"],
            "l’ordre des phases",
        ),
        (["preliminaire|20260310T1300Z|60|visio||", "preliminaire|20260310T1500Z|60|visio||"], "même jour"),
        (["preliminaire|20260310T1300Z|-60|visio||"], "après son début"),
        (["preliminaire|20260310T1300Z|60|presentiel||"], "Ce lieu ne sert plus"),
    ],
)
def test_a_plan_that_was_tampered_with_is_refused(bilan, places, word):
    answer = sign_in(bilan.consultant).post(address(bilan), {"place": places})
    assert answer.status_code == 422
    assert word in text_of(answer)
    assert not Seance.objects.exists()


def test_seances_of_an_hour_and_a_rooms_door(bilan):
    room = Salle.objects.create(lieu=bilan.lieu, nom="Salle bleue", fauteuil=True)
    client = sign_in(bilan.consultant)
    asked = {
        "du": "2026-03-04",
        "au": "2026-08-30",
        "rythme": "semaine",
        "une_heure": "on",
        "fauteuil": "on",
        "manieres": "presentiel",
        "depuis": "16:00",
    }
    page = client.get(address(bilan), asked)
    assert client.post(address(bilan), chosen(page)).status_code == 302
    found = list(Seance.objects.all())
    assert len(found) == 16
    assert {s.salle for s in found} == {room}
    assert {round((s.fin - s.debut).total_seconds() / 60) for s in found} == {60}
    assert min(s.debut.hour for s in found) >= 14


def test_the_rest_is_shifted_as_a_block_or_not_at_all(bilan, now):
    client = sign_in(bilan.consultant)
    client.post(address(bilan), chosen(client.get(address(bilan))))
    before = list(Seance.objects.order_by("debut"))
    third = before[2]
    here = f"/consultant/{bilan.pk}/seances/{third.pk}/decaler/"
    assert "toutes celles qui suivent" in text_of(client.get(here))
    assert client.post(here, {"jours": "7"}).status_code == 302
    after = {s.pk: s for s in Seance.objects.all()}
    assert [after[s.pk].debut - s.debut for s in before[:2]] == [timedelta()] * 2
    walls = {(after[s.pk].debut.astimezone().date() - s.debut.astimezone().date()).days for s in before[2:]}
    assert walls == {7}
    assert {after[s.pk].sequence for s in before[2:]} == {1}
    blocker = BilanFactory(organisme=bilan.organisme, consultant=bilan.consultant, en_cours=True)
    last = after[before[-1].pk]
    SeanceFactory(bilan=blocker, consultant=bilan.consultant, debut=last.debut + timedelta(days=7))
    refused = client.post(here, {"jours": "7"})
    assert refused.status_code == 422
    assert "Rien n’est décalé" in text_of(refused)
    assert {s.pk: s.debut for s in Seance.objects.filter(bilan=bilan)} == {
        pk: s.debut for pk, s in after.items()
    }


def test_the_rest_never_falls_on_a_holiday_nor_before_what_precedes(bilan, now):
    client = sign_in(bilan.consultant)
    start = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
    first = SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=start - timedelta(days=7))
    monday = SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=start)
    here = f"/consultant/{bilan.pk}/seances/{monday.pk}/decaler/"
    refused = text_of(client.post(here, {"jours": "7"}))
    assert "lundi 6 avril 2026, qui est férié" in refused
    assert "passerait avant la séance" in text_of(client.post(here, {"jours": "-7"}))
    monday.refresh_from_db()
    assert (monday.debut, first.sequence) == (start, 0)


def test_the_person_moves_one_seance_to_a_free_moment(bilan, now):
    owner, person = sign_in(bilan.consultant), sign_in(bilan.beneficiaire)
    owner.post(address(bilan), chosen(owner.get(address(bilan))))
    seance = Seance.objects.order_by("debut")[1]
    here = f"/espace/{bilan.pk}/seances/{seance.pk}/deplacer/"
    page = person.get(here)
    moments = re.findall(r'name="debut" value="([^"]+)"', page.content.decode())
    assert moments
    assert person.post(here, {"debut": "20260101T1000Z"}).status_code == 422
    assert person.post(here, {"debut": moments[0]}).status_code == 302
    seance.refresh_from_db()
    assert seance.debut.strftime("%Y%m%dT%H%MZ") == moments[0]
    assert (seance.sequence, seance.lieu) == (1, bilan.lieu)
    assert "Votre séance aura lieu le" in text_of(person.get(f"/espace/{bilan.pk}/seances/{seance.pk}/"))


def test_too_late_the_person_is_told_to_call(bilan, now):
    Disponibilite.objects.create(organisme=bilan.organisme, consultant=bilan.consultant, preavis_heures=48)
    soon = SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=now + timedelta(hours=20))
    here = f"/espace/{bilan.pk}/seances/{soon.pk}/deplacer/"
    person = sign_in(bilan.beneficiaire)
    assert "moins de 48 heures" in text_of(person.get(here))
    assert person.post(here, {"debut": "20260310T1300Z"}).status_code == 422
    soon.refresh_from_db()
    assert soon.debut == now + timedelta(hours=20)


def test_each_page_is_404_to_the_other(bilan, now):
    seance = SeanceFactory(bilan=bilan, consultant=bilan.consultant, debut=now + timedelta(days=9))
    owner, person = sign_in(bilan.consultant), sign_in(bilan.beneficiaire)
    assert person.get(address(bilan)).status_code == 404
    assert person.get(f"/consultant/{bilan.pk}/seances/{seance.pk}/decaler/").status_code == 404
    assert owner.get(f"/espace/{bilan.pk}/seances/{seance.pk}/deplacer/").status_code == 404
    assert sign_in(BilanFactory().consultant).get(address(bilan)).status_code == 404


def test_the_planner_asks_the_same_of_a_full_agenda(bilan, now):
    client = sign_in(bilan.consultant)
    few = queries_of(client, address(bilan))
    other = BilanFactory(organisme=bilan.organisme, consultant=bilan.consultant, en_cours=True)
    for n in range(20):
        SeanceFactory(bilan=other, consultant=bilan.consultant, debut=now + timedelta(days=n, hours=30))
    assert queries_of(client, address(bilan)) == few
