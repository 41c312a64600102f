"""To take a moment without an account: neutral pages, nothing typed is lost, one's own link does the rest."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.factories import LieuFactory, MembreFactory, OrganismeFactory, PersonneFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.actions.reservation import link_token
from jalon.records.models import Contact, Disponibilite, Envoi, PlageExceptionnelle, PlageHebdomadaire

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)  # 18 h in Paris
WORD = "XMARKERX"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    cache.clear()
    at(monkeypatch, NOW)


@pytest.fixture
def ana():
    organisme = OrganismeFactory(telephone="02 40 00 00 00")
    LieuFactory(organisme=organisme)
    return receives(
        MembreFactory(organisme=organisme, personne=PersonneFactory(prenom="Ana", nom="Kervella"))
    )


def receives(membre):
    common = {"organisme": membre.organisme, "consultant": membre.personne}
    Disponibilite.objects.create(**common, ouverte=True, visio_lien="https://visio.exemple.fr/salle")
    lieu = membre.organisme.lieux.get()
    PlageHebdomadaire.objects.create(**common, jour=3, debut=time(18), fin=time(20), lieu=lieu)
    PlageHebdomadaire.objects.create(**common, jour=5, debut=time(9), fin=time(11))
    return membre


def moments(client, **asked):
    page = client.get(reverse("public_rendez_vous_choisir"), asked).content.decode()
    return [unescape(found) for found in re.findall(r'href="(/rendez-vous/prendre/[^"]+)"', page)]


def take(client, address, **typed):
    asked = dict(part.split("=") for part in address.split("?")[1].split("&"))
    said = {"prenom": "Maëlle", "telephone": "06 00 00 00 00", "email": "maelle@exemple.fr", "propos": WORD}
    return client.post(reverse("public_prendre"), asked | said | typed)


def test_a_moment_is_taken_in_three_pages_and_none_of_them_says_what_for(client, ana):
    page = client.get(reverse("public_rendez_vous_choisir"))
    title = page.content.decode().split("<title>")[1].split("</title>")[0]
    assert title == "Choisir un moment"
    first = moments(client)[0]
    assert "jeudi 5 mars 2026 à 18 h" in unescape(text_of(client.get(first))).lower()
    answer = take(client, first)
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert (contact.entretien_le, contact.canal) == (THURSDAY, "rendez_vous")
    own = client.get(answer["Location"])
    text = unescape(text_of(own))
    assert "Jeudi 5 mars 2026 à 18 h" in text
    assert "Ana Kervella" in text
    assert "06 00 00 00 00" in text
    assert WORD not in text
    for shown in (page, own):
        assert "bilan" not in shown.content.decode().split("<main")[1].split("</main>")[0].lower()


def test_evenings_saturdays_ways_and_people_are_chosen(client, ana):
    def weekdays(**asked):
        found = re.findall(r"moment=(\d{8})T", " ".join(moments(client, **asked)))
        return {datetime.strptime(day, "%Y%m%d").weekday() for day in found}

    assert weekdays() == {3, 5}
    assert weekdays(quand="soir") == {3}
    assert weekdays(quand="samedi") == {5}
    assert weekdays(quand="journee") == set()
    # One comes only where there is a place.
    assert weekdays(comment="presentiel") == {3}
    other = receives(MembreFactory(organisme=ana.organisme))
    assert {m[-36:] for m in moments(client, avec=str(other.personne_id))} == {str(other.personne_id)}
    assert moments(client, comment="pigeon", quand="jamais", avec="personne", depuis="hier")


def test_somebody_was_quicker_others_are_offered_and_nothing_typed_is_lost(client, ana):
    first = moments(client)[0]
    take(client, first, prenom="Zoé", email="zoe@exemple.fr")
    answer = take(client, first)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "vient d’être pris" in text
    assert WORD in text
    others = re.findall(r'type="radio" name="autre" value="([^"]+)"', text)
    assert others
    again = take(client, first, autre=others[0])
    assert again.status_code == 302
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["", "?moment=demain&comment=telephone", "?moment=20260305T1700Z_x&comment=visio"]
)
def test_a_forged_address_leads_back_to_the_list(client, ana, address):
    answer = client.get(reverse("public_prendre") + address)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("public_rendez_vous_choisir")


def test_by_telephone_a_number_is_asked_for_and_by_visio_a_way_to_answer(client, ana):
    assert take(client, moments(client)[0], telephone="").status_code == 422
    assert take(client, moments(client, comment="visio")[0], telephone="", email="").status_code == 422
    assert not Contact.objects.exists()


def test_a_machine_writes_nothing_and_repetition_is_slowed_with_the_text_kept(client, ana):
    assert take(client, moments(client)[0], site="https://spam.exemple").status_code == 302
    assert not Contact.objects.exists()
    for address in moments(client)[:5:1]:
        take(client, address)
    answer = [take(client, address) for address in moments(client)[:4]][-1]
    assert answer.status_code == 429
    assert WORD in answer.content.decode()


def booked(client):
    take(client, moments(client)[0])
    contact = Contact.objects.get()
    return contact, link_token(contact.pk)


def test_her_link_confirms_moves_and_cancels(client, ana):
    contact, jeton = booked(client)
    client.post(reverse("public_rendez_vous_confirmer", args=[jeton]))
    assert "confirmé" in text_of(client.get(reverse("public_rendez_vous", args=[jeton])))
    page = client.get(
        reverse("public_rendez_vous_deplacer", args=[jeton]), {"comment": "visio"}
    ).content.decode()
    wanted = re.findall(r'name="moment" value="([^"]+)"', page)[-1]
    moved = client.post(
        reverse("public_rendez_vous_deplacer", args=[jeton]), {"moment": wanted, "comment": "visio"}
    )
    assert moved.status_code == 302
    contact.refresh_from_db()
    assert contact.entretien_modalite == "visio"
    assert contact.entretien_le != THURSDAY
    refused = client.post(
        reverse("public_rendez_vous_deplacer", args=[jeton]), {"moment": "demain", "comment": "visio"}
    )
    assert refused.status_code == 422
    done = client.post(reverse("public_rendez_vous_annuler", args=[jeton]), {"et": "effacer"}, follow=True)
    assert "tout est effacé" in unescape(text_of(done))
    assert not Contact.objects.exists()
    # What is told to the consultant names nobody: all that led to her is gone.
    assert set(Envoi.objects.values_list("genre", "adresse")) == {("agenda_change", "")}
    for name in ("public_rendez_vous", "public_rendez_vous_deplacer", "public_rendez_vous_annuler"):
        assert client.get(reverse(name, args=[jeton])).status_code == 404


def test_a_link_that_was_never_given_is_no_page(client, ana):
    contact, jeton = booked(client)
    for wrong in (jeton[:-1] + "x", str(contact.pk), contact.lien_empreinte):
        assert client.get(reverse("public_rendez_vous", args=[wrong])).status_code == 404
        assert client.post(reverse("public_rendez_vous_confirmer", args=[wrong])).status_code == 404


def test_the_room_is_shown_shortly_before_and_only_by_the_link(client, ana, monkeypatch):
    take(client, moments(client, comment="visio")[0])
    contact = Contact.objects.get()
    own = reverse("public_rendez_vous", args=[link_token(contact.pk)])
    assert "visio.exemple.fr" not in client.get(own).content.decode()
    at(monkeypatch, contact.entretien_le - timedelta(minutes=20))
    assert "https://visio.exemple.fr/salle" in client.get(own).content.decode()
    at(monkeypatch, contact.entretien_fin + timedelta(hours=2))
    assert "visio.exemple.fr" not in client.get(own).content.decode()
    assert "visio.exemple.fr" not in client.get(reverse("public_rendez_vous_choisir")).content.decode()


def test_without_an_address_the_page_gives_its_own_to_be_noted(client, ana):
    answer = take(client, moments(client)[0], email="")
    page = client.get(answer["Location"]).content.decode()
    assert "Notez cette adresse" in page
    assert answer["Location"] in page


def test_without_hours_the_page_says_to_write(client):
    OrganismeFactory()
    assert "Aucun moment ne se prend en ligne" in text_of(client.get(reverse("public_rendez_vous_choisir")))


def test_the_list_costs_the_same_for_one_consultant_as_for_six(client, ana):
    address = reverse("public_rendez_vous_choisir")
    one = queries_of(client, address)
    for _ in range(5):
        receives(MembreFactory(organisme=ana.organisme))
    assert queries_of(client, address) == one


# What the team does with it


def test_the_interview_is_in_the_day_the_week_and_the_list_and_its_outcome_is_told(client, ana, monkeypatch):
    contact, _ = booked(client)
    hers = sign_in(ana.personne)
    assert "Maëlle" in unescape(text_of(hers.get(reverse("consultant_agenda"))))
    assert "Maëlle" in unescape(text_of(hers.get(reverse("organisme_entretiens"))))
    at(monkeypatch, THURSDAY - timedelta(hours=1))
    assert "Maëlle" in unescape(text_of(hers.get(reverse("consultant_accueil"))))
    at(monkeypatch, THURSDAY + timedelta(hours=1))
    assert "1 entretien attend sa suite" in unescape(text_of(hers.get(reverse("organisme_entretiens"))))
    hers.post(reverse("organisme_contact_conclure", args=[contact.pk]), {"issue": "autre_professionnel"})
    assert not Contact.objects.exists()


def test_the_cabinet_withdraws_an_interview_and_a_stranger_cannot(client, ana):
    contact, _ = booked(client)
    address = reverse("organisme_entretien_annuler", args=[contact.pk])
    assert sign_in(MembreFactory().personne).post(address).status_code == 404
    sign_in(ana.personne).post(address)
    contact.refresh_from_db()
    assert contact.entretien_le is None
    assert Envoi.objects.filter(genre="rendez_vous_annule").exists()


def week(**changes):
    lines = {
        "plages": "1",
        "plage-0-jour": "1",
        "plage-0-debut": "18:00",
        "plage-0-fin": "20:00",
        "plage-0-lieu": "",
    }
    return {"geste": "semaine", **lines, **changes}


def test_a_consultant_writes_her_own_week_and_what_is_wrong_stands_beside_it(ana):
    hers, here = sign_in(ana.personne), reverse("consultant_disponibilites")
    added = hers.post(here, week(geste="ajouter")).content.decode()
    assert 'name="plage-1-debut"' in added
    wrong = hers.post(here, week(**{"plage-0-fin": "17:00"}))
    assert wrong.status_code == 422
    assert "La fin doit être après le début" in unescape(wrong.content.decode())
    assert 'value="17:00"' in wrong.content.decode()
    assert PlageHebdomadaire.objects.count() == 2
    assert hers.post(here, week()).status_code == 302
    assert [(p.jour, p.debut) for p in PlageHebdomadaire.objects.all()] == [(1, time(18))]


def test_days_off_close_what_was_offered_and_opening_again_gives_it_back(client, ana):
    hers, here = sign_in(ana.personne), reverse("consultant_disponibilites")
    assert moments(client)[0].endswith(str(ana.personne_id))
    assert hers.post(here, {"geste": "exception", "ouverte": "non", "du": "2026-03-05"}).status_code == 302
    assert "20260305" not in " ".join(moments(client))
    found = PlageExceptionnelle.objects.get()
    hers.post(reverse("consultant_exception_retirer", args=[found.pk]))
    assert "20260305" in " ".join(moments(client))
    refused = hers.post(here, {"geste": "exception", "ouverte": "oui", "du": "2026-03-06"})
    assert refused.status_code == 422


def test_rules_are_held_to_their_bounds(ana):
    hers, here = sign_in(ana.personne), reverse("consultant_disponibilites")
    good = {
        "geste": "regles",
        "ouverte": "on",
        "duree_minutes": "30",
        "tampon_minutes": "0",
        "preavis_heures": "48",
        "horizon_jours": "20",
    }
    assert hers.post(here, good | {"horizon_jours": "0"}).status_code == 422
    assert hers.post(here, good | {"visio_lien": "pas une adresse"}).status_code == 422
    assert hers.post(here, good).status_code == 302
    rules = Disponibilite.objects.get()
    assert (rules.duree_minutes, rules.preavis_heures, rules.telephone, rules.visio_lien) == (
        30,
        48,
        False,
        "",
    )


def test_hours_belong_to_their_consultant_and_to_who_holds_the_desk(ana):
    other = receives(MembreFactory(organisme=ana.organisme))
    page = reverse("organisme_disponibilite", args=[other.personne_id])
    assert sign_in(ana.personne).get(page).status_code == 404
    assert sign_in(ana.personne).post(page, week()).status_code == 404
    desk = sign_in(MembreFactory(organisme=ana.organisme, role="assistant").personne)
    assert desk.get(page).status_code == 200
    assert desk.post(page, week()).status_code == 302
    assert sign_in(MembreFactory(role="assistant").personne).get(page).status_code == 404
    closed = reverse("organisme_disponibilites")
    assert desk.post(closed, {"du": "2026-03-05"}).status_code == 302
    assert sign_in(ana.personne).post(closed, {"du": "2026-03-12"}).status_code == 404
    assert PlageExceptionnelle.objects.get().consultant is None
