"""Django's settings, from the environment; `docs/reference/settings.md` lists what is read.

Nothing secret is kept in the project: without `TRACEMARK_SECRET_KEY` a key is drawn into `var/` when first needed.
A node that answers to other hosts than this machine speaks HTTPS only. `TRACEMARK_PROXY=1` says that one trusted proxy
stands before it, which sets `X-Forwarded-Proto` and `X-Forwarded-For` itself.
"""

import os
from datetime import date, timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tracemark.storage.relational.databases import database
from tracemark.storage.relational.secrets import secret_key

VAR = Path(os.environ.get("TRACEMARK_VAR", "var"))
"""Where a node keeps what it writes: its database, its keys, the files of its search index."""


def _day(name: str) -> date | None:
    text = os.environ.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {text!r}: write a day, such as 2027-01-31") from error


# The database

DATABASES = {"default": database(os.environ.get("TRACEMARK_DB") or f"sqlite:///{VAR}/tracemark.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is remembered for minutes: used codes and wrong passwords, by all processes alike; API requests, by each its own

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": (VAR / "remembered").absolute(),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "requests": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# The applications

INSTALLED_APPS = [
    "tracemark.web",  # first, so that its templates win over those of allauth
    "tracemark.storage.relational",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracemark.web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracemark.web.languages.LanguageMiddleware",
    "tracemark.web.sessions.SessionAgeMiddleware",
    "tracemark.web.signing_in.OneTimePasswordMiddleware",
    "tracemark.web.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracemark.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks
]
ROOT_URLCONF = "tracemark.routes"
WSGI_APPLICATION = "tracemark.web.server.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "tracemark.web.templatetags.drawing",
                "tracemark.web.templatetags.fragments",
                "tracemark.web.templatetags.speech",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracemark.web.surroundings.surroundings",
            ],
        },
    },
]
FORM_RENDERER = "tracemark.web.forms.DeskRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Accounts and signing in

AUTH_USER_MODEL = "tracemark.AccountRow"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tracemark.web.signing_in.ClosedAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "tracemark.web.signing_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "tracemark.web.one_time_codes.SecondStepByCode",
    "reauthenticate": "tracemark.web.one_time_codes.ConfirmByCode",
    "add_webauthn": "tracemark.web.passkeys.PasskeyForm",
    "authenticate_webauthn": "tracemark.web.passkeys.SecondStepByPasskey",
    "login_webauthn": "tracemark.web.passkeys.SignInByPasskey",
    "reauthenticate_webauthn": "tracemark.web.passkeys.ConfirmByPasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tracemark"
MFA_TOTP_TOLERANCE = 1
"""A code is taken in the half minute before and after its own too: telephones run fast, and people type slowly."""
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SECOND_FACTOR_SINCE = _day("TRACEMARK_SECOND_FACTOR_SINCE")
"""The day from which accounts that write, manage or read personal data need a second factor; None for always."""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "tracemark.web.signing_in.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False

# Safety

SECRET_KEY = secret_key(os.environ.get("TRACEMARK_SECRET_KEY", ""), VAR / "secret_key")
DEBUG = os.environ.get("TRACEMARK_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("TRACEMARK_HOSTS", "127.0.0.1 localhost").split()
_HTTPS = not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}
_PROXY = os.environ.get("TRACEMARK_PROXY") == "1"

SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _PROXY else None
AXES_IPWARE_PROXY_COUNT = 1 if _PROXY else 0
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60
"""Seconds without a request after which one is signed out."""
SESSION_LONGEST_AGE = 12 * 3600
"""Seconds after signing in after which one is signed out, however busy one is."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tracemark.web.refusals.csrf_failed"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Files that never change

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Languages and time

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
