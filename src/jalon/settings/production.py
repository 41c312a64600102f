"""For real people. Refuses to start with the demonstration, without HTTPS, or without the settings that only the cabinet knows."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from jalon.settings.base import *  # noqa: F403
from jalon.settings.base import DONNEES, INSTALLED_APPS, MIDDLEWARE
from jalon.settings.donnees import require_mode
from jalon.settings.secret import local_secret

require_mode(Path(DONNEES), "production")
if any(app.startswith("jalon.demonstration") for app in INSTALLED_APPS):
    raise ImproperlyConfigured(
        "La démonstration ne peut pas être servie en production : retirez jalon.demonstration."
    )


def required(name: str, why: str) -> str:
    """The environment variable, or a refusal that says what it is for."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} manque : {why}. Renseignez-la dans le fichier d'environnement du service."
        )
    return value


JALON_BASE_URL = required(
    "JALON_ADRESSE", "l'adresse publique du site, par exemple https://espace.mon-cabinet.fr"
).rstrip("/")
if not JALON_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "JALON_ADRESSE doit commencer par https:// : les échanges doivent être chiffrés."
    )
SECRET_KEY = local_secret(Path(DONNEES))
ALLOWED_HOSTS = [JALON_BASE_URL.removeprefix("https://").split("/")[0].split(":")[0]]
CSRF_TRUSTED_ORIGINS = [JALON_BASE_URL]

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = required("JALON_SMTP_HOTE", "le serveur qui envoie les courriels")
EMAIL_PORT = int(os.environ.get("JALON_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("JALON_SMTP_UTILISATEUR", "")
EMAIL_HOST_PASSWORD = os.environ.get("JALON_SMTP_MOT_DE_PASSE", "")
EMAIL_USE_TLS = os.environ.get("JALON_SMTP_TLS", "oui") == "oui"
DEFAULT_FROM_EMAIL = required("JALON_EXPEDITEUR", "l'adresse d'expédition des courriels")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
# A copy of the table of sessions must not be enough to enter as somebody.
MIDDLEWARE = [
    "jalon.web.compte.temoin.SignedSessionMiddleware" if name.endswith(".SessionMiddleware") else name
    for name in MIDDLEWARE
]
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-jalon_session"
CSRF_COOKIE_NAME = "__Host-jalon_csrf"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("JALON_MANDATAIRES", "1"))
