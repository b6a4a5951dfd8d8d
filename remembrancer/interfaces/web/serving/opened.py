"""The office that this process serves."""

from __future__ import annotations

from functools import cache

from remembrancer.interfaces.web.serving.lending import Lender
from remembrancer.interfaces.web.settings import OFFICE


@cache
def lender() -> Lender:
    """Lends the office named by the settings."""
    return Lender(OFFICE)
