"""Answers that are made while they are sent: a download of any size, of which nothing is kept in memory or on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from threading import BoundedSemaphore, Lock
from typing import Self

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from remembrancer.interfaces.web.admitting.faults import shown
from remembrancer.interfaces.web.serving.opened import lender
from remembrancer.office import Office

AT_ONCE = 2
"""How many are sent at once: each reads the whole record."""

_free = BoundedSemaphore(AT_ONCE)


def archive(request: HttpRequest, name: str, make: Callable[[Office], Iterator[bytes]]) -> HttpResponseBase:
    """A .zip to download, made of an office that is opened for as long as it is sent. Where too many are being sent,
    who asks is told to wait."""
    if not _free.acquire(blocking=False):
        response = shown(request, 503, _("Others are downloading at this moment."), _("Try again in a minute."))
        response.headers["Retry-After"] = "60"
        return response
    return StreamingHttpResponse(
        _Sent(_made(make)),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        },
    )


class _Sent:
    """The pieces, each made by a thread; the answer closes them, also where who asked went away in the middle."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self._pieces = pieces
        self._lock = Lock()
        self._first = self._taken()  # From now on to close the pieces gives back what they took.

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        piece, self._first = self._first, b""
        piece = piece or await asyncio.to_thread(self._taken)
        if not piece:
            raise StopAsyncIteration
        return piece

    def close(self) -> None:
        with self._lock:
            self._pieces.close()

    def _taken(self) -> bytes:
        with self._lock:
            return next(self._pieces, b"")


def _made(make: Callable[[Office], Iterator[bytes]]) -> Generator[bytes]:
    try:
        with Office(lender().directory) as office:
            yield from filter(None, make(office))
    finally:
        _free.release()
