"""Laws of what is shown around a hit: its own bytes, and for nobody a word that is closed to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DEBATE = """\
# Tidewick Harbour Board, 3 June 2024

## 1. The breakwater

**Ann Bell:** The breakwater leaks at the north end.

**Carl Dow:** The contractor Marrowby was paid in secret.

**Ann Bell:** The breakwater shall be surveyed again.

## 2. Moorings

**Carl Dow:** The moorings are let.
"""
CLOSED, APART = "Marrowby", "moorings"

Command = Callable[..., Any]


@pytest.fixture
def debate(command: Command, office: Path) -> str:
    """The id of the speech that is to be closed."""
    Path("debate.md").write_text(DEBATE, encoding="utf-8", newline="\n")
    assert command("read", "debate.md").code == 0
    return str(json.loads(command("search", CLOSED, "--json").out)[0]["id"])


def windows(command: Command, query: str, *who: str) -> list[str]:
    return [hit["window"]["quote"] for hit in json.loads(command("search", query, "--json", *who).out)]


def test_a_hit_is_shown_among_its_neighbours_under_its_item(command: Command, debate: str) -> None:
    for window in windows(command, "breakwater surveyed", "--kind", "speech"):
        assert "leaks" in window and CLOSED in window and "surveyed" in window
        assert APART not in window


def test_the_window_is_the_bytes_of_its_rendition_and_holds_the_words(command: Command, debate: str) -> None:
    for hit in json.loads(command("search", "breakwater", "--json").out):
        window = hit["window"]
        data = command("record", "blob", window["rendition"]).out
        assert data[window["start"] : window["end"]].decode() == window["quote"]
        assert all(window["start"] <= span["start"] and span["end"] <= window["end"] for span in hit["spans"])


@pytest.mark.parametrize("visibility", ["members", "hidden", "role:audit"])
def test_a_closed_speech_between_two_open_ones_is_in_no_window_of_theirs(
    command: Command, debate: str, visibility: str
) -> None:
    assert command("classify", debate, visibility).code == 0
    for who in ([], ["--as", "public"], ["--as", "member:Ann Bell"], ["--as", "role:press"]):
        shown = windows(command, "leaks OR surveyed", *who)
        assert shown and not [window for window in shown if CLOSED in window], who
        said = command("search", "leaks OR surveyed", "-v", *who).out.decode()
        assert CLOSED not in said
    assert [CLOSED in window for window in windows(command, CLOSED)] == [True]
    assert windows(command, CLOSED, "--as", "public") == []


def test_what_was_redacted_is_in_no_window(command: Command, debate: str) -> None:
    assert command("redact", debate, "--authority", "a test").code == 0
    shown = windows(command, "breakwater")
    assert shown and not [window for window in shown if CLOSED in window]


def test_as_of_a_day_no_window_holds_a_later_sitting(command: Command, debate: str) -> None:
    assert windows(command, "breakwater", "--as-of", "2024-05") == []
    assert windows(command, "breakwater", "--as-of", "2024-06")


def test_verbose_shows_the_lines_around_the_words(command: Command, debate: str) -> None:
    said = command("search", "leaks", "-v").out.decode().splitlines()
    at = next(number for number, line in enumerate(said) if "“The breakwater leaks" in line)
    assert "Carl Dow: The contractor" in said[at + 1]
    assert "contractor" not in command("search", "leaks").out.decode()


def test_the_window_of_a_version_is_of_that_version(command: Command, debate: str) -> None:
    """Of a draft and what was approved each is shown among its own words."""
    Path("drafts/debate.md").write_text(DEBATE.replace("leaks at", "seems to leak at"), encoding="utf-8", newline="\n")
    assert command("read", "drafts").code == 0
    for hit in json.loads(command("search", "breakwater surveyed", "--json", "-n", "20").out):
        assert hit["window"]["rendition"] == hit["spans"][0]["rendition"]
