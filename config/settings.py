"""All settings, in one file.

Three ways to run, told apart by two flags:

==============  =========  ===================  ==========================================
way             ``DEBUG``  ``VARIORUM_DEMO``    database
==============  =========  ===================  ==========================================
production      off        off                  ``DATABASE_URL``, or it refuses to start
demonstration   off        on (by ``run.py``)   ``DATABASE_URL``, else the embedded server
development     on         –                    ``DATABASE_URL``, else the embedded server
==============  =========  ===================  ==========================================

``wsgi.py`` switches ``DEBUG`` off unless told otherwise: what is served is
production by default. Every variable is listed in ``docs/operations.md``.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config.embedded_postgres.server import DATABASE, PORT, SUPERUSER, get_place
from config.environment import read_choice, read_flag, read_list, read_number, read_required

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VARIORUM_VAR") or BASE_DIR / "var").absolute()

DEBUG = read_flag("DEBUG", default=True)
DEMO = read_flag("VARIORUM_DEMO", default=False)
if DEMO:
    DEBUG = False
PRODUCTION = not DEBUG and not DEMO

# --- secrets and hosts --------------------------------------------------------------------------------


def _get_own_secret() -> str:
    """Return this installation's secret, made at the first start (development and demonstration)."""
    path = VAR_DIR / "secret-key"
    if not path.is_file():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # fails when another process was quicker: then theirs counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


if PRODUCTION:
    SECRET_KEY = read_required(
        "SECRET_KEY", why="Production signs its sessions with it: set 50 random characters."
    )
    ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. Name the hosts this site answers to, with commas."
        )
else:
    SECRET_KEY = os.environ.get("SECRET_KEY") or _get_own_secret()
    ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))

CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS")

# --- database -----------------------------------------------------------------------------------------

# Who connects decides how long a statement may take. A page that waits longer has lost its reader;
# a migration must not be cut off, but must not queue behind a lock and block everybody else either.
PROCESS = read_choice(
    "VARIORUM_PROCESS", choices=("web", "worker", "migrate", "command"), default="command"
)
TIMEOUTS = {
    "web": "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s",
    "worker": "-c statement_timeout=15min -c lock_timeout=60s -c idle_in_transaction_session_timeout=30min",
    "migrate": "-c lock_timeout=5s",
    "command": "",
}


def _get_database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        database: dict[str, Any] = dict(dj_database_url.parse(url))
        if "postgresql" not in database["ENGINE"]:
            raise ImproperlyConfigured(
                "DATABASE_URL: Variorum needs PostgreSQL (postgres://user:password@host/name)."
            )
    elif PRODUCTION:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Production needs a PostgreSQL server of its own"
            " (postgres://user:password@host/name); the embedded one is for demonstration and development."
        )
    else:
        folder = VAR_DIR / "postgres"
        database = {
            "ENGINE": "config.embedded_postgres",
            "EMBEDDED_DIR": str(folder),
            "NAME": DATABASE,
            "USER": SUPERUSER,
            "HOST": str(get_place(folder).socket_dir),
            "PORT": str(PORT),
        }
    options = dict(database.get("OPTIONS", {}))
    # PgBouncer rejects start-up options: there the timeouts belong to the database role.
    if TIMEOUTS[PROCESS] and read_flag("DATABASE_TIMEOUTS", default=True):
        options["options"] = f"{options.get('options', '')} {TIMEOUTS[PROCESS]}".strip()
    return {
        **database,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60 if PROCESS == "web" else 0,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("VARIORUM_TEST_DB") or "test_variorum"},
    }


DATABASES = {"default": _get_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- parts --------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "apps.articles",
    "apps.claims",
    "config",
]

MIDDLEWARE = [
    # First: everything else is called from it.
    "config.memory.give_room",
    "django.middleware.security.SecurityMiddleware",
    "config.security.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.claims.reader_settings.speak_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.claims.views.guide.guide_strip",
            ],
        },
    }
]

# --- people -------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["config.sign_in.PatientBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
# Only wrong passwords are counted in it (`config.sign_in`).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
LOGOUT_REDIRECT_URL = "/"

# --- language and time --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each in its own language: whoever looks for it reads that.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = os.environ.get("VARIORUM_TIME_ZONE") or "UTC"
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as error:
    raise ImproperlyConfigured(
        f"VARIORUM_TIME_ZONE={TIME_ZONE!r}: write a name such as Europe/Rome"
    ) from error

# --- files --------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR_DIR / "media"

# Larger than any article: the import says itself what is too big, in words a person can act on.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 5000

# --- importing ----------------------------------------------------------------------------------------

# What one import reads at most; `apps.articles.importers.Limits` says of what.
IMPORT_FILE_BYTES = read_number(
    "VARIORUM_IMPORT_FILE_BYTES", default=5_000_000, lowest=1_000, highest=100_000_000
)
IMPORT_TEXT_CHARACTERS = 1_000_000
IMPORT_UPLOAD_ARTICLES = 200
IMPORT_UPLOAD_BYTES = 60_000_000

# --- language -----------------------------------------------------------------------------------------

# The folder of a sentence-embedding model, "" for none: see docs/operations.md.
SEMANTIC_MODEL = os.environ.get("VARIORUM_SEMANTIC_MODEL", "").strip()

# --- publishing ---------------------------------------------------------------------------------------

# Who stands for the fact checks that leave the house, and whether anybody may read their pages.
PUBLISHER = os.environ.get("VARIORUM_PUBLISHER", "").strip()
PUBLISH_REVIEWS = read_flag("VARIORUM_PUBLISH_REVIEWS", default=False)

# --- security -----------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_SSL_REDIRECT = read_flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = read_number(
        "SECURE_HSTS_SECONDS", default=3600, lowest=0, highest=63_072_000
    )
    # Only behind a proxy that always sets or removes this header itself.
    if read_flag("BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- jobs ---------------------------------------------------------------------------------------------

PROCRASTINATE_IMPORT_PATHS = ["config.jobs"]
# A job is started at most this many times; one that kills its worker each time is failed, not retried for ever.
JOB_ATTEMPTS = read_number("VARIORUM_JOB_ATTEMPTS", default=3, lowest=1, highest=100)
# Seconds without a sign of life after which a worker counts as dead and its jobs are started again.
WORKER_SILENCE = read_number("VARIORUM_WORKER_SILENCE", default=30, lowest=15, highest=3600)

# --- logging ------------------------------------------------------------------------------------------

LOG_LEVEL = read_choice("LOG_LEVEL", choices=("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "apps": {"level": LOG_LEVEL},
        "config": {"level": LOG_LEVEL},
        # At INFO it announces every registered task on every command.
        "procrastinate": {"level": LOG_LEVEL if PROCESS == "worker" else "WARNING"},
    },
}
