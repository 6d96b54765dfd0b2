"""Settings: one file, from the environment (see `config/environment.py` for each value's form)."""

from pathlib import Path
from urllib.parse import urlsplit

from config import catalogues, databases, environment, stores

ROOT = environment.ROOT
DATA = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA)
KEY_RING = environment.key_ring(DATA)
BASE_URL = environment.base_url()
PROXIES = environment.proxies()
_base = urlsplit(BASE_URL)

DEBUG = False
ALLOWED_HOSTS = [_base.hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "goodword",
]

MIDDLEWARE = [
    "goodword.ops.requests.RequestLog",
    "goodword.ui.shield.Shield",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goodword.people.devices.Idle",
    "goodword.people.zones.OwnZone",
    "goodword.people.languages.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goodword.ui.answers.RefusalMiddleware",
    "goodword.people.submissions.OneSubmission",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "goodword"],
        "OPTIONS": {
            "environment": "goodword.ui.jinja.environment",
            "auto_reload": False,
            "context_processors": ["goodword.ui.jinja.one_token"],
        },
    },
]

DATABASES = {"default": databases.database(DATA), **databases.replica()}
DATABASE_ROUTERS = ["goodword.database.replica.Router"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "goodword.Person"

AUTHENTICATION_BACKENDS = [
    "goodword.people.backend.Sessions",
    # Sessions that began before the one above was there name one of these.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "welcome"
ACCOUNT_ADAPTER = "goodword.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = "strict"
MFA_ADAPTER = "goodword.people.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute either way: telephones' clocks are not exact
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "goodword.people.sessions"
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.cookie.CookieStorage"  # in the session each sentence would be a write
)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goodword.ui.answers.expired_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _base.scheme == "https"
if _base.scheme == "https":  # a sibling subdomain cannot set these for us
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _base.scheme == "https" else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _base.scheme == "https" else 0
# `check --deploy` looks for Django's middlewares that send these headers; `ui.shield` sends them, and stricter ones.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
# A file somebody sends is held in memory until it is sealed: it never lies in a temporary folder (T20).
# How large it may be is said by its page and by `ui.shield`.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64_000_000

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [ROOT / "goodword" / "locale"]
LANGUAGES = catalogues.languages(LOCALE_PATHS[0])
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "goodword" / "ui" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365

# Nothing of ours is cached; allauth keeps its own counters here.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"}}

DEFAULT_FROM_EMAIL = environment.mail_from()
_mail = environment.mail(DATA)
EMAIL_BACKEND = _mail.pop("EMAIL_BACKEND")
globals().update(_mail)
METRICS_TOKEN = environment.metrics_token()  # empty: there are no metrics
SLOW_QUERY = environment.slow_query()
IDENTITY_PROVIDER = environment.identity_provider()  # None: signing in is by mail, passkey and app
FILES = stores.store()  # None: files lie in the database
MAILBOX = environment.mailbox()  # None: no mailbox is read

# Logs name routes and verbs, never what somebody wrote (T8, T17): no request bodies, no query strings, no parameters of SQL.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "goodword.ui.scrubbing.Scrub"}},
    "formatters": {
        "line": {
            "()": "goodword.ui.scrubbing.Lines",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": environment.log_stream(),
            "formatter": "line",
            "filters": ["scrub"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "goodword": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "ERROR"},
    },
}

PROGRAMME_PLAYBOOK = DATA / "playbook" if Path(DATA / "playbook").is_dir() else None
