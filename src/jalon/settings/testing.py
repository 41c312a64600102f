"""Tests: fast hashing, mails in memory, a data folder of their own, and every undefined template variable a failure."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("JALON_HOME", tempfile.mkdtemp(prefix="jalon-tests-"))
# Tests that run side by side do not share a vault.
os.environ["JALON_HOME"] = str(Path(os.environ["JALON_HOME"]) / os.environ.get("PYTEST_XDIST_WORKER", ""))

from jalon.settings.base import *  # noqa: F403
from jalon.settings.base import DATABASES, DONNEES, INSTALLED_APPS, MIDDLEWARE

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
INSTALLED_APPS = [*INSTALLED_APPS, "jalon.demonstration.apps.DemonstrationConfig"]
ROOT_URLCONF = "jalon.demonstration.urls"
JALON_DEMONSTRATION = True
JALON_CLOCK = "jalon.demonstration.clock.now"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = str(DONNEES / "courriels")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": Path(DONNEES) / "test.sqlite3"}
MIDDLEWARE = [*MIDDLEWARE, "jalon.web.middleware.ReadOnlyGetMiddleware"]
