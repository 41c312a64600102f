"""A real Chromium over the real pages: a person is a browser of her own, and every page that she meets is checked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from tests.stories.temps import START, Temps

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
def _still_clock(settings):
    """The clock stands still until the test says that time has passed; limits of tries start from nothing."""
    settings.JALON_CLOCK = "tests.stories.temps.now"
    Temps.moment = START
    cache.clear()
    yield
    Temps.moment = START


class Quelquun:
    """Somebody in front of her own browser. `voir` looks at a page: its title, its errors, axe."""

    def __init__(self, context, base):
        self.page = context.new_page()
        self.base = base
        self.vues = []
        self.plaintes = []
        self.page.on("console", lambda m: self.plaintes.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.plaintes.append(str(error)))

    def aller(self, adresse):
        answer = self.page.goto(adresse if adresse.startswith("http") else f"{self.base}{adresse}")
        assert answer.status == 200, (adresse, answer.status)
        self.voir()

    def trouve(self, adresse):
        """Whether this page exists for her, without looking at it."""
        return self.page.request.get(f"{self.base}{adresse}", max_redirects=0).status == 200

    def voir(self):
        found = Axe().run(self.page).response["violations"]
        assert found == [], [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]
        assert self.plaintes == []
        assert "bilan" not in self.page.title().lower()
        self.vues.append(self.page.url)

    def remplir(self, **champs):
        for name, value in champs.items():
            field = self.page.locator(f'[name="{name}"]')
            kind = field.first.get_attribute("type")
            if kind == "radio":
                self.page.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif kind == "checkbox":
                field.set_checked(bool(value), force=True)
            elif field.first.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def faire(self, bouton):
        """Press the button that says so, and look at where it leads."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=bouton, exact=True).first.click()
        self.voir()

    def suivre(self, lien):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=lien, exact=True).first.click()
        self.voir()

    def lit(self, *mots):
        text = self.page.locator("body").inner_text().replace("\u00a0", " ")
        return all(word in text for word in mots)


@pytest.fixture
def quelquun(browser, browser_context_args, live_server):
    """Make people; each has her own cookies, and her own size of screen."""
    contexts = []

    def make(viewport, scheme="light"):
        args = {**browser_context_args, "viewport": viewport, "color_scheme": scheme}
        contexts.append(browser.new_context(**args))
        return Quelquun(contexts[-1], live_server.url)

    yield make
    for context in contexts:
        context.close()
