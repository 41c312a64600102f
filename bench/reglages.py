"""Settings of the measures: production's weight (Argon2, compiled templates), plus one reference page, on local addresses."""

from jalon.settings.base import *  # noqa: F403

SECRET_KEY = "banc"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "bench.pages_de_reference"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
