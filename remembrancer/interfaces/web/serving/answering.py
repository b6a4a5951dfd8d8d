"""Django's pages, each made from first to last by one of a few threads that stay.

Django's own handler gives every request a thread of its own, which opens the accounts anew, and goes to and fro
between it and the loop for each middleware; where visitors compete for one interpreter, each crossing waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

import django
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from remembrancer.interfaces.web.serving.kept import Made, kept_pages, route_for_all

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

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
            response = await kept_pages().answer(scope, lambda: self._made(scope, receive))
        except RequestAborted:
            return
        if not response.streaming:
            await self.send_response(response, send)
            return
        try:
            await self._streamed(response, receive, send)
        finally:
            await asyncio.get_running_loop().run_in_executor(self._threads, response.close)

    async def _made(self, scope: Scope, receive: Receive) -> Made:
        """The answer to a request, made by a thread as soon as one is free."""
        came = await self.read_body(receive)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, scope, came)

    def _answer(self, scope: Scope, came: IO[bytes]) -> Made:
        """What is answered to a request; unless it is yet to be streamed, what it took is given back already."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, came)
        response = cast(HttpResponseBase, self.get_response(request) if request else refused)
        response._handler_class = type(self)  # type: ignore[attr-defined]
        if response.streaming:
            return Made(response)
        response.close()
        return Made(response, route_for_all(request, response) if request else "")

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
