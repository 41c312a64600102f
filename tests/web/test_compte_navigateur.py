"""Account pages in a real browser: a passkey from its making to its use, under our strict policy, and axe on each page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from tests.factories import BilanFactory, MembreFactory, PersonneFactory
from tests.web.comptes import application_code, with_application

from jalon.actions import clock, secret
from jalon.actions.code_papier import give_codes
from jalon.actions.invitation import invite
from jalon.records.models import Envoi

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def site(live_server):
    # A passkey belongs to a name, never to an address of the network.
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page, site, client, person):
    client.force_login(person)
    cookie = client.cookies["jalon_session"].value
    page.context.add_cookies([{"name": "jalon_session", "value": cookie, "url": site}])


def with_authenticator(page):
    """A device that knows passkeys and agrees to everything."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_member_sets_a_passkey_then_enters_with_it_alone(page, site, client):
    member = MembreFactory(role="responsable")
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console", lambda message: said.append(message.text) if "Security Policy" in message.text else None
    )
    with_authenticator(page)
    sign_in(page, site, client, member.personne)
    page.goto(f"{site}/accueil/")
    assert page.url == f"{site}/compte/second-facteur/"
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_role("button", name="Créer la clé sur cet appareil").click()
    page.get_by_role("heading", name="Gardez vos codes de secours").wait_for()
    page.goto(f"{site}/compte/deconnexion/")
    page.get_by_role("main").get_by_role("button", name="Me déconnecter").click()
    page.goto(f"{site}/compte/connexion/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    page.wait_for_url(f"{site}/cabinet/**")
    assert page.request.get(f"{site}/compte/moi/").ok
    page.goto(f"{site}/compte/moi/adresse/")
    page.get_by_role("button", name="Confirmer avec ma clé d’accès").click()
    page.get_by_role("heading", name="Changez l’adresse").wait_for()
    assert said == []


def test_a_device_that_refuses_is_told_in_plain_words(page, site, client):
    sign_in(page, site, client, PersonneFactory())
    page.add_init_script(
        "CredentialsContainer.prototype.create = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    page.goto(f"{site}/compte/securite/cles/ajouter/")
    page.get_by_role("button", name="Créer la clé sur cet appareil").click()
    page.get_by_text("L’appareil n’a pas donné de clé").wait_for()


def check(page, seen):
    found = Axe().run(page)
    problems = [
        (page.url, v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found.response["violations"]
    ]
    assert problems == []
    assert page.locator("h1").count() == 1
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, page.url
    seen(page)


@pytest.fixture
def seen(request):
    """`JALON_IMAGES=folder` keeps a picture of each page, on a telephone and on a large screen, light and dark."""
    import os
    from pathlib import Path

    folder = os.environ.get("JALON_IMAGES")
    count = iter(range(1000))

    def keep(page):
        if not folder:
            return
        name = page.url.split("/compte/")[-1].strip("/").replace("/", "_").split("?")[0][:40]
        n = next(count)
        for width, height, scheme in ((390, 844, "light"), (1280, 900, "dark")):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.screenshot(
                path=Path(folder) / f"{request.node.name[5:12]}_{n:02d}_{name}_{width}_{scheme}.png",
                full_page=True,
            )
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})

    return keep


def test_the_pages_before_the_login_please_axe(page, site, seen):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="zoe@dupont.fr"))
    invite(personne=bilan.beneficiaire, by=bilan.consultant, bilan=bilan, now=clock.now())
    jeton = secret.open_text(Envoi.objects.get().donnees["jeton"])
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (
        "connexion/",
        "connexion/mot-de-passe/",
        "papier/",
        "inscription/",
        "mot-de-passe/oublie/",
        "mot-de-passe/nouveau/fait/",
        "ferme/",
        f"invitation/{jeton}/",
        "invitation/" + "A" * 43 + "/",
    ):
        page.goto(f"{site}/compte/{address}")
        check(page, seen)
    page.goto(f"{site}/compte/papier/")
    page.get_by_label("Votre identifiant").fill("AAAA-0000")
    page.get_by_label("Un code de la liste").fill("000-000-000")
    page.get_by_role("button", name="Entrer dans mon espace").click()
    check(page, seen)
    page.goto(f"{site}/compte/connexion/")
    page.get_by_label("Votre adresse électronique").fill("zoe@dupont.fr")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Le code reçu").fill("0000")
    page.get_by_role("button", name="Entrer dans mon espace").click()
    check(page, seen)
    page.goto(f"{site}/compte/mot-de-passe/oublie/")
    page.get_by_label("Votre adresse électronique").fill("zoe@dupont.fr")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_role("heading", name="Recopiez le code").wait_for()
    check(page, seen)


def test_the_pages_of_somebody_signed_in_please_axe(page, site, client, seen):
    bilan = BilanFactory(en_cours=True)
    give_codes(bilan=bilan, by=bilan.consultant, now=clock.now())
    sign_in(page, site, client, bilan.consultant)
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("second-facteur/", "securite/", "securite/application/", "securite/cles/ajouter/"):
        page.goto(f"{site}/compte/{address}")
        check(page, seen)
    key = with_application(bilan.consultant)
    page.goto(f"{site}/compte/moi/adresse/")
    check(page, seen)  # who are you?
    page.get_by_label("Votre code").fill(application_code(key))
    page.get_by_role("button", name="Confirmer mon identité").click()
    for address in (
        "moi/",
        "moi/adresse/",
        "securite/",
        "securite/application/retirer/",
        "securite/cles/",
        "mot-de-passe/choisir/",
        "sessions/",
        "deconnexion/",
        f"codes-papier/{bilan.pk}/",
    ):
        page.goto(f"{site}/compte/{address}")
        check(page, seen)
    page.goto(f"{site}/compte/securite/secours/nouveaux/")
    check(page, seen)
    page.get_by_role("button", name="Faire dix nouveaux codes").click()
    check(page, seen)
    page.goto(f"{site}/compte/moi/adresse/")
    page.get_by_label("Votre nouvelle adresse").fill("nouvelle@dupont.fr")
    page.get_by_role("button", name="Recevoir un code").click()
    check(page, seen)


def test_without_javascript_every_way_but_the_passkey_is_open(browser, live_server):
    PersonneFactory(email="zoe@exemple.fr")
    page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    page.goto(f"{live_server.url}/compte/connexion/")
    assert not page.get_by_role("button", name="Entrer avec une clé d’accès").is_visible()
    page.get_by_label("Votre adresse électronique").fill("zoe@exemple.fr")
    page.get_by_role("button", name="Recevoir un code").click()
    from tests.web.comptes import mailed_code

    page.get_by_label("Le code reçu").fill(mailed_code())
    page.get_by_role("button", name="Entrer dans mon espace").click()
    page.goto(f"{live_server.url}/compte/moi/")
    assert page.get_by_role("heading", name="Votre profil").is_visible()
