"""Production has none of it: neither the application, nor a page, nor the banner."""

import importlib
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import Resolver404, resolve

from jalon.settings import base
from jalon.settings.donnees import require_mode

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


def test_a_data_folder_is_opened_in_the_mode_in_which_it_began_whatever_the_door(tmp_path):
    require_mode(tmp_path, "demonstration")
    (tmp_path / "mode").write_text("production\n")
    require_mode(tmp_path, "production")
    with pytest.raises(ImproperlyConfigured, match="celui d’une production"):
        require_mode(tmp_path, "demonstration")


def test_both_settings_ask_for_their_mode(production, monkeypatch, tmp_path):
    monkeypatch.setattr(base, "DONNEES", tmp_path)
    (tmp_path / "mode").write_text("demonstration\n")
    with pytest.raises(ImproperlyConfigured, match="en production"):
        production()
    (tmp_path / "mode").write_text("production\n")
    assert production().JALON_DEMONSTRATION is False
    known = sys.modules.pop("jalon.settings.development", None)
    try:
        with pytest.raises(ImproperlyConfigured, match="en demonstration"):
            importlib.import_module("jalon.settings.development")
    finally:
        if known is not None:
            sys.modules["jalon.settings.development"] = known


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
