"""Ask, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.browsing import faultless
from tests.web.conftest import SLUG


def test_the_first_page_is_without_fault_for_everybody(page_as: Callable[..., Any]) -> None:
    for role in ("", "clerk"):
        page = page_as(role)
        page.goto(f"/{SLUG}/")
        faultless(page)
