"""On to the organisation's own sign-in.

The Content-Security-Policy lets forms lead to the office alone, and browsers hold the redirect that follows one to the
same rule. So the redirect becomes a page that goes on by itself and, where it does not, has a link.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask, as allauth does, before leaving; then leave by a page."""
    response: HttpResponse = views.login(request, provider_id)
    where = response.headers.get("Location", "")
    if urlsplit(where).scheme not in ("http", "https"):
        return response
    return render(request, "account/elsewhere.html", {"where": where, "host": urlsplit(where).hostname})


urls = [path("oidc/<str:provider_id>/login/", leave, name="openid_connect_login")]
"""In place of allauth's own; ``routes`` has its row."""
