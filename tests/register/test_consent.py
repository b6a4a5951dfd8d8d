"""Notes that nobody objected, and what only sounds like one."""

from __future__ import annotations

import pytest

from remembrancer.read.house import parse
from remembrancer.register.document import read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes import consent

HOUSE = parse('language = "en"\n[speakers]\nstyles = ["colon"]\n')


def votes(text: str) -> list[Voted]:
    document = read_document(
        f"# Notes\n\n## Buoys\n\nAB: Hello.\n\nCD: Hello.\n\nAB: Red?\n\nCD: Yes.\n\n{text}\n".encode(),
        "notes.md",
        HOUSE,
    )
    return [fact for fact in consent.find(document, ()) if isinstance(fact, Voted)]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("POLL: paint them red\n\n*Unanimous consent*", "unanimous"),
        ("AB: Any objections to painting them?\n\n[no objections raised]", "no-objection"),
        ("Poll: paint them red\n\n* RESULT: No objections", "no-objection"),
        ("AB: Shall we paint them red?\n\n<no objections, proposal passes>", "no-objection"),
    ],
)
def test_a_note_of_consent_is_stated(text: str, method: str) -> None:
    (vote,) = votes(text)
    assert (vote.method, vote.declared, vote.stated) == (method, "carried", True)


def test_an_answer_in_the_speech_that_asks_is_inferred() -> None:
    (vote,) = votes("CD: I would paint them.\n\nAB: Any objections to painting them? No objections.")
    assert (vote.method, vote.stated, vote.question) == ("no-objection", False, "Any objections to painting them?")


@pytest.mark.parametrize(
    "text",
    [
        "AB: No objections.",
        "AB: We should ask for unanimous consent.",
        "AB: Are there any objections?",
        "[no objections to straw poll]",
        "Unanimous consent would be needed.",
        "Painted, assuming no objections by then.",
    ],
)
def test_what_is_asked_wished_or_said_for_oneself_is_none(text: str) -> None:
    assert votes(text) == []


def test_remarks_on_one_question_are_one_vote() -> None:
    assert len(votes("AB: Any objections?\n\n[no objections]\n\nAB: Good.\n\n[unanimous consent]")) == 1
