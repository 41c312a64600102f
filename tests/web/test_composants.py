"""The design system as a person meets it: in a real browser, under our own security policy, on a phone and on a desk."""

import mimetypes
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from jalon.web.composants.glossaire import glossaire
from jalon.web.composants.views import CADRES

pytestmark = pytest.mark.urls("jalon.web.composants.urls")

SITE = "http://localhost"  # an origin that browsers trust without TLS
ERREURS = ["400", "403", "403_csrf", "404", "429", "500"]
STATIC = Path(finders.find("jalon/css/socle.css") or "").parents[1]
WIDTHS = {"phone": (390, 844), "narrow": (320, 640), "desk": (1280, 900)}
Serve = Callable[..., Page]


def address(cadre: str) -> str:
    return f"{SITE}/composants/{cadre}/" if cadre else f"{SITE}/composants/"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    return {"executable_path": "/usr/bin/chromium", "args": [*flags, "--disable-background-networking"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture
def serve(context: BrowserContext, page: Page) -> Iterator[Serve]:
    """The browser asks, Django's test client answers: headers included, so that the security policy holds."""
    client = Client()
    said: list[str] = []

    def answer(route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            if not isinstance(found, str):
                route.fulfill(status=404)
                return
            route.fulfill(status=200, body=Path(found).read_bytes(), content_type=kind)
        elif path == "/masquer/":
            route.fulfill(status=200, body=render_to_string("base/masquer.html"), content_type="text/html")
        elif path.startswith("/erreur/"):
            body = render_to_string(f"erreurs/{path.split('/')[2]}.html")
            route.fulfill(status=200, body=body, content_type="text/html")
        else:
            reply = client.get(path)
            route.fulfill(status=reply.status_code, headers=dict(reply.headers), body=reply.content)

    context.route("**/*", answer)
    # A refused sending is an answer like another for the page; only the browser calls it an error.
    page.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type == "error" and not message.location["url"].endswith("/essai/enregistrer/")
            else None
        ),
    )
    page.on("pageerror", lambda error: said.append(str(error)))

    def go(url: str, *, width: str = "desk", dark: bool = False, cookie: str = "") -> Page:
        page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        if cookie:
            client.cookies["jalon_affichage"] = cookie
        page.goto(url)
        return page

    yield go
    assert said == []


@pytest.mark.browser
@pytest.mark.parametrize("cadre", CADRES)
def test_every_component_passes_the_accessibility_checks(serve: Serve, cadre: str) -> None:
    for dark in (False, True):
        page = serve(address(cadre), dark=dark)
        for term in page.query_selector_all("button.terme"):
            term.click()
        result = Axe().run(page)
        assert len(result.response["passes"]) > 20
        assert result.violations_count == 0, result.generate_report()


@pytest.mark.browser
def test_the_accessibility_check_sees_a_fault(serve: Serve) -> None:
    page = serve(address("compte"))
    page.evaluate("document.querySelector('main label').remove()")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == ["label"]


@pytest.mark.browser
def test_every_error_page_is_accessible_and_offers_a_way_out(serve: Serve) -> None:
    for code in ERREURS:
        page = serve(f"{SITE}/erreur/{code}/", width="phone")
        assert Axe().run(page).violations_count == 0
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
        assert "bilan" not in page.title().lower()


@pytest.mark.browser
@pytest.mark.parametrize("cadre", CADRES)
def test_nothing_sticks_out_at_320_pixels_whatever_the_size(serve: Serve, cadre: str) -> None:
    for taille in ("normal", "20"):
        page = serve(address(cadre), width="narrow", cookie=f"systeme.{taille}.00")
        assert page.get_attribute("html", "data-taille") == taille
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
def test_the_text_has_the_size_in_points_that_was_chosen(serve: Serve) -> None:
    size = "Math.round(parseFloat(getComputedStyle(document.body).fontSize) * 75) / 100"
    assert serve(address("")).evaluate(size) == 13.5  # 18 px
    for points in (16, 18, 20):
        page = serve(address(""), cookie=f"systeme.{points}.00")
        assert page.evaluate(size) == pytest.approx(points, abs=0.02)


@pytest.mark.browser
def test_what_is_touched_is_large_enough(serve: Serve) -> None:
    """44 px for buttons, links of menus and lists, fields and choices; links inside a sentence are text."""
    targets = (
        ".bouton, .nav a, .onglets a, .pagination a, .choix, select, textarea, "
        "input:not([type=radio], [type=checkbox], [type=hidden])"
    )
    for cadre in CADRES:
        page = serve(address(cadre), width="phone")
        heights = page.evaluate(
            """targets => [...document.querySelectorAll(targets)].filter(e => e.offsetParent)
               .map(e => [e.className || e.name, e.getBoundingClientRect().height])""",
            targets,
        )
        assert len(heights) > 2
        assert [(name, height) for name, height in heights if height < 44] == []


@pytest.mark.browser
def test_the_next_act_stays_under_the_thumb_on_a_phone(serve: Serve) -> None:
    page = serve(address("beneficiaire"), width="phone")
    act = page.get_by_role("link", name="Lire mes résultats")
    expect(act).to_be_in_viewport()
    page.mouse.wheel(0, 300)
    expect(act).to_be_in_viewport()


@pytest.mark.browser
def test_the_dark_switch_wins_over_the_system_and_back(serve: Serve) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = "rgb(251, 250, 246)", "rgb(17, 24, 26)"
    assert serve(address("")).evaluate(ground) == light
    assert serve(address(""), dark=True).evaluate(ground) == dark
    assert serve(address(""), cookie="sombre.normal.00").evaluate(ground) == dark
    assert serve(address(""), dark=True, cookie="clair.normal.00").evaluate(ground) == light


@pytest.mark.browser
def test_escape_twice_hides_the_page_and_leaves_no_way_back(serve: Serve) -> None:
    page = serve(address("beneficiaire"))
    page.keyboard.press("Escape")
    assert "Jalon" in page.content()
    page.wait_for_timeout(800)
    page.keyboard.press("Escape")
    assert page.url == address("beneficiaire")
    page.keyboard.press("Escape")
    page.wait_for_url("**/masquer/")
    assert page.title() == "Nouvel onglet"
    assert page.inner_text("body").strip() == ""
    assert page.evaluate("history.length") <= 2


@pytest.mark.browser
def test_a_menu_opens_by_keyboard_and_closes_by_escape(serve: Serve) -> None:
    page = serve(address("staff"), width="phone")
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Formulaires")).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Formulaires")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Formulaires")).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.browser
def test_a_word_of_the_law_unfolds_in_place(serve: Serve) -> None:
    page = serve(address(""))
    text = page.get_by_text(glossaire()["convention"].texte[:40])
    expect(text).to_be_hidden()
    page.get_by_role("button", name="convention tripartite").click()
    expect(text).to_be_visible()
    page.get_by_role("button", name="convention tripartite").click()
    expect(text).to_be_hidden()


class Server:
    """Plays the address that autosave speaks to."""

    def __init__(self, page: Page) -> None:
        self.received: list[dict[str, str]] = []
        self.reply: dict[str, Any] | None = {"status": 200, "json": {"revision": 2}}
        page.route("**/essai/enregistrer/", self._answer)

    def _answer(self, route: Route, request: Request) -> None:
        if self.reply is None:
            route.abort("internetdisconnected")
            return
        pairs = [part.split("=", 1) for part in (request.post_data or "").split("&")]
        self.received.append({**dict(pairs), "token": request.headers.get("x-csrftoken", "")})
        route.fulfill(**self.reply)


@pytest.mark.browser
def test_a_text_is_kept_as_it_is_written_with_its_revision(serve: Serve) -> None:
    page = serve(address("formulaires"))
    server = Server(page)
    text = page.locator("#vide_demande")
    text.fill("Bonjour")
    expect(page.locator("#vide_demande_etat")).to_contain_text("Enregistré à")
    expect(text).to_have_attribute("data-revision", "2")
    server.reply = {"status": 200, "json": {"revision": 3}}
    text.fill("Bonsoir")
    expect(text).to_have_attribute("data-revision", "3")
    assert [(sent["demande"], sent["revision"]) for sent in server.received] == [
        ("Bonjour", "1"),
        ("Bonsoir", "2"),
    ]
    assert all(len(sent["token"]) > 20 for sent in server.received)
    # htmx keeps the address of the page for its history, and we let it keep no page.
    stored = page.evaluate("Object.entries({...localStorage, ...sessionStorage})")
    assert [key for key, _ in stored] in ([], ["htmx-current-path-for-history"])
    assert "Bon" not in str(stored)


@pytest.mark.browser
def test_without_network_the_text_stays_and_is_sent_when_it_comes_back(serve: Serve) -> None:
    page = serve(address("formulaires"))
    server = Server(page)
    server.reply = None
    page.locator("#vide_demande").fill("Rien ne se perd")
    state = page.locator("#vide_demande_etat")
    expect(state).to_contain_text(
        "Pas de réseau : votre texte reste dans cette page, nous réessayons. Ne la fermez pas."
    )
    assert page.input_value("#vide_demande") == "Rien ne se perd"
    assert server.received == []
    server.reply = {"status": 200, "json": {"revision": 2}}
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Enregistré à")
    assert len(server.received) == 1


@pytest.mark.browser
def test_a_closed_session_or_a_refusal_is_said_and_the_text_stays(serve: Serve) -> None:
    page = serve(address("formulaires"))
    server = Server(page)
    text, state = page.locator("#vide_demande"), page.locator("#vide_demande_etat")
    server.reply = {"status": 422, "json": {"obstacles": [{"sentence": "Le texte est trop long."}]}}
    text.fill("Trop")
    expect(state).to_contain_text("Pas enregistré. Le texte est trop long.")
    server.reply = {"status": 403, "body": ""}
    text.fill("Encore")
    expect(state).to_contain_text("Votre session s’est fermée : votre texte reste ici.")
    assert page.input_value("#vide_demande") == "Encore"
    assert "Enregistré" not in page.inner_text("#vide_demande_etat")


@pytest.mark.browser
def test_after_a_new_login_in_another_tab_the_text_is_sent_with_the_new_token(serve: Serve) -> None:
    page = serve(address("formulaires"))
    server = Server(page)
    page.context.add_cookies([{"name": "jalon_csrf", "value": "n" * 32, "url": page.url}])
    page.locator("#vide_demande").fill("Je me suis reconnectée")
    expect(page.locator("#vide_demande_etat")).to_contain_text("Enregistré à")
    assert [sent["token"] for sent in server.received] == ["n" * 32]


@pytest.mark.browser
def test_two_texts_at_once_are_shown_side_by_side(serve: Serve) -> None:
    page = serve(address("formulaires"))
    server = Server(page)
    panel = render_to_string(
        "components/conflit.html",
        {"votre": "A", "autre": "<script>B</script>", "quand": None, "qui": "", "revision": 9},
    )
    server.reply = {"status": 409, "body": panel, "content_type": "text/html"}
    page.locator("#vide_demande").fill("A")
    expect(page.get_by_role("button", name="Garder mon texte")).to_be_visible()
    expect(page.locator(".conflit-texte").nth(1)).to_have_text("<script>B</script>")
    assert page.input_value("[name=conflit_revision]") == "9"


def test_no_script_style_or_handler_is_written_inside_a_page() -> None:
    client = Client()
    for cadre in CADRES:
        html = client.get(f"/composants/{cadre}/" if cadre else "/composants/").content.decode()
        assert "data-autosave-url" in html or cadre != "formulaires"
        for forbidden in ("<style", " style=", " onclick=", " onchange=", "javascript:", "<script>"):
            assert forbidden not in html
        assert "http://" not in html.replace("http://www.w3.org", "")


def test_what_is_vendored_has_its_licence_and_calls_no_map() -> None:
    licences = {path.name for path in (STATIC / "licences").iterdir()}
    assert licences == {
        "atkinson-hyperlegible-next.OFL.txt",
        "source-serif-4.OFL.txt",
        "lucide.ISC.txt",
        "htmx.0BSD.txt",
    }
    for path in [*STATIC.glob("js/*"), *STATIC.glob("css/*")]:
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert "//# " not in text
    sheets = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("css/*.css"))
    for font in STATIC.glob("polices/*.woff2"):
        assert font.name in sheets


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icones.svg").read_text(encoding="utf-8")))
    templates = (STATIC.parents[1] / "templates").rglob("*.html")
    named = {
        name
        for path in templates
        for name in re.findall(r'{% icone "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named <= sprite


def test_an_unknown_frame_is_not_found() -> None:
    assert Client().get("/composants/staff/").status_code == 200
    assert Client().get("/composants/rien/").status_code == 404


def test_the_glossary_holds_no_number_for_numbers_are_dated() -> None:
    assert len(glossaire()) > 20
    for entry in glossaire().values():
        assert not any(sign.isdigit() for sign in entry.texte), entry.mot
