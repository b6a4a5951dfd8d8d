"""What is shown where something is wrong: one clear sentence, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import responses
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from remembrancer.model import BeingMade, Exit, Fault

STATUS = {
    Exit.USAGE: 400,
    Exit.REFUSED: 403,
    Exit.UNREADABLE: 422,
    Exit.CHECK_FAILED: 409,
    Exit.UNAVAILABLE: 503,
}
"""The HTTP status of a fault by its exit code."""

LOOKING = STATUS | {Exit.REFUSED: 404}
"""The same where something is looked for: what is not for who asks is as what is not there."""

WAIT = 30
"""After how many seconds it is worth asking again for what could not be had."""

AGAIN = 10
"""After how many seconds a page looks again, by itself, for what is being made."""


class Faults:
    """Middleware: a Fault becomes a page that says it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a fault; None for an error of the program's own."""
        return told(request, error) if isinstance(error, Fault) else None


def told(request: HttpRequest, fault: Fault, statuses: Mapping[Exit, int] = STATUS) -> HttpResponse:
    """The page of a fault; of what is being made, one that looks again by itself."""
    if isinstance(fault, BeingMade) and not of_programs(request):
        return _being_made(request, fault)
    return shown(request, statuses[fault.exit_code], fault.what, fault.advice)


def _being_made(request: HttpRequest, fault: BeingMade) -> HttpResponse:
    response = render(
        request, "web/being_made.html", {"fault": fault, "seconds": AGAIN}, status=STATUS[fault.exit_code]
    )
    if request.method in ("GET", "HEAD"):
        response.headers["Refresh"] = str(AGAIN)
    return waited(response)


def shown(request: HttpRequest, status: int, what: str, advice: str) -> HttpResponse:
    """A page that says what is wrong and what to do; a problem, where a program asked."""
    if of_programs(request):
        return problem(status, what, advice)
    return waited(render(request, "web/fault.html", {"what": what, "advice": advice}, status=status))


def waited(response: HttpResponse) -> HttpResponse:
    """A response that, where something could not be had, says when to ask again."""
    if response.status_code == STATUS[Exit.UNAVAILABLE]:
        response.headers["Retry-After"] = str(WAIT)
    return response


def of_programs(request: HttpRequest) -> bool:
    """Whether an address is one that programs call, which are given no pages."""
    return request.path_info.startswith("/api/")


def problem(status: int, what: str, advice: str = "", **more: Any) -> HttpResponse:
    """What is wrong as RFC 9457 has it; ``more`` are members of ours."""
    told = {"type": "about:blank", "title": responses.get(status, ""), "status": status, "detail": what}
    told |= ({"advice": advice} if advice else {}) | more
    return waited(HttpResponse(json.dumps(told), status=status, content_type="application/problem+json"))


def unknown(request: HttpRequest) -> HttpResponse:
    """For a program that does not say whose it is, where that must be known."""
    response = problem(401, "This is for accounts alone.", "Send a token: Authorization: Bearer rmb_...")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is no request that the office understands; who calls by a wrong name is shown no page, which would
    name it."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(_("This office does not go by that name."), status=400, content_type="text/plain")
    return shown(request, 400, _("That was not understood."), _("Look at the address and at what was sent."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was asked for is not for this caller."""
    return shown(request, 403, _("This is not for you."), _("Ask the owner of the office."))


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was sent shows by no cookie that a page of this office sent it; most often the page had been left open."""
    what = _("Nothing was done: the page is out of date, or the browser keeps no cookies of this office.")
    return shown(request, 403, what, _("Go back, load the page again and send it once more."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is there, or nothing for this caller: both are told alike."""
    return shown(request, 404, _("There is nothing here that you may see."), _("Look again from the first page."))


def failed(request: HttpRequest) -> HttpResponse:
    """The program's own fault; the page asks nothing of the office, which may be what failed."""
    if of_programs(request):
        return problem(500, "The program failed.", "Tell the owner of the office.")
    return HttpResponse(render_to_string("web/failed.html"), status=500)
