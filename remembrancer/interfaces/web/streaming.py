"""Answers that are made while they are sent: a download of any size, of which nothing is kept in memory or on disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from threading import BoundedSemaphore

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from remembrancer.interfaces.web.faults import shown
from remembrancer.interfaces.web.opened import lender
from remembrancer.office import Office

AT_ONCE = 2
"""How many are sent at once: each reads the whole record."""

_ENDED = b""
_free = BoundedSemaphore(AT_ONCE)


def archive(request: HttpRequest, name: str, make: Callable[[Office], Iterator[bytes]]) -> HttpResponseBase:
    """A .zip to download, made of an office that is opened for as long as it is sent. Where too many are being sent,
    who asks is told to wait."""
    if not _free.acquire(blocking=False):
        response = shown(request, 503, _("Others are downloading at this moment."), _("Try again in a minute."))
        response.headers["Retry-After"] = "60"
        return response
    pieces = _made(make)
    first = next(pieces, _ENDED)  # From now on whoever lets go of the pieces gives everything back.
    return StreamingHttpResponse(
        _sent(first, pieces),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        },
    )


async def _sent(first: bytes, pieces: Generator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each made by a thread. Who goes away in the middle gives everything back."""
    piece = first
    try:
        while piece:
            yield piece
            piece = await asyncio.to_thread(next, pieces, _ENDED)
    finally:
        await asyncio.shield(asyncio.to_thread(pieces.close))


def _made(make: Callable[[Office], Iterator[bytes]]) -> Generator[bytes]:
    try:
        with Office(lender().directory) as office:
            yield from filter(None, make(office))
    finally:
        _free.release()
