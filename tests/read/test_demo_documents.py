"""What the demo's documents say of each sitting is read right in every format."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from told import checked

from remembrancer.model import Attendee, Proceedings, Sitting
from remembrancer.read import house, read

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo"
TRUTH: list[dict[str, Any]] = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))["sittings"]
DOCUMENTS = [(document, told) for told in TRUTH for document in told["documents"]]
MINUTES = [(document, told) for document, told in DOCUMENTS if document.startswith("minutes/")]
OFFICERS = {("Mrs Eleanor Whitcombe", "Town Clerk"), ("Mr Callum Reid", "Responsible Finance Officer")}
VENUES = {"2024-05-14": "The Assembly Room, Corn Exchange, Market Place, Larkenford"}
VENUE = "The Council Chamber, Corn Exchange, Market Place, Larkenford"


@cache
def proceedings(document: str) -> Proceedings:
    conventions = house.parse((DEMO / "house.toml").read_text(encoding="utf-8"))
    return checked(read((DEMO / "documents" / document).read_bytes(), document, conventions)).proceedings


def sitting(document: str) -> Sitting:
    [only] = proceedings(document).sittings
    return only


def councillors(document: str) -> list[tuple[str, Attendee]]:
    """The councillors of the list, each stay as one, named as the truth names them."""
    lines = [line for line in sitting(document).attendance if line.label.startswith("Cllr ")]
    return [(f"{line.label} ({line.affiliation.removesuffix(' Ward')} Ward)", line) for line in lines]


def identity(document: str) -> str:
    return document


@pytest.mark.parametrize(("document", "told"), DOCUMENTS, ids=identity)
def test_every_document_is_of_its_sitting(document: str, told: dict[str, Any]) -> None:
    """Draft, minutes, agenda and captions of one date have one key, by which they join."""
    assert sitting(document).key == told["date"]
    assert [date.value for date in sitting(document).dates] == [told["date"]]


@pytest.mark.parametrize(("document", "told"), MINUTES, ids=identity)
def test_minutes_give_title_and_venue(document: str, told: dict[str, Any]) -> None:
    assert "larkenford town council" in sitting(document).title.casefold() or document.endswith(".json")
    assert sitting(document).venue.casefold() == VENUES.get(told["date"], VENUE).casefold()


@pytest.mark.parametrize(("document", "told"), MINUTES, ids=identity)
def test_minutes_list_who_was_there_and_who_was_not(document: str, told: dict[str, Any]) -> None:
    """Nobody is missed, nobody else is listed, and an officer's role belongs to the officer."""
    listed = councillors(document)
    assert {name for name, line in listed if line.present} == set(told["present"])
    assert {name for name, line in listed if not line.present} == set(told["apologies"])
    others = {(line.label, line.role) for line in sitting(document).attendance if not line.label.startswith("Cllr ")}
    assert others == OFFICERS


@pytest.mark.parametrize(("document", "told"), MINUTES, ids=identity)
def test_minutes_tell_who_came_and_went_when(document: str, told: dict[str, Any]) -> None:
    found = {(name, "arrives", line.since) for name, line in councillors(document) if line.since}
    found |= {(name, "leaves", line.until) for name, line in councillors(document) if line.until}
    assert found == {(coming["person"], coming["event"], coming["time"]) for coming in told["comings"]}


@pytest.mark.parametrize(("document", "told"), MINUTES, ids=identity)
def test_the_order_of_business_is_the_numbered_headings(document: str, told: dict[str, Any]) -> None:
    """A bold resolution, vote or action opens no item, nor does the body's name."""
    items = proceedings(document).items
    assert len([item for item in items if item.number]) == told["items"]
    assert {item.title for item in items if not item.number} <= {"Present", "Attendance"}


def test_an_agenda_lists_nobody() -> None:
    assert sitting("agendas/2025-03-18.md").attendance == ()
    assert sitting("agendas/2025-03-18.md").venue == VENUE
