"""Leaving for another site from a form: to the organisation's own sign-in, or back to an assistant that asked.

The Content-Security-Policy lets forms lead to the office alone, and browsers hold the redirect that follows to the same
rule. So such a redirect becomes a page that goes on by itself and, where it does not, has a link.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

REDIRECTS = (301, 302, 303)
NEVER = ("javascript", "data", "vbscript", "file")
"""Schemes of addresses that run, or read, what stands in them."""


class Elsewhere:
    """Middleware: what a form was posted to leads to another site by a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if request.method != "POST" or response.status_code not in REDIRECTS:
            return response
        where = urlsplit(response.headers["Location"])
        if where.scheme in NEVER or not where.scheme or where.netloc == request.get_host():
            return response
        page = render(request, "web/elsewhere.html", {"where": where.geturl(), "host": where.hostname or where.scheme})
        page.cookies = response.cookies
        return page
