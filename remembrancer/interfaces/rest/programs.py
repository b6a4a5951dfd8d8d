"""Programs that call: whose token they show, how often they may, and no pages for them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.accounts import limits
from remembrancer.interfaces.web.accounts.models import Token
from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.faults import of_programs, problem

MINUTE = 60


class Programs:
    """Middleware: a token that is shown says who asks, and nothing else does beside it; who calls too often waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not of_programs(request):
            return self._get_response(request)
        asking = asking_of(request)
        asking.is_program = True
        told = request.headers.get("Authorization", "")
        token = _token(told)
        caller = f"token:{token.pk}" if token else limits.caller_of(request)
        wait = limits.seconds_to_wait("api", caller, settings.CALLS_A_MINUTE, MINUTE)
        if wait:
            return _too_often(wait)
        if told and token is None:
            return _no_token()
        if token is not None:
            token.note_use()
            request.user, asking.token = token.account, token
        return _as_problem(self._answered(request))

    def _answered(self, request: HttpRequest) -> HttpResponse:
        """The answer; to HEAD that to GET, of which the server leaves the content out."""
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            return self._get_response(request)
        finally:
            request.method = method


def _token(told: str) -> Token | None:
    """The token of a header such as ``Bearer rmb_...``."""
    scheme, _, secret = told.partition(" ")
    return Token.of(secret.strip()) if scheme.lower() == "bearer" else None


def _no_token() -> HttpResponse:
    response = problem(401, "This token is not known, or is of use no more.", "Make one on your account's page.")
    response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _too_often(wait: int) -> HttpResponse:
    most = settings.CALLS_A_MINUTE
    response = problem(429, f"More than {most} calls within a minute.", f"Call again in {wait} seconds.")
    response.headers["Retry-After"] = str(wait)
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Another method than those there are is told as everything else that is wrong."""
    if response.status_code != 405:
        return response
    methods = {each.strip() for each in response.headers["Allow"].split(",")}
    allowed = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
    told = problem(405, "This cannot be done here.", f"What can: {allowed}.")
    told.headers["Allow"] = allowed
    return told
