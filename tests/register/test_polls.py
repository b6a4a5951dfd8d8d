"""Polls under labels of their own: every form gives the same counts, and the labels stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembrancer.read.house import House, parse
from remembrancer.register.document import read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes import polls

LABELS = ("SF", "F", "N", "A", "SA")
HOUSE = parse('language = "en"\n[speakers]\nstyles = ["colon"]\n')

FORMS = {
    "table": "| SF | F | N | A | SA |\n| - | - | - | - | - |\n| {} | {} | {} | {} | {} |",
    "bare table": "SF|F|N|A|SA\n--|-|-|-|--\n{}|{}|{}|{}|{}",
    "rows": "|    |    |\n| -- | -- |\n" + "\n".join(f"| **{label}**  | {{}} |" for label in LABELS),
    "lines": "SF: {}\nF: {}\nN: {}\nA: {}\nSA: {}",
    "list": "* SF: {}\n* F:{}\n* N: {}\n* A: {}\n* SA: {}",
    "one line": "SF {} F {} N {} A {} SA {}",
    "cells": "|SF:{}|F:{}|N:{}|A:{}|SA:{}|",
    "numbers first": "{} SF, {} F, {} N, {} A, {} SA",
}


def votes(text: str, house: House = HOUSE) -> list[Voted]:
    document = read_document(text.encode(), "notes.md", house)
    return [fact for fact in polls.find(document, ()) if isinstance(fact, Voted)]


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=25)
@given(numbers=st.tuples(*[st.integers(0, 400)] * 5))
def test_every_form_of_a_poll_gives_its_labels_and_numbers(form: str, numbers: tuple[int, ...]) -> None:
    poll = FORMS[form].format(*numbers)
    (vote,) = votes(f"# Harbour group\n\n## Buoys\n\nPoll: shall we paint the buoys?\n\n{poll}\n\nAB: Thanks.\n")
    assert vote.counts == tuple(zip(LABELS, numbers, strict=True))
    assert (vote.method, vote.declared, vote.stated) == ("poll", "", True)
    assert vote.question == "shall we paint the buoys?"


def test_a_number_may_be_a_sum_and_a_label_may_have_none() -> None:
    (vote,) = votes("# Notes\n\n## Buoys\n\nPoll:\n * SF: 25 + 3 in chat\n * F:16\n * N:\n * A:\n * SA:\n")
    assert vote.counts == (("SF", 28), ("F", 16))


def test_labels_that_are_choices_become_their_wire_words() -> None:
    (vote,) = votes("# Notes\n\n## Buoys\n\nVote on the colour:\n\nYes: 15\nNo: 1\nAbstain: 2\n")
    assert (vote.counts, vote.method) == ((("yes", 15), ("no", 1), ("abstain", 2)), "tally")


def test_two_answers_are_a_poll_where_the_line_is_nothing_else() -> None:
    told = "# Notes\n\n## Buoys\n\nPoll: paint them red?\n\n{}\n"
    (vote,) = votes(told.format("Yes: 12, No: 3"))
    assert (vote.counts, vote.method) == ((("yes", 12), ("no", 3)), "poll")
    assert votes(told.format("We are for 3 and against 2 of them.")) == []


def test_two_polls_below_one_another_are_two() -> None:
    found = votes(
        "# Notes\n\n## Buoys\n\nPoll: paint?\n\nSF: 1\nF: 2\nN: 3\nA: 4\nSA: 5\n\n"
        "Poll: sell?\n\nSF: 5\nF: 4\nN: 3\nA: 2\nSA: 1\n"
    )
    assert [(vote.question, vote.counts[0]) for vote in found] == [("paint?", ("SF", 1)), ("sell?", ("SF", 5))]


def test_only_what_the_notes_say_directly_below_declares_it() -> None:
    turns = "AB: Hello.\n\nCD: Hello.\n\nAB: Well."
    told = f"# Notes\n\n## Buoys\n\n{turns}\n\nPoll: paint?\n\nSF: 9\nF: 2\nN: 0\nA: 0\nSA: 0\n\n{{}}\n"
    declared = [
        votes(told.format(line))[0].declared
        for line in ("[Proposal passes.]", "No consensus.", "AB: Last year's one passed in the end, I think.")
    ]
    assert declared == ["carried", "no-consensus", ""]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n## Buoys\n\nSF: I would paint 3 of them.\n\nF: Why 3?\n",
        "# Notes\n\n## Buoys\n\nA: 3\n",
        "# Notes\n\n## Buoys\n\n| Buoy | F | N |\n| - | - | - |\n| red | 2 | 3 |\n",
    ],
)
def test_initials_and_other_tables_are_no_poll(text: str) -> None:
    assert votes(text) == []


def test_a_poll_found_already_is_not_found_again() -> None:
    document = read_document(
        b"# Notes\n\n## Buoys\n\nPoll: paint?\n\nSF: 1\nF: 2\nN: 3\nA: 4\nSA: 5\n", "notes.md", HOUSE
    )
    found = tuple(polls.find(document, ()))
    assert len(found) == 1
    assert list(polls.find(document, found)) == []


def test_the_evidence_of_a_poll_holds_its_numbers() -> None:
    document = read_document(b"# Notes\n\n## Buoys\n\nPoll: paint?\n\n* SF: 11\n* F: 22\n* N: 33\n", "notes.md", HOUSE)
    (vote,) = polls.find(document, ())
    quoted = b" ".join(document.data[mark.start : mark.end] for mark in vote.marks).decode()
    assert all(each in quoted for each in ("SF: 11", "F: 22", "N: 33", "paint?"))
