"""The consultant's day, her list and her agenda: what waits first, constant queries, the hour of each place."""

from datetime import date, timedelta

import pytest
from tests.factories import BilanFactory, MembreFactory, PersonneFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.domain.bilan import Etat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def claire():
    """A consultant with three bilans in three situations."""
    first = BilanFactory(beneficiaire=PersonneFactory(prenom="Zoé", nom="Attend"))
    shared = {"organisme": first.organisme, "consultant": first.consultant}
    BilanFactory(beneficiaire=PersonneFactory(prenom="Paul", nom="Préliminaire"), en_cours=True, **shared)
    BilanFactory(
        beneficiaire=PersonneFactory(prenom="Inès", nom="Finissante"),
        en_conclusions=True,
        terme_prevu_le=date(2026, 3, 12),
        **shared,
    )
    return first.consultant


def test_what_waits_for_her_comes_first_with_what_blocks(claire):
    page = text_of(sign_in(claire).get("/consultant/"))
    assert "2 dossiers attendent quelque chose de vous" in page
    assert page.index("Paul Préliminaire") < page.index("Ce que vous attendez d’une personne")
    assert page.index("Zoé Attend") > page.index("Ce que vous attendez d’une personne")
    assert "Aucun entretien signé par les deux en phase préliminaire" in page
    assert "et 3 autres points" in page
    assert "jeudi 12 mars 2026" in page
    assert "dossier pas encore emporté" in page


def test_the_seances_of_the_day_are_there_at_the_hour_of_each_place(claire, now):
    here = BilanFactory(consultant=claire, organisme=claire.membres.get().organisme, en_cours=True)
    there = BilanFactory(consultant=claire, organisme=here.organisme, en_cours=True, fuseau="Indian/Reunion")
    SeanceFactory(bilan=here, debut=now + timedelta(hours=1))
    SeanceFactory(bilan=there, debut=now + timedelta(hours=4))
    SeanceFactory(bilan=here, debut=now + timedelta(days=1))
    page = text_of(sign_in(claire).get("/consultant/"))
    assert page.index("11 h") < page.index("17 h")
    assert "heure de La Réunion" in page


def test_the_home_and_the_list_cost_the_same_for_three_bilans_as_for_twelve(claire, now):
    client = sign_in(claire)
    organisme = claire.membres.get().organisme
    SeanceFactory(bilan=BilanFactory(consultant=claire, organisme=organisme, en_cours=True), debut=now)

    def cost():
        return queries_of(client, "/consultant/"), queries_of(client, "/consultant/dossiers/")

    few = cost()
    for n in range(9):
        bilan = BilanFactory(consultant=claire, organisme=organisme, en_investigation=True)
        SeanceFactory(bilan=bilan, debut=now + timedelta(hours=3 * n))
    assert cost() == few


def test_the_list_is_filtered_by_name_number_and_state(claire):
    client = sign_in(claire)
    page = text_of(client.get("/consultant/dossiers/?q=paul"))
    assert "Paul Préliminaire" in page
    assert "Zoé Attend" not in page
    assert "Zoé Attend" in text_of(client.get("/consultant/dossiers/?etat=preparation"))
    assert "Aucun dossier ne correspond" in text_of(client.get("/consultant/dossiers/?q=personne+ici"))
    assert "Aucun dossier ne correspond" in text_of(client.get("/consultant/dossiers/?etat=termine"))
    assert client.get("/consultant/dossiers/?etat=forgé&page=zzz").status_code == 200


def test_destroyed_bilans_leave_the_home_and_stay_in_the_list(claire, now):
    gone = BilanFactory(
        consultant=claire,
        organisme=claire.membres.get().organisme,
        beneficiaire=PersonneFactory(prenom="Feu", nom="Dossier"),
        etat=Etat.ABANDONNE,
        termine_le=now,
        destruction_commencee_le=now,
        contenu_detruit_le=now,
    )
    client = sign_in(claire)
    assert gone.beneficiaire.nom_complet not in text_of(client.get("/consultant/"))
    page = text_of(client.get("/consultant/dossiers/"))
    assert "Feu Dossier" in page
    assert "Contenu détruit" in page


def test_a_colleague_s_bilans_are_nowhere_here(claire):
    BilanFactory(
        organisme=claire.membres.get().organisme,
        beneficiaire=PersonneFactory(prenom="Une", nom="Autre"),
    )
    client = sign_in(claire)
    for page in ("", "dossiers/", "agenda/"):
        assert "Une Autre" not in text_of(client.get(f"/consultant/{page}"))


def test_only_consultants_have_this_space(claire):
    organisme = claire.membres.get().organisme
    for role in ("assistant", "responsable"):
        client = sign_in(MembreFactory(organisme=organisme, role=role).personne)
        for page in ("", "dossiers/", "agenda/"):
            assert client.get(f"/consultant/{page}").status_code == 404
    assert sign_in(PersonneFactory()).get("/consultant/").status_code == 404


def test_the_agenda_shows_a_week_the_weekend_when_it_is_used_and_a_list(claire, now):
    bilan = BilanFactory(consultant=claire, organisme=claire.membres.get().organisme, en_cours=True)
    SeanceFactory(bilan=bilan, debut=now)
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=4))
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=20))
    client = sign_in(claire)
    week = text_of(client.get("/consultant/agenda/"))
    assert "Semaine du 2 mars 2026 au 8 mars 2026" in week
    assert "samedi 7" in week
    assert "dimanche 8" not in week
    assert "samedi" not in text_of(client.get("/consultant/agenda/?semaine=2026-W11"))
    listed = text_of(client.get("/consultant/agenda/?vue=liste"))
    assert "lundi 23 mars 2026" in listed
    for garbage in ("2026-W99", "x", "0000-W01", "2026-W10<script>"):
        assert client.get("/consultant/agenda/", {"semaine": garbage}).status_code == 200


def test_the_agenda_costs_the_same_for_one_seance_as_for_ten(claire, now):
    client = sign_in(claire)
    bilan = BilanFactory(consultant=claire, organisme=claire.membres.get().organisme, en_cours=True)
    SeanceFactory(bilan=bilan, debut=now)
    person = sign_in(bilan.beneficiaire)

    def cost():
        return queries_of(client, "/consultant/agenda/"), queries_of(person, f"/espace/{bilan.pk}/agenda/")

    one = cost()
    for n in range(1, 10):
        other = BilanFactory(consultant=claire, organisme=bilan.organisme, beneficiaire=bilan.beneficiaire)
        SeanceFactory(bilan=other, debut=now + timedelta(hours=3 * n))
    assert cost() == one
