"""What the type checker is told of Django: the applications, and no office."""

from __future__ import annotations

SECRET_KEY = "none"
AUTH_USER_MODEL = "accounts.Account"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "remembrancer.interfaces.web.accounts",
]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # Without it allauth does not begin.
JOURNAL_DAYS = 90
