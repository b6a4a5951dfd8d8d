"""The first page: what is asked is answered there as on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.conftest import SLUG


def test_the_first_page_of_one_body_is_its_own(browser_as: Callable[..., Any]) -> None:
    answer = browser_as().get("/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/{SLUG}/"
    assert "Larkenford Town Council" in answer.content.decode()


def test_a_question_is_answered_in_the_words_of_the_terminal(browser_as: Callable[..., Any]) -> None:
    answer = browser_as("clerk").get(f"/{SLUG}/", {"q": "What was the vote on the floodlights?"})
    assert "On “" in answer.content.decode() or "vote" in answer.content.decode()


def test_a_route_without_a_row_is_served_to_nobody(browser_as: Callable[..., Any], monkeypatch: Any) -> None:
    from remembrancer.interfaces.web.admitting import guard

    monkeypatch.setattr(guard, "ROUTES", {})
    assert browser_as("owner").get(f"/{SLUG}/").status_code == 404


def test_one_long_word_does_not_keep_the_office_busy(browser_as: Callable[..., Any], monkeypatch: Any) -> None:
    """Its parts are put together once for each of them, not for each pair: that took a minute."""
    from remembrancer.memory.asking.understanding import subjects

    parts, joined, together = 200, subjects._joined_word, list[str]()

    def counted(*given: Any) -> str:
        together.append(joined(*given))
        return together[-1]

    monkeypatch.setattr(subjects, "_joined_word", counted)
    assert browser_as().get(f"/{SLUG}/", {"q": "https://" + "a." * parts}).status_code == 200
    assert 0 < len(together) <= 4 * parts
