"""How long somebody stays signed in: not longer than twelve hours, and not where nobody was there for one."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from remembrancer.interfaces.web import settings

BEGAN, SEEN = "began", "seen"
"""The session's keys for when it began and when it was last used."""

SELDOM = 5 * 60
"""Seconds between two notes that a session is used: a note is a write."""


class Sessions:
    """Middleware that ends sessions which are too old or were left alone, and notes now and then that one is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            now = time.time()
            if is_over(request, now):
                logout(request)
            elif now - request.session.get(SEEN, 0) >= SELDOM:
                _note(request, now)
        return self._get_response(request)


def is_over(request: HttpRequest, now: float) -> bool:
    """Whether a session is older than it may become, or was left alone for too long."""
    began, seen = request.session.get(BEGAN, now), request.session.get(SEEN, now)
    return bool(now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_AGE)


def _note(request: HttpRequest, now: float) -> None:
    request.session.setdefault(BEGAN, now)
    request.session[SEEN] = now
    request.session.set_expiry(int(request.session[BEGAN] + settings.SESSION_COOKIE_AGE - now))
    UserSession.objects.create_from_request(request)
