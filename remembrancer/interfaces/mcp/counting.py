"""How often an assistant may call: as often as any program, counted by its token, or by address where it shows none."""

from __future__ import annotations

from io import BytesIO

from allauth.core.context import request_context
from anyio import to_thread
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from remembrancer.interfaces.web import settings

MINUTE = 60


class Counted:
    """An application that stands behind the look at tokens; too many calls, and tokens of no use, are noted."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = await to_thread.run_sync(_seconds_to_wait, scope)
        await (_too_often(wait) if wait else self._inside)(scope, receive, send)


def _seconds_to_wait(scope: Scope) -> int:
    """Count a call; 0 where it is one of those that may be made, else for how long to wait."""
    from remembrancer.interfaces.web.accounts import journal, limits

    request = ASGIRequest(scope, BytesIO())
    who, user = limits.caller_of(request), scope.get("user")
    try:
        with request_context(request):
            if isinstance(user, AuthenticatedUser):
                who = f"{user.access_token.client_id}/{user.access_token.subject}"
            elif "Authorization" in request.headers:
                journal.note("token", "refused", route="mcp")
            wait = limits.seconds_to_wait("api", who, settings.CALLS_A_MINUTE, MINUTE)
            if wait:
                journal.note("calls", "limit", route="mcp")
    finally:
        close_old_connections()
    return wait


def _too_often(wait: int) -> PlainTextResponse:
    told = f"More than {settings.CALLS_A_MINUTE} calls within a minute. Call again in {wait} seconds.\n"
    return PlainTextResponse(told, 429, {"Retry-After": str(wait)})
