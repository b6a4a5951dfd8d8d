"""The office's own files - style, scripts, pictures - and those of allauth that its pages name."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from remembrancer.interfaces.web.settings import HERE

AN_HOUR = "public, max-age=3600"


class Files(StaticFiles):
    """Files that browsers keep for an hour and take for nothing else than they are."""

    def file_response(self, *arguments: Any, **named: Any) -> Response:
        response = super().file_response(*arguments, **named)
        response.headers["Cache-Control"] = AN_HOUR
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def files() -> Files:
    """What is served under ``/static``."""
    return Files(directory=HERE / "static", packages=[("allauth.account", "static"), ("allauth.mfa", "static")])
