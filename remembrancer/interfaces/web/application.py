"""The one ASGI application: the office's own files, Django's pages, and what is not served by Django."""

from __future__ import annotations

import os
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remembrancer.interfaces.web.settings")

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from remembrancer.interfaces.web import events
from remembrancer.interfaces.web.files import files
from remembrancer.interfaces.web.lifespan import lifespan

application = Starlette(
    routes=[
        Mount("/static", files()),
        events.route(events.Growth(events.sizes)),
        Mount("/", cast(ASGIApp, get_asgi_application())),
    ],
    lifespan=lifespan,
)
