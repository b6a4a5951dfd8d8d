"""What every page is told of how people sign in here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from remembrancer.interfaces.web import settings


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """``sends_mail``: whether the office can send any; ``organisation``: the name of the organisation's own sign-in,
    empty where there is none."""
    return {"sends_mail": settings.SENDS_MAIL, "organisation": settings.ORGANISATION}
