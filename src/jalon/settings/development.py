"""The demonstration, on one's own machine: one-click accounts, mail page, movable day. Never for real people."""

from pathlib import Path

from jalon.settings.base import *  # noqa: F403
from jalon.settings.base import DONNEES, INSTALLED_APPS
from jalon.settings.donnees import require_mode
from jalon.settings.secret import local_secret

require_mode(DONNEES, "demonstration")
SECRET_KEY = local_secret(Path(DONNEES))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "jalon.demonstration.apps.DemonstrationConfig"]
ROOT_URLCONF = "jalon.demonstration.urls"
JALON_DEMONSTRATION = True
JALON_CLOCK = "jalon.demonstration.clock.now"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DONNEES / "courriels")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
