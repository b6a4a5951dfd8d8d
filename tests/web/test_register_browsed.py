"""The register, as a browser shows it: without fault for everybody, and its slider moves the list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.browsing import faultless
from tests.web.conftest import SLUG

ROOM = f"/{SLUG}"


def first_link(page: Any, address: str, part: str) -> str:
    page.goto(f"{ROOM}/{address}")
    return str(page.locator(f"main a[href*='{part}']").first.get_attribute("href"))


@pytest.mark.parametrize("address", ["register/?on=2024-03-25", "decisions/?year=2024", "matters/", "actions/"])
def test_every_list_is_without_fault(page_as: Callable[..., Any], address: str) -> None:
    page = page_as("clerk")
    page.goto(f"{ROOM}/{address}")
    faultless(page)


def test_a_decision_with_its_family_and_its_extract_are_without_fault(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.goto(f"{ROOM}/decisions/?q=2024%2F8")
    page.locator("main ol.rows h2 a").first.click()
    expect(page.locator("figure.family svg rect")).to_have_count(2)
    faultless(page)
    page.get_by_role("link", name="Certified extract").click()
    faultless(page)


def test_a_matter_a_vote_and_a_motion_are_without_fault(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.goto(f"{ROOM}/matters/?q=skate")
    page.locator("main ol.rows h2 a").first.click()
    faultless(page)
    page.goto(first_link(page, "decisions/?q=2024%2F8", "/decisions/decision-"))
    addresses = [page.locator(f"main a[href*='/{each}/']").first.get_attribute("href") for each in ("votes", "motions")]
    for address in addresses:
        page.goto(address)
        faultless(page)


def test_the_list_follows_the_slider(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.goto(f"{ROOM}/register/?on=2024-03-31")
    page.locator("#at").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#standing .lead")).to_contain_text("1 April 2024")
    expect(page.locator("#on")).to_have_value("2024-04-01")
    expect(page).to_have_url(re.compile("on=2024-04-01"))
    expect(page.locator("#standing .narrowing")).to_contain_text("repealed")


def test_without_a_script_a_day_is_typed(page_as: Callable[..., Any]) -> None:
    page = page_as(java_script_enabled=False)
    page.goto(f"{ROOM}/register/")
    page.locator("#on").fill("2024-04-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#standing .lead")).to_contain_text("1 April 2024")
