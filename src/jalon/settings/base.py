"""Settings common to every way of running Jalon. What differs lives in development, testing and production."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from jalon.settings.comptes import *  # noqa: F403
from jalon.settings.donnees import data_folder, database

DONNEES: Path = data_folder()
SECRET_KEY = ""
DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "jalon.records.apps.RecordsConfig",
    "jalon.web.apps.WebConfig",
    "jalon.jobs.apps.JobsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "jalon.web.middleware.PrivateMiddleware",
    "jalon.web.compte.appareil.InactiviteMiddleware",
    "jalon.web.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "jalon.web.urls"
WSGI_APPLICATION = "jalon.settings.wsgi.application"
FORM_RENDERER = "jalon.web.composants.controles.Controles"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            # Named explicitly, Django would compile each template again at every page.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jalon.web.contexte.contexte",
            ],
        },
    }
]
# Our templates win over allauth's: jalon.web stands first for the loader.
INSTALLED_APPS.insert(0, INSTALLED_APPS.pop(INSTALLED_APPS.index("jalon.web.apps.WebConfig")))

DATABASES = {"default": database(DONNEES)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.Personne"
# The address is unique whatever its case, by a constraint on Lower(email) that this check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "prenom", "nom"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/accueil/"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "jalon_session"
SESSION_SERIALIZER = "jalon.actions.secret.SealedSerializer"
CSRF_COOKIE_NAME = "jalon_csrf"
CSRF_COOKIE_HTTPONLY = False  # autosave reads it to send the header
CSRF_FAILURE_VIEW = "jalon.web.erreurs.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CACHES = {
    "default": {
        # Shared by all processes: allauth's rate limits count in it.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "jalon_cache",
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DONNEES / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is ever stored in clear
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An upload never touches the disk in clear: our handler encrypts each chunk as it comes.
FILE_UPLOAD_HANDLERS = ["jalon.web.televersement.MemoryOnlyUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("JALON_EXPEDITEUR", "ne-pas-repondre@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Text messages: closed unless the operator opens the door (docs/exploitation.md).
JALON_SMS = os.environ.get("JALON_SMS", "")
JALON_SMS_JETON = os.environ.get("JALON_SMS_JETON", "")
JALON_SMS_CHAMP_NUMERO = os.environ.get("JALON_SMS_CHAMP_NUMERO", "to")
JALON_SMS_CHAMP_TEXTE = os.environ.get("JALON_SMS_CHAMP_TEXTE", "text")
JALON_SMS_EXPEDITEUR = os.environ.get("JALON_SMS_EXPEDITEUR", "")

JALON_CLOCK = "django.utils.timezone.now"
JALON_BASE_URL = os.environ.get("JALON_ADRESSE", "http://127.0.0.1:8000")
JALON_DEMONSTRATION = False
# Calendars of the inside that may be read all the same: names of hosts, separated by commas.
JALON_HOTES_INTERNES = frozenset(
    name.strip().lower() for name in os.environ.get("JALON_HOTES_INTERNES", "").split(",") if name.strip()
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_contenu": {"()": "jalon.settings.journal.WithoutContent"}},
    "formatters": {"ligne": {"()": "jalon.settings.journal.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["sans_contenu"], "formatter": "ligne"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "jalon": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "jalon.settings.journal.NoDetailFilter"
