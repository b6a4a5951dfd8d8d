"""Votes that a chair is heard to declare, and tables with a row for each question."""

from __future__ import annotations

import pytest

from remembrancer.read.house import House
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes import heard, returns

ASKED = "All those in favor, please say aye."


def minutes(text: str) -> Document:
    return read_document(f"# Meeting of the fens board, 2031-03-04\n\n{text}\n".encode(), "fens.md", House())


def spoken(*sentences: str) -> list[Voted]:
    rows = "\n".join(f"| 0:00:{second:02} | {words} |" for second, words in enumerate(sentences, 10))
    return list(heard.find(minutes(f"| Time | Words |\n| --- | --- |\n{rows}"), ()))  # type: ignore[arg-type]


def returned(table: str, below: str = "") -> list[Voted]:
    return list(returns.find(minutes(f"{table}\n\n{below}"), ()))  # type: ignore[arg-type]


TABLE = (
    "| Resolution | For | % | Against | % |\n| - | - | - | - | - |\n| 1. Dredge the cut | 1,204 | 90.1 | 133 | 9.9 |"
)


def test_a_declaration_after_the_question_is_a_vote_by_voice_and_inferred() -> None:
    (vote,) = spoken("It's been moved and seconded to dredge the old cut.", ASKED, "Aye.", "Motion carries.")
    assert (vote.method, vote.declared, vote.question, vote.stated) == (
        "voice",
        "carried",
        "dredge the old cut.",
        False,
    )


@pytest.mark.parametrize(
    "sentences",
    [
        ("Aye.", "Motion carries.", "Good."),
        (ASKED, "If the motion carries we dredge in May.", "Aye."),
        (ASKED, "Did you say the motion carries?", "Aye."),
        (ASKED, "Aye.", "The motion fails to say who pays for dredging the cut, which is the point of it all."),
    ],
)
def test_what_nobody_was_asked_or_what_is_only_talked_of_is_no_vote(sentences: tuple[str, ...]) -> None:
    assert spoken(*sentences) == []


def test_each_row_is_a_vote_with_all_its_digits_and_no_percentages() -> None:
    (vote,) = returned(TABLE)
    assert (vote.counts, vote.declared) == ((("yes", 1204), ("no", 133)), "")


@pytest.mark.parametrize(
    ("below", "declared"),
    [
        ("Resolutions 1 and 2 were passed.", "carried"),
        ("Resolution 1 was not passed.", "lost"),
        ("Resolution 2 was passed.", ""),
    ],
)
def test_a_row_ended_as_the_sentence_with_its_number_says(below: str, declared: str) -> None:
    (vote,) = returned(TABLE, below)
    assert vote.declared == declared


def test_a_table_of_members_is_no_table_of_questions() -> None:
    assert returned("| Member | For | Against |\n| - | - | - |\n| Reed | 1 | 0 |\n| Low | 0 | 1 |") == []
