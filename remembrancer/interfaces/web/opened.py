"""The office that this process serves."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from remembrancer.interfaces.web.lending import Lender


@cache
def lender() -> Lender:
    """Lends the office named by the settings."""
    return Lender(settings.OFFICE)
