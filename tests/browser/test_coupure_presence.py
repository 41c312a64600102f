"""A presence signed in a room without network: it waits on each one's own device, leaves once, and is the hour at which it was signed."""

from datetime import timedelta

import pytest
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_coupure import DUMP, cut, waits
from tests.browser.test_questionnaires import enter, photo
from tests.factories import SeanceFactory
from tests.stories.temps import START, Temps
from tests.web.appareils import on_device
from tests.web.ecrits import situation

from jalon.actions.seance import hold_seance
from jalon.records.models import Emargement

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def held(monkeypatch):
    """Both clocks say the same: the browser's own is the real one."""
    from django.utils import timezone

    Temps.moment = now = timezone.now().replace(microsecond=0)
    s = situation(en_investigation=True)
    start, end = now - timedelta(hours=2), now - timedelta(minutes=5)
    planned = SeanceFactory(bilan=s.bilan, debut=start, fin=end, phase="investigation")
    s.seance = hold_seance(seance=planned, debut_reel=start, fin_reelle=end, by=s.bilan.consultant, now=now)
    yield s
    Temps.moment = START


def test_both_sign_without_network_each_on_her_own_device(quelquun, held):
    s = held
    sides = [
        (enter(quelquun(PHONE), on_device(s.personne, shared=False)), "beneficiaire_seance"),
        (enter(quelquun(SCREEN), on_device(s.consultant, shared=False)), "consultant_seance"),
    ]
    for somebody, page in sides:
        somebody.aller(s.a(page, s.seance.pk))
        cut(somebody)
        somebody.page.get_by_role("button", name="Signer la séance").click()
        waits(somebody, "1 signature attend le réseau sur cet appareil")
        photo(somebody, f"presence-{page}")
        assert somebody.page.get_by_role("button", name="Signer la séance").is_disabled()
        kept = somebody.page.evaluate(DUMP)
        assert kept.count("ROW") == 1
        assert str(s.seance.pk) not in next(line for line in kept.splitlines() if line.startswith("ROW"))
    assert not Emargement.objects.exists()
    for somebody, _ in sides:
        somebody.page.wait_for_timeout(300)
        cut(somebody, off=False)
        waits(somebody, "sans réseau, envoyée ensuite")
        assert "ROW" not in somebody.page.evaluate(DUMP)
        somebody.page.reload()
    assert sorted(Emargement.objects.values_list("qualite", "maniere")) == [
        ("beneficiaire", "differe"),
        ("consultant", "differe"),
    ]


def test_hours_that_changed_meanwhile_are_not_signed_and_she_is_told(quelquun, held):
    s = held
    person = enter(quelquun(PHONE), on_device(s.personne, shared=False))
    person.aller(s.a("beneficiaire_seance", s.seance.pk))
    cut(person)
    person.page.get_by_role("button", name="Signer la séance").click()
    waits(person, "1 signature attend")
    hold_seance(
        seance=s.seance,
        debut_reel=s.seance.debut_reel + timedelta(minutes=10),
        fin_reelle=s.seance.fin_reelle,
        by=s.bilan.consultant,
        now=Temps.moment,
    )
    cut(person, off=False)
    waits(person, "Les horaires ont changé depuis l’affichage")
    assert not Emargement.objects.exists()


def test_a_shared_device_signs_only_with_the_network(quelquun, held):
    s = held
    person = enter(quelquun(PHONE), on_device(s.personne, shared=True))
    person.aller(s.a("beneficiaire_seance", s.seance.pk))
    cut(person)
    person.page.get_by_role("button", name="Signer la séance").click()
    waits(person, "rien n’est parti")
    assert "ROW" not in person.page.evaluate(DUMP)
    cut(person, off=False)
    person.faire("Signer la séance")
    assert Emargement.objects.get().maniere == "ecran"


def test_the_pages_around_a_seance_are_clean_on_both_screens(quelquun, held):
    s = held
    for size, scheme in ((PHONE, "light"), (SCREEN, "dark")):
        consultant = enter(quelquun(size, scheme), on_device(s.consultant, shared=False))
        person = enter(quelquun(size, scheme), on_device(s.personne, shared=False))
        coming = SeanceFactory(
            bilan=s.bilan,
            debut=Temps.moment + timedelta(days=3 if size is PHONE else 4),
            fin=Temps.moment + timedelta(days=3 if size is PHONE else 4, hours=1),
            phase="investigation",
            modalite="visio",
            visio_lien="https://visio.exemple.fr/salon",
        )
        for page in ("consultant_seance", "consultant_seance_code", "consultant_seance_corriger"):
            consultant.aller(s.a(page, s.seance.pk))
            photo(consultant, page)
        consultant.aller(s.a("consultant_seance_issue", coming.pk))
        photo(consultant, "issue")
        person.aller(s.a("beneficiaire_seance", coming.pk))
        photo(person, "seance-a-venir")
        for address in ("/compte/rappels/", "/compte/sans-reseau/"):
            person.aller(address)
            photo(person, address.strip("/").replace("/", "-"))
        from jalon.access.rappel_seance import link_token

        for act in ("", "deplacer/", "annuler/"):
            person.aller(f"/rdv/{coming.pk}/{link_token(coming)}/{act}")
            photo(person, f"rdv-{act.strip('/') or 'page'}")


def test_the_heads_page_of_visio_is_clean(quelquun, held):
    from tests.factories import MembreFactory
    from tests.web.ecrits import sign_in

    head = sign_in(MembreFactory(organisme=held.bilan.organisme, role="responsable").personne)
    for size, scheme in ((PHONE, "dark"), (SCREEN, "light")):
        somebody = enter(quelquun(size, scheme), head)
        somebody.aller("/cabinet/reglages/seances/")
        photo(somebody, "cabinet-seances")
