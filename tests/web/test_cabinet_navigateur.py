"""The cabinet's pages and the public ones in a real browser: axe on each, light and dark, on a phone and on a screen."""

import hashlib
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import expect
from tests.factories import (
    BilanFactory,
    LieuFactory,
    MembreFactory,
    OrganismeFactory,
    ParcoursFactory,
    PersonneFactory,
    SeanceFactory,
)

from jalon.access.exploitation import CODE_OUVERTURE, home
from jalon.actions import clock
from jalon.actions.contact import record_contact
from jalon.actions.echeance import schedule
from jalon.actions.reservation import plan_entretien

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def cabinet():
    """A cabinet alive: a team, two dossiers, a contact, things due."""
    now = clock.now()
    organisme = OrganismeFactory(
        telephone="02 40 00 00 00",
        courriel="bonjour@exemple.fr",
        referent_handicap="Ana Exemple",
        mediateur="Médiation du Port",
        mediateur_site="https://mediation.exemple.fr",
    )
    chef = MembreFactory(organisme=organisme, role="responsable").personne
    ana = MembreFactory(
        organisme=organisme, presentation="Psychologue du travail, vingt ans de métier."
    ).personne
    MembreFactory(organisme=organisme, role="assistant")
    LieuFactory(organisme=organisme)
    ParcoursFactory(organisme=organisme)
    running = BilanFactory(
        organisme=organisme, consultant=ana, en_cours=True, ouvert_le=now - timedelta(days=30)
    )
    SeanceFactory(
        bilan=running,
        etat="tenue",
        debut=now - timedelta(days=9),
        debut_reel=now - timedelta(days=9),
        fin_reelle=now - timedelta(days=9, hours=-2),
    )
    schedule("terme", now + timedelta(days=3), organisme=organisme, bilan=running)
    waiting = BilanFactory(organisme=organisme, consultant=ana, ouvert_le=now - timedelta(days=8))
    overdue = BilanFactory(
        organisme=organisme, consultant=ana, en_conclusions=True, ouvert_le=now - timedelta(days=90)
    )
    overdue.etat, overdue.termine_le = "termine", now - timedelta(days=5)
    overdue.save()
    contact = record_contact(
        organisme=organisme,
        canal="telephone",
        prenom="Maëlle",
        telephone="06 00 00 00 00",
        propos="Elle voudrait changer de métier sans quitter la région.",
        by=ana,
        now=now - timedelta(days=4),
    )
    plan_entretien(
        contact=contact,
        debut=now + timedelta(days=2),
        modalite="visio",
        consultant=ana,
        by=ana,
        now=now,
    )
    return {
        "organisme": organisme,
        "chef": chef,
        "ana": ana,
        "bilan": running,
        "autre": waiting,
        "contact": contact,
    }


@pytest.fixture
def said(page):
    """What the browser complained of: an error of a script, or something that our security policy refused."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda m: found.append(m.text) if "Security Policy" in m.text else None)
    return found


def sign_in(page, site, client, person):
    client.force_login(person)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    page.context.add_cookies(
        [{"name": "jalon_session", "value": client.cookies["jalon_session"].value, "url": site}]
    )


def inspect(page, address):
    """All rules on a screen; on a phone in the dark the contrasts and the width, which are what changes there."""
    page.goto(address)
    for scheme, size, options in (("light", SCREEN, None), ("dark", PHONE, {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{address} is wider than the window at {size['width']}"
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{address}, {scheme}: {found.generate_report()}"


def test_the_pages_of_the_cabinet_please_axe(page, live_server, client, cabinet, said):
    site = live_server.url
    sign_in(page, site, client, cabinet["chef"])
    inspect(page, f"{site}/cabinet/")
    assert "devrait déjà être détruit" in page.content()
    for path in (
        "dossiers/",
        f"dossiers/{cabinet['bilan'].pk}/",
        f"dossiers/{cabinet['autre'].pk}/",
        f"dossiers/{cabinet['bilan'].pk}/coordonnees/",
        "dossiers/ouvrir/",
        "contacts/",
        f"contacts/{cabinet['contact'].pk}/",
        "contacts/noter/",
        "equipe/",
        "equipe/inviter/",
        "lieux/",
        "offre/",
        "offre/creer/",
        "reglages/",
        "reglages/qualite/",
        "reglages/cadre/",
    ):
        inspect(page, f"{site}/cabinet/{path}")
    assert said == []


def test_the_public_pages_please_axe(page, live_server, cabinet, said):
    for path in (
        "",
        "contact/",
        "contact/recu/",
        "aide/",
        "accessibilite/",
        "vos-donnees/",
        "mentions-legales/",
    ):
        inspect(page, f"{live_server.url}/{path}")
    assert said == []


def test_the_first_start_opens_the_cabinet_then_asks_for_a_second_factor(page, live_server, said):
    path = home() / CODE_OUVERTURE
    path.write_text(hashlib.sha256(b"ABCD2345EFGH6789").hexdigest())
    try:
        inspect(page, f"{live_server.url}/")
        page.get_by_role("link", name="Ouvrir le cabinet").click()
        inspect(page, f"{live_server.url}/ouvrir/")
        page.get_by_role("button", name="Ouvrir le cabinet").click()
        assert "Recopiez le code" in page.locator("main").inner_text()
        page.get_by_label("Code d’ouverture").fill("abcd 2345 efgh 6789")
        page.get_by_label("Votre prénom").fill("Zoé")
        page.get_by_label("Votre nom").fill("Lefèvre")
        page.get_by_label("Votre adresse électronique").fill("zoe@exemple.fr")
        page.get_by_label("Je travaille seul·e").check()
        page.get_by_label("Nom du cabinet").fill("Rive & Sillage")
        page.get_by_label("Numéro SIRET").fill("552 100 554 00013")
        page.get_by_role("button", name="Ouvrir le cabinet").click()
        page.wait_for_url("**/compte/second-facteur/")
    finally:
        path.unlink(missing_ok=True)
    assert not path.exists()
    assert said == []


def test_the_hours_follow_each_line_and_the_typed_text_stays(page, live_server, client, cabinet, said):
    sign_in(page, live_server.url, client, cabinet["chef"])
    page.goto(f"{live_server.url}/cabinet/offre/creer/")
    page.get_by_label("Intitulé").fill("Bilan en douze semaines")
    hours = page.locator("#heures")
    assert "24\u00a0h" in hours.inner_text()
    line = page.get_by_role("group", name="Ligne 3")
    with page.expect_response("**/offre/creer/"):
        line.get_by_label("Durée").select_option("420")
    expect(hours).to_contain_text("26\u00a0h")
    assert "2\u00a0h de trop" in hours.inner_text()
    page.get_by_role("button", name="Retirer la ligne 3").click()
    assert page.get_by_label("Intitulé").input_value() == "Bilan en douze semaines"
    assert page.get_by_role("group", name="Ligne 5").count() == 0
    page.get_by_role("button", name="Enregistrer le parcours").click()
    page.wait_for_url("**/cabinet/offre/")
    assert "Bilan en douze semaines" in page.content()
    assert said == []


def test_whoever_is_signed_in_elsewhere_sees_the_sober_page_too(page, live_server, client):
    sign_in(page, live_server.url, client, PersonneFactory())
    page.goto(f"{live_server.url}/")
    assert "pas encore ouvert" in page.content()
