"""The server over HTTP, beside the pages: ``/mcp`` for everybody, ``/mcp/account`` for who signs in.

At ``/mcp`` a call without a token is the public's. An assistant signs in only where it is refused without a token, so
that there is a second address at which it is. Both take the tokens that the office grants by OAuth 2.1 - its own
authorization server is allauth's - and those that an account made for itself. A browser's session counts for nothing
here, so that no page can make a browser call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from mcp.server.auth.middleware.auth_context import AuthContextMiddleware
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend, RequireAuthMiddleware
from mcp.server.auth.routes import build_resource_metadata_url, create_protected_resource_routes
from mcp.server.auth.settings import AuthSettings
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from remembrancer.interfaces.mcp.bearers import SCOPE, Bearers, as_shown, bearer
from remembrancer.interfaces.mcp.counting import Counted
from remembrancer.interfaces.mcp.reception import Reception
from remembrancer.interfaces.mcp.server import server
from remembrancer.interfaces.web.serving.opened import lender
from remembrancer.interfaces.web.settings import ADDRESS, ALLOWED_HOSTS, MCP_RESOURCES

LARGEST = 256 * 1024
"""Bytes of one call: no tool takes more than a long quotation."""


class Assistants:
    """The server of the office; it answers from the time it has begun until its context ends."""

    def __init__(self) -> None:
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def begun(self) -> AsyncIterator[None]:
        """Answer for as long as the context lasts. No sessions are kept: each call brings all that it needs."""
        made = server(Reception(lender(), bearer, ADDRESS, as_shown))
        made.streamable_http_app(
            json_response=True,
            stateless_http=True,
            max_request_body_size=LARGEST,
            transport_security=TransportSecuritySettings(allowed_hosts=_hosts(), allowed_origins=[ADDRESS]),
        )
        self._manager = made.session_manager
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._manager is not None, "the server has begun"
        await self._manager.handle_request(scope, receive, send)

    def routes(self) -> list[BaseRoute]:
        """Both addresses, and where each says which authorization server grants its tokens."""
        public, account = MCP_RESOURCES
        return [*_routes(public, self, for_everybody=True), *_routes(account, self, for_everybody=False)]


class Welcome:
    """Who shows no token is let in as the public; a token that is shown must be good."""

    def __init__(self, inside: ASGIApp, checked: ASGIApp) -> None:
        self._inside = inside
        self._checked = checked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shows = any(name == b"authorization" for name, _ in scope["headers"])
        await (self._checked if shows else self._inside)(scope, receive, send)


_CALLED_OTHERWISE = PlainTextResponse("Call this by POST: no streams are offered.\n", 405, {"Allow": "POST"})


def _routes(resource: str, inside: ASGIApp, for_everybody: bool) -> list[BaseRoute]:
    told = AuthSettings.model_validate(
        {"issuer_url": ADDRESS, "resource_server_url": resource, "validate_token_resource": True}
    )
    assert told.resource_server_url is not None, "given above"
    checked = RequireAuthMiddleware(inside, [SCOPE], build_resource_metadata_url(told.resource_server_url))
    who = BearerAuthBackend(Bearers(resource), resource_server_url=told.resource_server_url)
    return [
        Route(
            urlsplit(resource).path,
            Counted(Welcome(inside, checked) if for_everybody else checked),
            methods=["POST"],
            middleware=[Middleware(AuthenticationMiddleware, backend=who), Middleware(AuthContextMiddleware)],
        ),
        Route(urlsplit(resource).path, _CALLED_OTHERWISE),
        *create_protected_resource_routes(told.resource_server_url, [told.issuer_url], [SCOPE], "Remembrancer"),
    ]


def _hosts() -> list[str]:
    """By which names the office may be called, whatever the port: a page elsewhere that has its own name lead here is
    refused."""
    return [each for host in ALLOWED_HOSTS for each in (host, f"{host}:*")]
