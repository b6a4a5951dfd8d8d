"""What every page is told of how people sign in here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from remembrancer.interfaces.web import settings
from remembrancer.interfaces.web.admitting.asking import Asking


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """``sends_mail``: whether the office can send any; ``organisation``: the name of the organisation's own sign-in,
    empty where there is none; ``lacks_factor``: whether who is signed in would hold more with a second factor."""
    asking: Asking | None = getattr(request, "asking", None)
    lacks = bool(settings.SECOND_FACTOR) and asking is not None and asking.lacks_factor
    return {"sends_mail": settings.SENDS_MAIL, "organisation": settings.ORGANISATION, "lacks_factor": lacks}
