"""What every answer says to browsers: nothing is loaded but from the office itself, nothing runs but its own files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from remembrancer.interfaces.web import settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy of every page; a view that sets a stricter one keeps it."""

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"

SAID: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer says, unless what made it says something else."""

TRANSPORT: Mapping[str, str] = {
    "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
}
"""What it says besides where people reach the office by TLS."""

PROGRAMS = ("/api/", "/mcp")
"""What programs call: they are not led on to TLS, or their token would have travelled in the open unnoticed."""


def tells_of(told: str, tag: str) -> bool:
    """Whether ``If-None-Match`` tells of a tag. It is compared weakly (RFC 9110, 13.1.2): a proxy that compresses
    answers makes their tags weak."""
    tags = [each.removeprefix("W/") for each in parse_etags(told)]
    return tag in tags or "*" in tags


class Headers:
    """The whole application, with what every answer says, whether Django gives it or another; who calls as a program
    past a proxy without TLS is refused."""

    def __init__(self, application: ASGIApp, tls: bool = settings.TLS) -> None:
        self._application = application
        self._tls = tls
        said = {**SAID, **TRANSPORT} if tls else SAID
        self._said = [(name.lower().encode(), value.encode()) for name, value in said.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _value in message["headers"]}  # Django's are not in lower case.
                more = [(name, value) for name, value in self._said if name not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        refused = self._tls and scope["path"].startswith(PROGRAMS) and not _came_by_tls(scope)
        await (_REFUSED if refused else self._application)(scope, receive, said)


_REFUSED = JSONResponse(
    {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": "Call this by https. A token that was sent here should be revoked.",
    },
    403,
    media_type="application/problem+json",
)


def _came_by_tls(scope: Scope) -> bool:
    """Whether the proxy says that it was called by TLS, or none stands before the office and it was."""
    told = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    return bool(told == b"https" or scope["scheme"] == "https")


class Caching:
    """Middleware: what is answered to who is signed in stays in no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        user = getattr(request, "user", None)  # Who calls by a wrong name is refused before it is known who it is.
        signed_in = user is not None and user.is_authenticated
        response.headers.setdefault("Cache-Control", "private, no-store" if signed_in else "no-cache")
        return response
