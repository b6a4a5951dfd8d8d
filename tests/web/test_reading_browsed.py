"""Sittings, sources and people, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from remembrancer.model import OWNER, PUBLIC
from remembrancer.office import Office
from remembrancer.office.showing import course, locating, shown
from tests.web.browsing import faultless
from tests.web.conftest import SLUG


@pytest.fixture(scope="module")
def addresses(office_directory: Path) -> dict[str, str]:
    """A page of each kind, by name; ``pdf`` is one that has a closed part."""
    with Office(office_directory) as office:
        bureau = office.body()
        paths = {each.path.rpartition("/")[2]: each.id for each in shown.sources(bureau, OWNER)}
        days = {line.dates[0]: line for line in course.calendar(bureau, PUBLIC)}
        person = locating.followed(bureau, PUBLIC)[0].id
    return {
        "sittings": "sittings/",
        "year": "sittings/?year=2024",
        "sitting": f"sittings/{days['2024-10-22'].id}",
        "captions": f"sittings/{days['2025-03-18'].id}?source={paths['2025-03-18.vtt']}",
        "people": "people/",
        "person": f"people/{person}",
        "sources": "sources/",
        "text": f"sources/{paths['2023-12-12.txt']}?at=100-200",
        "html": f"sources/{paths['2024-03-19.html']}?at=2300-2400",
        "pdf": f"sources/{paths['2024-01-16.pdf']}?at=60-100",
    }


@pytest.mark.parametrize(
    "name", ["sittings", "year", "sitting", "captions", "people", "person", "sources", "text", "html", "pdf"]
)
def test_pages_that_are_read_are_without_fault(
    page_as: Callable[..., Any], addresses: dict[str, str], name: str
) -> None:
    page = page_as("owner" if name == "pdf" else "")
    page.goto(f"/{SLUG}/{addresses[name]}")
    faultless(page)


def test_a_page_of_a_pdf_is_shown_with_the_place_in_view(
    page_as: Callable[..., Any], addresses: dict[str, str]
) -> None:
    page = page_as("owner")
    loaded: list[int] = []
    page.on("response", lambda answer: loaded.append(answer.status) if answer.url.endswith(".png") else None)
    with page.expect_response("**/*.png"):
        page.goto(f"/{SLUG}/{addresses['pdf']}")
    assert loaded == [200]
    assert page.locator("svg.sheet rect").first.is_visible()
    assert page.locator("#mark").is_visible()


def test_all_of_it_works_without_scripts(page_as: Callable[..., Any], addresses: dict[str, str]) -> None:
    page = page_as("", java_script_enabled=False)
    page.goto(f"/{SLUG}/{addresses['sittings']}")
    page.locator("ol.rows h3 a").first.click()
    page.locator(".passage .where a").first.click()
    expect(page.locator("#mark")).to_be_visible()
    page.get_by_role("link", name="Back to the place").click()
    expect(page).to_have_url(re.compile("/sittings/sitting-"))


def test_a_speech_that_is_linked_to_is_marked_on_its_page(
    page_as: Callable[..., Any], addresses: dict[str, str]
) -> None:
    page = page_as()
    page.goto(f"/{SLUG}/{addresses['captions']}")
    link = page.locator(".passage.speech .permanent").nth(3)
    identity = str(link.get_attribute("href")).rpartition("/")[2]
    link.click()
    expect(page.locator(f"#{identity}:target")).to_have_count(1)
    expect(page.locator(f"#{identity} blockquote.here")).to_have_count(1)
