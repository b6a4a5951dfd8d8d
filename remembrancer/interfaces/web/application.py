"""The one ASGI application: the office's own files, Django's pages, and what is not served by Django."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remembrancer.interfaces.web.settings")

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from remembrancer.interfaces.mcp.served import Assistants
from remembrancer.interfaces.web.serving import events
from remembrancer.interfaces.web.serving.answering import Pages
from remembrancer.interfaces.web.serving.bounding import Bounded
from remembrancer.interfaces.web.serving.files import files
from remembrancer.interfaces.web.serving.headers import Headers
from remembrancer.interfaces.web.serving.lifespan import lifespan

assistants = Assistants()


@asynccontextmanager
async def running(application: Starlette) -> AsyncIterator[None]:
    """As long as the office is served."""
    async with lifespan(application), assistants.begun():
        yield


application = Headers(
    Starlette(
        routes=[
            Mount("/static", files()),
            events.route(events.Growth(events.sizes)),
            *assistants.routes(),
            Mount("/", Bounded(cast(ASGIApp, Pages()))),
        ],
        lifespan=running,
    )
)
