"""``/SLUG/events``: Server-Sent Events that say how many entries the record of a body holds.

One watcher for the whole process looks once a second, and only while somebody listens; a stream holds no office and no
thread. What is told is the size of the log, which its head tells everybody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.urls import path
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from remembrancer.interfaces.web.admitting.asking import asking_of
from remembrancer.interfaces.web.admitting.needs import Routes
from remembrancer.interfaces.web.serving.opened import lender

SECONDS = 1.0
"""How often the watcher looks."""

HEARTBEAT = 20.0
"""Seconds of silence after which a stream says that it is still there, so that no proxy closes it."""

AGAIN = 5_000
"""Milliseconds after which a browser that lost its stream asks again."""

HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}

Sizes = Callable[[Iterable[str]], Mapping[str, int]]
"""The number of entries of each body that there is, by slug."""


class Growth:
    """Watches the records that somebody listens to, and wakes who listens when one has grown."""

    def __init__(self, sizes: Sizes, seconds: float = SECONDS) -> None:
        self._sizes = sizes
        self._seconds = seconds
        self._known: dict[str, int] = {}
        self._listening: Counter[str] = Counter()
        self._grown: asyncio.Event | None = None
        self._watching: asyncio.Task[None] | None = None

    async def size(self, slug: str) -> int | None:
        """How many entries a body's record holds now; None where there is no such body."""
        if slug not in self._known:
            self._known |= await asyncio.to_thread(self._sizes, [slug])
        return self._known.get(slug)

    async def told(self, slug: str, last: str = "") -> AsyncIterator[str]:
        """The events of one stream, whose listener was told ``last`` before; it never ends by itself."""
        self._listening[slug] += 1
        try:
            await self.size(slug)
            yield f"retry: {AGAIN}\n\n"
            while True:
                self._watch()
                grown, size = self._waited_for(), str(self._known.get(slug, 0))
                yield event(size) if size != last else ": here\n\n"
                last = size
                with suppress(TimeoutError):
                    await asyncio.wait_for(grown.wait(), HEARTBEAT)
        finally:
            self._listening[slug] -= 1

    def _waited_for(self) -> asyncio.Event:
        if self._grown is None:
            self._grown = asyncio.Event()
        return self._grown

    def _watch(self) -> None:
        """Begin to watch, where nobody listened before."""
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while slugs := [slug for slug, listeners in self._listening.items() if listeners > 0]:
            found = await asyncio.to_thread(self._sizes, slugs)
            if any(self._known.get(slug) != size for slug, size in found.items()):
                self._known |= found
                waited_for, self._grown = self._grown, None
                if waited_for is not None:
                    waited_for.set()
            await asyncio.sleep(self._seconds)
        self._known.clear()


def event(size: str) -> str:
    """One event, as the stream has it."""
    return f"id: {size}\nevent: record\ndata: {size}\n\n"


def sizes(slugs: Iterable[str]) -> dict[str, int]:
    """How many entries the records of bodies hold, of those that the office keeps."""
    with lender().lent() as office:
        kept = {each.slug for each in office.bodies()}
        return {slug: office.body(slug).log.size() for slug in slugs if slug in kept}


def route(growth: Growth) -> Route:
    """The address of the streams, served beside Django: there a stream would hold a thread."""

    async def stream(request: Request) -> Response:
        slug = str(request.path_params["body"])
        if await growth.size(slug) is None:
            return Response(status_code=404)
        last = request.headers.get("Last-Event-ID", "")
        return StreamingResponse(growth.told(slug, last), headers=HEADERS, media_type="text/event-stream")

    return Route("/{body}/events", stream, methods=["GET"])


def once(request: HttpRequest, body: str) -> HttpResponse:
    """The same for servers that do not stream: one event, after which a browser asks again."""
    size = asking_of(request).bureau.log.size()
    return HttpResponse(f"retry: {AGAIN}\n\n{event(str(size))}", content_type="text/event-stream", headers=HEADERS)


urls = [path("events", once, name="events")]
ROUTES: Routes = {"events": "everyone"}
