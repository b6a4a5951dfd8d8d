"""What is shown where something is wrong: one clear sentence, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from remembrancer.model import Exit, Fault

STATUS = {Exit.USAGE: 400, Exit.REFUSED: 403, Exit.UNREADABLE: 422, Exit.CHECK_FAILED: 409}
"""The HTTP status of a fault by its exit code."""


class Faults:
    """Middleware: a Fault becomes a page that says it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a fault; None for an error of the program's own."""
        if not isinstance(error, Fault):
            return None
        return shown(request, STATUS[error.exit_code], error.what, error.advice)


def shown(request: HttpRequest, status: int, what: str, advice: str) -> HttpResponse:
    """A page that says what is wrong and what to do."""
    return render(request, "web/fault.html", {"what": what, "advice": advice}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is there, or nothing for this caller: both are told alike."""
    return shown(request, 404, _("There is nothing here that you may see."), _("Look again from the first page."))


def failed(request: HttpRequest) -> HttpResponse:
    """The program's own fault; the page asks nothing of the office, which may be what failed."""
    return HttpResponse(render_to_string("web/failed.html"), status=500)
