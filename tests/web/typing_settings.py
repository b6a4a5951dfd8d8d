"""What the type checker is told of Django: the applications, and no office."""

from __future__ import annotations

SECRET_KEY = "none"
AUTH_USER_MODEL = "accounts.Account"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "remembrancer.interfaces.web.accounts",
]
