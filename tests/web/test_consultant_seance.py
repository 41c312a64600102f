"""Séances from both spaces: planned at the hour of the place, held, signed by each on her own device, or on paper."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import BilanFactory, LieuFactory, MembreFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.actions.visio import seal_link
from jalon.domain.parcours import Nature, Phase
from jalon.records.models import Emargement, Seance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def bilan():
    found = BilanFactory(en_cours=True)
    found.lieu = LieuFactory(organisme=found.organisme)
    found.save()
    return found


@pytest.fixture
def consultant(bilan):
    return sign_in(bilan.consultant)


@pytest.fixture
def person(bilan):
    return sign_in(bilan.beneficiaire)


def form(bilan, **more):
    return {
        "phase": "preliminaire",
        "jour": "2026-03-10",
        "debut": "18:30",
        "duree": "120",
        "modalite": "presentiel",
        "lieu": str(bilan.lieu_id),
        "visio_lien": "",
    } | more


def plan(client, bilan, **more):
    return client.post(f"/consultant/{bilan.pk}/seances/prevoir/", form(bilan, **more))


def held(bilan, now, **more):
    start = now - timedelta(hours=3)
    return SeanceFactory(
        bilan=bilan,
        debut=start,
        etat="tenue",
        debut_reel=start,
        fin_reelle=start + timedelta(hours=2),
        **more,
    )


def fingerprint_in(client, address):
    return client.get(address).content.decode().split('name="empreinte" value="')[1].split('"')[0]


def test_a_seance_is_planned_at_the_hour_of_the_bilan_s_place(bilan, consultant, person):
    assert plan(consultant, bilan).status_code == 302
    seance = Seance.objects.get()
    assert seance.debut == datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    assert (seance.fin - seance.debut, seance.lieu) == (timedelta(hours=2), bilan.lieu)
    page = text_of(person.get(f"/espace/{bilan.pk}/seances/{seance.pk}/"))
    assert "mardi 10 mars 2026 à 18 h 30" in page
    assert "heure de Paris" in page
    assert "De plain-pied" in page
    assert "ne dit pas de quoi il s’agit" in page


def test_overseas_the_same_words_are_another_instant():
    bilan = BilanFactory(en_cours=True, fuseau="Indian/Reunion")
    client = sign_in(bilan.consultant)
    assert "heure de La Réunion" in text_of(client.get(f"/consultant/{bilan.pk}/seances/prevoir/"))
    plan(client, bilan, modalite="telephone", lieu="")
    seance = Seance.objects.get()
    assert seance.debut == datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
    assert "à 18 h 30" in text_of(client.get(f"/consultant/{bilan.pk}/seances/{seance.pk}/"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"jour": "2026-03-29", "debut": "02:30"}, "n’existe pas"),
        ({"jour": "2026-10-25", "debut": "02:30"}, "existe deux fois"),
        ({"jour": "31/02/2026"}, "n’existe pas"),
        ({"debut": "25:00"}, "n’existe pas"),
        ({"lieu": ""}, "doit savoir où venir"),
        ({"modalite": "visio", "visio_lien": "pas un lien"}, "URL"),
        ({"modalite": "pigeon"}, "choix"),
        ({"duree": "100000"}, "choix"),
        ({"phase": "suivi", "duree": ""}, "Il manque une réponse"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_kept(bilan, consultant, more, said):
    refused = plan(consultant, bilan, **more)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert "18:30" in refused.content.decode() or "debut" in more
    assert not Seance.objects.exists()


def test_more_than_the_law_allows_is_refused_with_the_article(bilan, consultant):
    for n in range(12):
        assert plan(consultant, bilan, jour=f"2026-03-{10 + n}").status_code == 302
    refused = plan(consultant, bilan, jour="2026-04-10", duree="30")
    assert refused.status_code == 422
    page = text_of(refused)
    assert "ne peut pas dépasser 24 heures" in page
    assert "6313-4" in page
    assert Seance.objects.count() == 12


def test_a_place_of_another_cabinet_is_not_offered_nor_taken(bilan, consultant):
    elsewhere = LieuFactory(nom="Ailleurs")
    assert "Ailleurs" not in text_of(consultant.get(f"/consultant/{bilan.pk}/seances/prevoir/"))
    assert plan(consultant, bilan, lieu=str(elsewhere.pk)).status_code == 422


def test_a_seance_is_moved_cancelled_or_missed(bilan, consultant, now):
    plan(consultant, bilan)
    seance = Seance.objects.get()
    address = f"/consultant/{bilan.pk}/seances/{seance.pk}/"
    said = form(bilan, jour="2026-03-11", modalite="telephone", lieu="")
    assert consultant.post(f"{address}deplacer/", said).status_code == 302
    seance.refresh_from_db()
    assert (seance.debut.day, seance.modalite, seance.lieu) == (11, "telephone", None)
    wrong = consultant.post(f"{address}deplacer/", said | {"debut": "x"})
    assert wrong.status_code == 422
    assert "2026-03-11" in wrong.content.decode()
    assert consultant.post(f"{address}annuler/", {"absence": "non"}).status_code == 302
    seance.refresh_from_db()
    assert seance.etat == "annulee"
    assert consultant.post(f"{address}annuler/", {"absence": "oui"}).status_code == 422
    missed = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=5), fin=now - timedelta(hours=3))
    consultant.post(f"/consultant/{bilan.pk}/seances/{missed.pk}/annuler/", {"absence": "oui"})
    missed.refresh_from_db()
    assert missed.etat == "absence"


def test_real_times_are_noted_then_each_signs_what_she_saw(bilan, consultant, person, now):
    start = now - timedelta(hours=3)
    seance = SeanceFactory(bilan=bilan, debut=start, fin=start + timedelta(hours=2))
    hers, its = f"/espace/{bilan.pk}/seances/{seance.pk}/", f"/consultant/{bilan.pk}/seances/{seance.pk}/"
    assert "Dire si la séance" in text_of(consultant.get(f"/consultant/{bilan.pk}/"))
    early = {"tenir-jour": "2026-03-03", "tenir-debut_reel": "09:00", "tenir-fin_reelle": "08:00"}
    refused = consultant.post(f"{its}tenir/", early)
    assert refused.status_code == 422
    assert "La fin doit être après le début" in text_of(refused)
    assert consultant.post(f"{its}tenir/", early | {"tenir-fin_reelle": "09:50"}).status_code == 302
    assert "Signer la séance du mardi 3 mars 2026 à 9 h" in text_of(person.get(f"/espace/{bilan.pk}/"))
    shown = fingerprint_in(person, hers)
    assert person.post(f"{hers}signer/").status_code == 422
    assert person.post(f"{hers}signer/", {"empreinte": "0" * 64}).status_code == 422
    assert not Emargement.objects.exists()
    assert person.post(f"{hers}signer/", {"empreinte": shown}).status_code == 302
    assert consultant.post(f"{its}signer/", {"empreinte": fingerprint_in(consultant, its)}).status_code == 302
    assert {e.qualite for e in Emargement.objects.all()} == {"beneficiaire", "consultant"}
    page = text_of(person.get(hers))
    assert "50 min" in page
    assert "Signée" in page


def test_times_corrected_meanwhile_are_read_again_before_signing(bilan, consultant, person, now):
    seance = held(bilan, now)
    hers = f"/espace/{bilan.pk}/seances/{seance.pk}/"
    shown = fingerprint_in(person, hers)
    consultant.post(
        f"/consultant/{bilan.pk}/seances/{seance.pk}/tenir/",
        {"tenir-jour": "2026-03-03", "tenir-debut_reel": "07:00", "tenir-fin_reelle": "08:00"},
    )
    refused = person.post(f"{hers}signer/", {"empreinte": shown})
    assert refused.status_code == 422
    assert "relisez-les" in text_of(refused)


def test_a_paper_signature_is_copied_only_with_the_sheet_in_hand(bilan, consultant, now):
    seance = held(bilan, now)
    address = f"/consultant/{bilan.pk}/seances/{seance.pk}/papier/"
    assert consultant.post(address).status_code == 422
    assert consultant.post(address, {"en_main": "oui"}).status_code == 302
    signed = Emargement.objects.get()
    assert (signed.maniere, signed.personne) == ("papier", bilan.beneficiaire)


def test_the_person_notes_her_own_work_and_signs_it_by_doing_so(bilan, person):
    address = f"/espace/{bilan.pk}/seances/travail/"
    said = {"phase": "preliminaire", "jour": "2026-03-02", "debut": "20:00", "duree": "90"}
    late = person.post(address, said | {"jour": "2026-03-04"})
    assert late.status_code == 422
    assert "une fois le travail fait" in text_of(late)
    assert person.post(address, said).status_code == 302
    seance = Seance.objects.get()
    assert (seance.nature, seance.phase) == (Nature.TRAVAIL_PERSONNEL, Phase.PRELIMINAIRE)
    assert Emargement.objects.get().personne == bilan.beneficiaire
    twice = person.post(address, said)
    assert twice.status_code == 422
    assert "déjà" in text_of(twice)


def test_the_way_into_the_room_is_shown_in_its_time_and_its_address_never(bilan, person, consultant, now):
    link = "https://visio.exemple.fr/salon-42"
    kept = seal_link(link)
    later = SeanceFactory(bilan=bilan, debut=now + timedelta(hours=1), modalite="visio", visio_lien=kept)
    soon = SeanceFactory(bilan=bilan, debut=now + timedelta(minutes=10), modalite="visio", visio_lien=kept)
    past = SeanceFactory(bilan=bilan, debut=now - timedelta(days=2), modalite="visio", visio_lien=kept)
    for client, space in ((person, "espace"), (consultant, "consultant")):
        pages = {s: client.get(f"/{space}/{bilan.pk}/seances/{s.pk}/") for s in (later, soon, past)}
        assert "15 minutes avant l’heure" in text_of(pages[later])
        assert "Entrer dans la salle" in text_of(pages[soon])
        assert "Entrer dans la salle" not in text_of(pages[past])
        assert all(link not in page.content.decode() for page in pages.values())
        entered = client.get(f"/{space}/{bilan.pk}/seances/{soon.pk}/salle/")
        assert (entered.status_code, entered["Location"]) == (302, link)
        assert entered["Referrer-Policy"] == "no-referrer"
        closed = client.get(f"/{space}/{bilan.pk}/seances/{later.pk}/salle/")
        assert closed.status_code == 422
        assert link not in closed.content.decode()
    stranger = sign_in(MembreFactory(organisme=bilan.organisme, role="consultant").personne)
    assert stranger.get(f"/consultant/{bilan.pk}/seances/{soon.pk}/salle/").status_code == 404


def test_the_seance_of_another_bilan_is_404_in_every_way(bilan, consultant, person):
    other = SeanceFactory()
    for client, space in ((consultant, "consultant"), (person, "espace")):
        assert client.get(f"/{space}/{bilan.pk}/seances/{other.pk}/").status_code == 404
        assert client.get(f"/{space}/{other.bilan_id}/seances/{other.pk}/").status_code == 404
    for act in ("deplacer", "annuler", "tenir", "signer", "papier"):
        answer = consultant.post(f"/consultant/{bilan.pk}/seances/{other.pk}/{act}/", {"en_main": "oui"})
        assert answer.status_code == 404
    other.refresh_from_db()
    assert other.etat == "prevue"


def test_the_secretariat_does_not_come_in_here(bilan):
    client = sign_in(MembreFactory(organisme=bilan.organisme, role="assistant").personne)
    assert client.get(f"/consultant/{bilan.pk}/seances/").status_code == 404
    assert client.get(f"/espace/{bilan.pk}/seances/").status_code == 404


def test_lists_cost_the_same_for_one_seance_as_for_ten(bilan, consultant, person, now):
    def cost():
        return (
            queries_of(consultant, f"/consultant/{bilan.pk}/seances/"),
            queries_of(person, f"/espace/{bilan.pk}/seances/"),
        )

    held(bilan, now, lieu=bilan.lieu)
    one = cost()
    for days in range(1, 10):
        SeanceFactory(bilan=bilan, lieu=bilan.lieu, debut=now + timedelta(days=days))
    assert cost() == one
