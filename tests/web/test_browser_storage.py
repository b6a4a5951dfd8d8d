"""Nothing of what somebody read stays in their browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.conftest import SLUG

KEPT = "JSON.stringify([Object.values(localStorage), Object.values(sessionStorage)])"


def test_a_search_leaves_nothing_in_the_browser(page_as: Callable[..., Any]) -> None:
    page = page_as("member")
    page.goto(f"/{SLUG}/search")
    page.fill("input[name=q]", "bridge")
    page.wait_for_url("**/search?*q=bridge*")
    page.wait_for_selector("#found mark")
    page.fill("input[name=q]", "library")
    page.wait_for_url("**/search?*q=library*")
    assert page.evaluate(KEPT) == "[[],[]]"
