"""Django's settings for one office: the directory named by ``REMEMBRANCER_OFFICE``.

What an owner may set stands in ``remembrancer.toml``::

    [web]
    address = "https://office.example.org"   # as people reach it; without it the office serves this machine alone
    proxies = 1                              # how many proxies stand before it, each adding to X-Forwarded-For
    language = "en"                          # where a browser wishes none of those there are
    mail = "smtps://name:password@mail.example.org:465" # smtp:// with STARTTLS; without it links are shown
    mail_from = "clerk@example.org"
    calls = 600                              # how often a program may call in a minute
    second_factor = ["owner", "clerk", "auditor"] # roles that ask for one; or "everybody", or "nobody"
    journal = 180                            # for how many days sign-ins and refusals are kept
    scan = ["clamdscan", "--fdpass", "--no-summary"] # is shown each file that is handed in; 0 lets it pass
    journal_printed = false                  # print them too, as lines of JSON, for who collects logs

    [web.oidc]                               # the organisation's own sign-in
    name = "Alder Town"
    server = "https://login.example.org"     # its .well-known/openid-configuration is asked for
    client_id = "remembrancer"
    secret = "..."

Secrets that nobody types - Django's key, those that sign identity tokens and seal seeds - are made in ``web/`` when
needed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from remembrancer.access import ROLES
from remembrancer.interfaces.web.serving.secrets import identity_key, secret_key
from remembrancer.model import Exit, Fault
from remembrancer.office import Office
from remembrancer.saying import Sentence

OFFICE = Path(os.environ.get("REMEMBRANCER_OFFICE", "."))
HERE = Path(__file__).resolve().parent


def _web() -> tuple[dict[str, Any], list[str]]:
    """The table of settings, and the names of the bodies."""
    with Office(OFFICE) as office:
        return dict(office.web), [each.name for each in office.bodies()]


def _address(web: dict[str, Any]) -> str:
    """The address as people reach it, without a last slash; a Fault if it is none."""
    told = str(os.environ.get("REMEMBRANCER_ADDRESS") or web.get("address", "http://localhost:8000")).rstrip("/")
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise Fault(
            Exit.USAGE,
            Sentence("[web] address: %(told)s is no address.", told=repr(told)),
            Sentence("Write it as https://office.example.org."),
        )
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "[::1]", "::1"):
        raise Fault(
            Exit.REFUSED,
            Sentence("[web] address: %(told)s has no TLS, and passwords would travel in the open.", told=told),
            Sentence("Put a proxy with TLS before the office and write the address as https://..."),
        )
    return told


WEB, BODIES = _web()
ADDRESS = _address(WEB)
_PARTS = urlsplit(ADDRESS)
TLS = _PARTS.scheme == "https"
LOCAL = not TLS

DEBUG = False
SECRET_KEY = secret_key(OFFICE)
ALLOWED_HOSTS = [str(_PARTS.hostname), *(["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "remembrancer.interfaces.web.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "remembrancer.interfaces.web.accounts",
    "remembrancer.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "remembrancer.interfaces.web.serving.headers.Caching",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "remembrancer.interfaces.web.accounts.sessions.Sessions",
    "remembrancer.interfaces.web.admitting.guard.Guard",
    "remembrancer.interfaces.web.admitting.faults.Faults",
    "remembrancer.interfaces.rest.programs.Programs",
]

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
                "remembrancer.interfaces.web.showing.context.everywhere",
                "remembrancer.interfaces.web.accounts.showing.everywhere",
            ],
            "builtins": ["django.templatetags.i18n", "remembrancer.interfaces.web.templatetags.record"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": OFFICE / "accounts.db",
        "CONN_MAX_AGE": None,  # The threads that make pages stay, and keep theirs.
        "OPTIONS": {
            "timeout": 60,  # Seconds to wait for another process that writes, as for the other databases.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # Who fills it must not make it forget how often they called.
    }
}

LANGUAGE_CODE = str(WEB.get("language", "en"))
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = "remembrancer.interfaces.web.formats"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "remembrancer.interfaces.web.serving.files.Named"},
}

# Cookies, transport, uploads.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if TLS else "language"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "remembrancer.interfaces.web.admitting.faults.stale"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_AGE = 2 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Accounts: by invitation alone, by e-mail and password, passkey, one-time codes or the organisation's own sign-in.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "remembrancer.interfaces.web.accounts.passwords.Guessable",
        "OPTIONS": {"words": ["Remembrancer", *BODIES]},
    },
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "remembrancer.interfaces.web.accounts.adapters.Accounts"
SOCIALACCOUNT_ADAPTER = "remembrancer.interfaces.web.accounts.adapters.OrganisationAccounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
SENDS_MAIL = bool(WEB.get("mail"))
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SENDS_MAIL else "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL
ALLAUTH_TRUSTED_PROXY_COUNT = int(WEB.get("proxies", 1 if TLS else 0))
MFA_ADAPTER = "remembrancer.interfaces.web.accounts.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Remembrancer"
MFA_ALLOW_UNVERIFIED_EMAIL = not SENDS_MAIL
USERSESSIONS_TRACK_ACTIVITY = True  # Shown; ``Sessions`` tracks it, without a write for every request.
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
_OIDC = WEB.get("oidc", {})
ORGANISATION = str(_OIDC.get("name", "The organisation")) if _OIDC else ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": ORGANISATION,
                "client_id": _OIDC["client_id"],
                "secret": _OIDC.get("secret", ""),
                "settings": {"server_url": _OIDC["server"]},
            }
        ]
        if _OIDC
        else [],
    }
}

CALLS_A_MINUTE = int(WEB.get("calls", 600))
JOURNAL_DAYS = int(WEB.get("journal", 180))
EVERYBODY = "everybody"


def _second_factor(told: str | list[str]) -> frozenset[str]:
    """The roles that ask for a second factor; ``EVERYBODY`` for all. A Fault where they are none."""
    named = {told} - {"nobody"} if isinstance(told, str) else set(told)
    if unknown := named - {EVERYBODY, *ROLES}:
        raise Fault(
            Exit.USAGE,
            Sentence("[web] second_factor: %(told)s is no role.", told=", ".join(sorted(unknown))),
            Sentence('Name some of %(roles)s, or write "everybody" or "nobody".', roles=", ".join(ROLES[1:])),
        )
    return frozenset(named)


SECOND_FACTOR = _second_factor(WEB.get("second_factor", ["owner", "clerk", "auditor"] if TLS else "nobody"))

# The office as an authorization server, for assistants that speak MCP.
MCP_RESOURCES = (f"{ADDRESS}/mcp", f"{ADDRESS}/mcp/account")
IDP_OIDC_ADAPTER = "remembrancer.interfaces.web.accounts.adapters.Assistants"
IDP_OIDC_PRIVATE_KEY = identity_key(OFFICE)
IDP_OIDC_DCR_ENABLED = True
IDP_OIDC_DCR_REQUIRES_INITIAL_ACCESS_TOKEN = False
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 60 * 60
ASSISTANTS_END_AFTER = 180 * 24 * 60 * 60


def _mail(told: str) -> dict[str, Any]:
    """Where mail goes, from an address such as ``smtps://name:password@host:465``; nowhere where there is none."""
    if not told:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(told)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Fault(
            Exit.USAGE,
            Sentence("[web] mail: not smtp://HOST or smtps://HOST."),
            Sentence("As smtps://name:password@host:465."),
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in ("127.0.0.1", "localhost"),
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(str(WEB.get("mail", ""))))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = str(WEB.get("mail_from", f"remembrancer@{_PARTS.hostname}"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"format": "%(message)s"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler"},
        "journal": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # An address that leads nowhere, or where a calendar sends more than it may, may hold somebody's secret.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "remembrancer.journal": {
            "handlers": ["journal"] if WEB.get("journal_printed") else [],
            "level": "INFO",
            "propagate": False,
        },
    },
}
