"""Production has none of it: neither the application, nor a page, nor the banner."""

import importlib
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import Resolver404, resolve

from jalon.settings import base

ASKED = {
    "JALON_ADRESSE": "https://espace.exemple.fr",
    "JALON_SMTP_HOTE": "smtp.exemple.fr",
    "JALON_EXPEDITEUR": "ne-pas-repondre@exemple.fr",
}


@pytest.fixture
def production(monkeypatch):
    for name, value in ASKED.items():
        monkeypatch.setenv(name, value)

    def start():
        sys.modules.pop("jalon.settings.production", None)
        return importlib.import_module("jalon.settings.production")

    yield start
    sys.modules.pop("jalon.settings.production", None)


def test_production_starts_without_the_demonstration_and_refuses_to_start_with_it(production, monkeypatch):
    settings = production()
    assert settings.JALON_DEMONSTRATION is False
    assert settings.ROOT_URLCONF == "jalon.web.urls"
    assert settings.JALON_CLOCK == "django.utils.timezone.now"
    monkeypatch.setattr(
        base, "INSTALLED_APPS", [*base.INSTALLED_APPS, "jalon.demonstration.apps.DemonstrationConfig"]
    )
    with pytest.raises(ImproperlyConfigured, match="démonstration"):
        production()


@pytest.mark.parametrize(
    "page",
    [
        "demonstration/",
        "demonstration/entrer/",
        "demonstration/jour/avancer/",
        "demonstration/courriels/",
        "composants/",
    ],
)
def test_no_page_of_the_demonstration_exists_there(page):
    assert resolve(f"/{page}", urlconf="jalon.demonstration.urls")
    with pytest.raises(Resolver404):
        resolve(f"/{page}", urlconf="jalon.web.urls")


def test_the_banner_is_on_every_page_of_the_demonstration_and_on_none_elsewhere(client, db):
    assert 'class="demo"' in client.get("/aide/").content.decode()
    with override_settings(JALON_DEMONSTRATION=False, ROOT_URLCONF="jalon.web.urls"):
        page = client.get("/aide/").content.decode()
    assert "<main" in page
    assert "demo" not in page
