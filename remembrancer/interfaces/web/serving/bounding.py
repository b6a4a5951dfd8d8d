"""How much a browser may send: refused before anything of it is kept, by what it says and by what it then sends."""

from __future__ import annotations

import re
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 5 * 1024 * 1024
"""Bytes of what is sent to any page."""

MOST_HANDED_IN = 1024 * 1024 * 1024
"""Bytes of what somebody who is signed in sends to the page on which documents are handed in."""

_HANDED_IN = re.compile(r"/[\w-]+/desk/reading")


class _TooMuch(Exception):
    """More came than was announced or may be."""


class Bounded:
    """An application that is sent no more than a page takes."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        hands_in = scope["method"] == "POST" and _HANDED_IN.fullmatch(scope["path"])
        most = MOST_HANDED_IN if hands_in and await sync_to_async(_is_signed_in)(scope) else MOST
        if _announced(scope) > most:
            await _refused(most)(scope, receive, send)
            return
        came = 0

        async def bounded() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise _TooMuch
            return message

        try:
            await self._application(scope, bounded, send)
        except _TooMuch:
            await _refused(most)(scope, receive, send)


def _is_signed_in(scope: Scope) -> bool:
    key = Request(scope).cookies.get(settings.SESSION_COOKIE_NAME, "")
    try:
        return SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)
    finally:
        close_old_connections()


def _announced(scope: Scope) -> int:
    """The length that a browser says it sends; 0 where it says none."""
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0


def _refused(most: int) -> PlainTextResponse:
    size = f"{most // (1024 * 1024)} MB"
    return PlainTextResponse(f"This is more than {size}, and nothing of it was kept.\n", 413, {"Connection": "close"})
