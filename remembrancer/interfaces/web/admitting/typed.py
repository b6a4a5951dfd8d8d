"""What was typed into a field, read once for all pages."""

from __future__ import annotations

import re

from django.http import HttpRequest

from remembrancer.interfaces.dates import day

__all__ = ["MOST", "day", "number"]

MOST = 10_000
"""The last page that can be asked for."""


def number(request: HttpRequest, field: str, least: int = 1) -> int:
    """A whole number of the address, ``least`` where it is none."""
    told = request.GET.get(field, "")
    return min(max(int(told), least), MOST) if re.fullmatch(r"\d{1,6}", told) else least
