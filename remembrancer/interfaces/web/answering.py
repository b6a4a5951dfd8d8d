"""Django's pages, each made from first to last by one of a few threads that stay.

Django's own handler gives every request a thread of its own, which opens the accounts anew, and goes to and fro
between it and the loop for each middleware; where visitors compete for one interpreter, each crossing waits.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

import django
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from starlette.types import Receive, Scope, Send

THREADS = 8
"""How many requests are at work at once; most of them wait for an office, a mail server or another's sign-in."""


class Pages(ASGIHandler):
    """Django as an ASGI application whose middleware and views run in the thread that took the request."""

    def __init__(self) -> None:
        django.setup(set_prefix=False)
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, "pages")

    def load_middleware(self, is_async: bool = False) -> None:
        """The middleware as threads call it, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"There are pages here, and no {scope['type']}.")
        try:
            came = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._threads, self._answer, scope, came)
        if not response.streaming:
            await self.send_response(response, send)
            return
        try:
            await self._streamed(response, receive, send)
        finally:
            await loop.run_in_executor(self._threads, response.close)

    def _answer(self, scope: Scope, came: IO[bytes]) -> HttpResponseBase:
        """What is answered to a request, and given back already what it took, unless it is yet to be streamed."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, came)
        response: HttpResponseBase = self.get_response(request) if request else refused
        response._handler_class = type(self)  # type: ignore[attr-defined]
        if not response.streaming:
            response.close()
        return response

    async def _streamed(self, response: HttpResponseBase, receive: Receive, send: Send) -> None:
        """Send what is made while it is sent, until its end or until who asked went away."""
        sending = asyncio.ensure_future(self.send_response(response, send))
        leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
        tasks: tuple[asyncio.Future[Any], ...] = (sending, leaving)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        if isinstance(ended[0], Exception):
            raise ended[0]
