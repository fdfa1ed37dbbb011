"""All settings on one page. What may differ is read from the environment and refused loudly.

VERMILION_DATA       the data folder (set by `vermilion serve --data`)
VERMILION_HOSTS      names this studio answers to, comma-separated; default this machine only
VERMILION_TLS        1 where TLS ends in front of it: cookies are then sent over TLS alone
DATABASE_URL         postgres://…; default SQLite in the data folder
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url

from vermilion.errors import UsageError
from vermilion.whole_file import save_bytes


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise UsageError("{name} is '{value}'", "0 or 1 is needed", name=name, value=value)
    return value == "1"


def _secret(path: Path) -> str:
    """A secret of this installation, made once."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_bytes(path, secrets.token_urlsafe(50).encode())
        os.chmod(path, 0o600)
    return path.read_text("ascii")


HERE = Path(__file__).parent
DATA = Path(os.environ.get("VERMILION_DATA", "vermilion-data")).resolve()
TLS = _flag("VERMILION_TLS")

# who only reads the settings (a test, a type checker) leaves no folder behind
SERVED = "VERMILION_DATA" in os.environ
SECRET_KEY = _secret(DATA / "session.key") if SERVED else secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("VERMILION_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "vermilion.studio.apps.Studio",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vermilion.studio.voices.OneVoice",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vermilion.studio.access.Gate",
    "vermilion.studio.forms_taken.FormsTaken",
    "vermilion.studio.errors.KindErrors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "vermilion.studio.routes"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vermilion.studio.context.everywhere",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{DATA / 'studio.sqlite3'}"),
        conn_max_age=600,  # to open the tables anew for each page takes a third of a small one
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # without these, 62 of 400 writes of 8 people at once ended in "database is locked"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA journal_size_limit=27103364; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "studio.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "vermilion.studio.adapter.ClosedDoor"
MFA_ADAPTER = "vermilion.studio.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS  # passkeys work on this machine without TLS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
# a practice sits behind one address: six mistakes of one person must not lock the others out
# whether a practice's other hosts are reached by TLS alone is not decided here (W005, W021)
SILENCED_SYSTEM_CHECKS = ["axes.W006", "security.W005", "security.W021"]
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600  # at the most; each role's own limit stands in `sittings`
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "vermilion.studio.errors.stale"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31536000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "media-src": ["'self'", "blob:"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 52 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["vermilion.studio.uploads.Limited"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TZ", "UTC")

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    # that pages wait their turn is no news; unread lines of it filled a pipe, and the server stood
    "loggers": {"waitress.queue": {"level": "ERROR"}},
}
