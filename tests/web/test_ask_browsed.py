"""Ask and Search in a real browser: without fault at a desk and on a phone, light and dark, with scripts or without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.browsing import PHONE, axe, faultless, too_wide
from tests.web.conftest import SLUG

PAGES = (
    "",
    "?q=What+was+the+vote+on+the+floodlights%3F",
    "?q=How+did+Margaret+Hale+vote+on+the+skate+park%3F",
    "?q=What+was+decided+about+dragons%3F",
    "search",
    "search?q=skate+park",
    "search?q=hippogriff",
    "search?q=par*k",
)


@pytest.mark.parametrize("address", PAGES)
def test_ask_and_search_are_without_fault(page_as: Callable[..., Any], address: str) -> None:
    for role in ("", "member"):
        page = page_as(role)
        page.goto(f"/{SLUG}/{address}")
        faultless(page)


def test_watches_look_and_what_is_not_there_are_without_fault(page_as: Callable[..., Any]) -> None:
    page = page_as("member")
    for address in (f"/{SLUG}/watches", "/look", f"/{SLUG}/nothing-here"):
        page.goto(address)
        faultless(page)


def test_text_of_twice_the_size_still_fits_a_phone(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.set_viewport_size(PHONE)
    for address in ("", "search?q=skate+park"):
        page.goto(f"/{SLUG}/{address}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert too_wide(page) == []


def test_a_question_is_asked_and_a_search_narrowed_without_scripts(page_as: Callable[..., Any]) -> None:
    page = page_as(java_script_enabled=False)
    page.goto(f"/{SLUG}/")
    page.get_by_role("searchbox").fill("What was the vote on the floodlights?")
    page.keyboard.press("Enter")
    assert "yes 5, no 5" in page.locator(".sentence").inner_text()
    page.goto(f"/{SLUG}/search")
    page.get_by_role("combobox").or_(page.get_by_role("searchbox")).fill("skate park")
    page.keyboard.press("Enter")
    page.locator("a.facet").first.click()
    page.wait_for_url("**from=20**")
    expect(page.locator("figure.quotation").first).to_be_visible()


def test_hits_come_as_one_types_and_the_query_stands_in_the_address(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.goto(f"/{SLUG}/search")
    page.locator("#q").press_sequentially("scorched", delay=20)
    expect(page).to_have_url(re.compile("q=scorched"))
    expect(page.locator("#how-many")).to_have_text("1 passage")
    expect(page.locator("figure.quotation mark").first).to_be_visible()
    assert axe(page) == []


def test_the_rooms_open_and_close_on_a_phone_by_keyboard(page_as: Callable[..., Any]) -> None:
    page = page_as()
    page.set_viewport_size(PHONE)
    page.goto(f"/{SLUG}/")
    rooms = page.locator("nav.rooms")
    assert not rooms.is_visible()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(rooms).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(rooms).not_to_be_visible()


def test_the_first_page_is_small_and_says_nothing_wrong(page_as: Callable[..., Any]) -> None:
    page, sizes, said = page_as(), [], []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"/{SLUG}/")
    page.wait_for_load_state("load")
    assert sum(sizes) <= 100_000
    assert said == []


TOLD = """address => new Promise((done) => {
  const stream = new EventSource(address);
  stream.addEventListener("record", () => { stream.close(); done(); });
})"""
"""Listens, as the page does, until it is told how many entries the record holds."""


def test_who_looks_is_told_that_the_record_has_grown(page_as: Callable[..., Any], office_directory: Any) -> None:
    from remembrancer.model import OWNER
    from remembrancer.office import Office
    from remembrancer.office.changing.granting import grant

    page = page_as()
    page.goto(f"/{SLUG}/")
    page.evaluate(TOLD, f"/{SLUG}/events")
    assert not page.locator(".grown").is_visible()
    with Office(office_directory) as office:
        grant(office.body(), OWNER, "member:Nobody at all", "chair", "2001-01-01", "2001-01-02")
    page.locator(".grown").wait_for(state="visible")
