"""Laws of Search: its address says all of it, what narrows it is linked, and what is wrong is a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from tests.web.conftest import SLUG

SEARCH = f"/{SLUG}/search"
PARTIAL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"}


def text_of(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def test_hits_stand_in_the_words_of_the_record_with_their_places(browser_as: Callable[..., Any]) -> None:
    page = text_of(browser_as().get(SEARCH, {"q": "scorched bench"}))
    assert "brought a photograph of a <mark>scorched</mark> <mark>bench</mark> in Priory Park" in page
    assert re.search(rf'href="/{SLUG}/id/[a-z]+-[a-z2-7]+"', page)
    assert re.search(rf'href="/{SLUG}/sources/[0-9a-f]{{64}}\?at=\d+-\d+"', page)


def test_each_count_is_what_its_link_leads_to(browser_as: Callable[..., Any]) -> None:
    browser = browser_as()
    page = text_of(browser.get(SEARCH, {"q": "skate park floodlights"}))
    links = re.findall(r'href="(\?[^"]+)" class="facet">.*?<span class="count">(\d+)</span>', page)
    assert len(links) > 10
    for query, number in links:
        narrowed = text_of(browser.get(f"{SEARCH}{query}"))
        assert re.search(rf'role="status" class="quiet">{number} passages?\s*<', narrowed), query


def test_what_narrows_stays_in_the_form_and_can_be_taken_away(browser_as: Callable[..., Any]) -> None:
    page = text_of(browser_as().get(SEARCH, {"q": "park", "kind": "speech", "from": "2024"}))
    assert '<input type="hidden" name="kind" value="speech">' in page
    assert 'name="from" value="2024"' in page
    assert 'href="?q=park&from=2024"' in page


def test_what_is_typed_brings_what_was_found_alone(browser_as: Callable[..., Any]) -> None:
    page = text_of(browser_as().get(SEARCH, {"q": "park"}, **PARTIAL))
    assert "<html" not in page
    assert 'id="found"' in page
    assert 'hx-swap-oob="true"' in page


def test_a_query_that_is_none_is_told_in_a_sentence(browser_as: Callable[..., Any]) -> None:
    browser = browser_as()
    for told in ({"q": "par*k"}, {"q": "park", "from": "yesterday"}, {"q": "park", "kind": "song"}):
        for headers in ({}, PARTIAL):
            answer = browser.get(SEARCH, told, **headers)
            assert answer.status_code == 400
            assert 'class="notice warn"' in text_of(answer)


def test_pages_follow_one_another(browser_as: Callable[..., Any]) -> None:
    browser = browser_as()
    first = text_of(browser.get(SEARCH, {"q": "council"}))
    second = text_of(browser.get(SEARCH, {"q": "council", "page": "2"}))
    assert 'rel="next" href="?q=council&page=2"' in first
    assert 'rel="prev" href="?q=council&page=1"' in second
    assert "11 to 20" in second


def test_nothing_found_says_what_was_looked_for(browser_as: Callable[..., Any]) -> None:
    assert "Nothing was found." in text_of(browser_as().get(SEARCH, {"q": "hippogriff"}))


def test_names_are_suggested_as_they_are_typed(browser_as: Callable[..., Any]) -> None:
    assert '<option value="Skate park">' in text_of(browser_as().get(f"{SEARCH}/suggestions", {"q": "ska"}))


def test_a_search_is_watched_and_what_was_seen_is_not_new_again(browser_as: Callable[..., Any]) -> None:
    clerk = browser_as("clerk")
    assert clerk.post(f"/{SLUG}/watches/add", {"q": "scorched", "kind": "search"}).status_code == 303
    assert "scorched" in text_of(clerk.get(f"/{SLUG}/watches"))
    watch = f"/{SLUG}/watches/scorched"
    assert "for the first time" in text_of(clerk.get(watch))
    assert clerk.post(watch).status_code == 303
    assert "Nothing is new." in text_of(clerk.get(watch))
    assert clerk.post(f"{watch}/remove").status_code == 303
    assert clerk.get(watch).status_code == 403


def test_nobody_watches_who_is_not_signed_in(browser_as: Callable[..., Any]) -> None:
    answer = browser_as().post(f"/{SLUG}/watches/add", {"q": "scorched", "kind": "search"})
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]
