"""The office's own files - style, scripts, pictures - and those of allauth that its pages name.

A page names a file with a hash of what it holds, ``office.css?v=...``: by such an address it never changes, and
browsers need not ask again.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from remembrancer.interfaces.web.settings import HERE

AN_HOUR = "public, max-age=3600"
A_YEAR = "public, max-age=31536000, immutable"


class Named(StaticFilesStorage):
    """Addresses of files as templates write them, each with the hash of what the file holds."""

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; of one that there is not, without a hash."""
        address, found = super().url(name), version_of(name or "")
        return f"{address}?v={found}" if found else address


@cache
def version_of(name: str) -> str:
    """The hash of the file that templates name so; empty where there is none. Looked for once."""
    found = finders.find(name)
    return version(found) if isinstance(found, str) else ""


@cache
def version(path: str) -> str:
    """What changes where a file changes; read once, since files change with the program."""
    return sha256(Path(path).read_bytes()).hexdigest()[:12]


class Files(StaticFiles):
    """Files that browsers keep for an hour, by an address with a hash for a year, and take for nothing else than they
    are."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v", [""])[0]
        response.headers["Cache-Control"] = A_YEAR if asked == version(str(full_path)) else AN_HOUR
        return response


def files() -> ASGIApp:
    """What is served under ``/static``, compressed: in these files is no secret that its length could tell."""
    served = Files(directory=HERE / "static", packages=[("allauth.account", "static"), ("allauth.mfa", "static")])
    return GZipMiddleware(served)
