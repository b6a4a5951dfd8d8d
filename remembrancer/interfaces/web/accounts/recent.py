"""Deeds that ask who is there once more: a browser left open must not grant roles or hand out tokens."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from remembrancer.interfaces.web import settings

View = Callable[..., HttpResponseBase]


def recently(view: View) -> View:
    """A view for who signed in, or confirmed it, within the last minutes; others are asked to, and come back to the
    page. Put it on the page with the form and on what the form posts to."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        return view(request, *arguments, **named) if is_recent(request) else _ask(request)

    return asked


def is_recent(request: HttpRequest) -> bool:
    """Whether the browser showed who uses it within the last minutes."""
    records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _ask(request: HttpRequest) -> HttpResponse:
    again = f"{_address(request)}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": again})
    return redirect(again)


def _address(request: HttpRequest) -> str:
    """Where to confirm; who has nothing of their own here to confirm with signs in with the organisation again."""
    if not request.user.is_authenticated:
        return reverse("account_login")
    if get_reauthentication_flows(request.user):
        return reverse("account_reauthenticate")
    return reverse("openid_connect_login", args=["organisation"])


def _back(request: HttpRequest) -> str:
    """The page to come back to: this one, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("front")
