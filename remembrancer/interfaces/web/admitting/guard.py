"""Who may call which route: one table, deny by default; a route without a row is served to nobody.

A row says what a caller must be before the view is called at all. What is shown within a page, and what may be done,
``access.may`` and ``access.may_do`` decide again in the office, which is called as the principal that asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from remembrancer.access import is_owner, may_do
from remembrancer.interfaces.web.accounts.journal import Outcome, note
from remembrancer.interfaces.web.admitting import faults
from remembrancer.interfaces.web.admitting.asking import Asking, asking_of, begun
from remembrancer.interfaces.web.admitting.needs import Need
from remembrancer.interfaces.web.routes import ROUTES
from remembrancer.model import Fault

REFUSED: Mapping[int, tuple[str, Outcome]] = {
    401: ("token", "refused"),
    403: ("page", "refused"),
    429: ("calls", "limit"),
}
"""What the journal says of an answer by its status."""


METHODS = ("GET", "HEAD", "POST")
"""All that a page is asked by."""


class Guard:
    """Middleware: lends the office to a request that names a body, says who asks, and refuses what the table does not
    let them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with closing(begun(request)):
            return _noted(request, self._get_response(request))

    def process_view(
        self, request: HttpRequest, view: Any, arguments: tuple[Any, ...], named: Mapping[str, Any]
    ) -> HttpResponse | None:
        """None where the view may be called; else what is answered instead."""
        need = ROUTES.get(request.resolver_match.view_name if request.resolver_match else "")
        if need is None:
            raise Http404
        asking = asking_of(request)
        if request.method not in METHODS and not asking.is_program:
            return HttpResponseNotAllowed(METHODS)
        asking.of(named.get("body", ""))
        try:
            if admitted(asking, need):
                return None
        except Fault as fault:  # What is raised here passes the middleware by that shows faults.
            return faults.told(request, fault)
        if asking.account is None:
            return faults.unknown(request) if asking.is_program else redirect_to_login(request.get_full_path())
        if asking.lacks_factor:
            return _asked_for_factor(request, asking)
        return faults.shown(request, 403, _("This is not for your account."), _("Ask the owner of the office."))


def _asked_for_factor(request: HttpRequest, asking: Asking) -> HttpResponse:
    """For whom the route may be, once they show two factors: the way to the second, and a sentence for a program."""
    if asking.is_program or request.method != "GET":
        what, advice = _("Your role asks for a second factor."), _("Set one up on your account’s page.")
        return faults.shown(request, 403, what, advice)
    return redirect("mfa_index")


def _noted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same, entered in the journal where somebody was refused or called too often: of whom it is known."""
    refused = REFUSED.get(response.status_code)
    shows_nothing = response.status_code == 401 and "Authorization" not in request.headers
    if refused and not shows_nothing:
        what, outcome = refused
        account = request.user if request.user.is_authenticated else None
        route = request.resolver_match.view_name if request.resolver_match else ""
        note(what, outcome, account or "", route=route, method=request.method or "")
    return response


def admitted(asking: Asking, need: Need) -> bool:
    """Whether who asks is what a route asks for; a deed must be theirs in the body that the route names."""
    if need == "everyone":
        return True
    if need == "account":
        return asking.account is not None
    principal = asking.principal
    return is_owner(principal) if need == "owner" else may_do(principal, need)
