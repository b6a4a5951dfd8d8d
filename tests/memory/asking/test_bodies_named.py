"""Laws of bodies named in a question: their words are no part of what is named, where that body dealt with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remembrancer.memory.asking.understanding.bodies import body_in
from remembrancer.memory.asking.understanding.naming import Names, in_short
from remembrancer.memory.asking.understanding.tokens import tokens
from remembrancer.memory.asking.understanding.understand import understand
from remembrancer.model import Debate, Matter
from tests.memory.asking.tidewick import TIDEWICK, TODAY, mark, motion

TITLE = "2nd Meeting of the Piers and Moorings Committee"
OTHER = "9th Meeting of the Lamps Committee"
DEBATE = Debate("sitting-one", "2031-04-07", "item-buoy", "Painting of the buoy", mark())
REGISTER = replace(
    TIDEWICK,
    matters=(Matter("m-buoy", "Painting of the buoy", debates=(DEBATE,)),),
    motions=(
        motion("mo-leave", "2031-05-05", "", "That permission be given to bring up, some other time, the kelp nests."),
        motion("mo-other", "2031-05-05", "", "That the rope be mended."),
    ),
    votes=(),
    decisions=(),
)
NAMES = Names(REGISTER, ("en",), called={"sitting-one": TITLE, "sitting-2031-05-05": OTHER}.get)  # type: ignore[arg-type]


def called(text: str) -> set[str]:
    words = tokens(text)
    return {words[at].text for at in body_in(words, NAMES).places}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who moved the buoy motion at the moorings committee?", {"moorings"}),
        ("Who moved the buoy motion, PMC?", {"PMC"}),
        ("Who moved the moorings buoy?", set()),
        ("Who moved the buoy motion?", set()),
    ],
)
def test_a_body_is_called_by_words_of_its_title_before_what_any_body_is_called_or_by_its_capitals(
    text: str, words: set[str]
) -> None:
    assert called(text) == words


def test_capitals_of_the_last_words_of_a_title_are_its_short_name() -> None:
    assert {"PMC", "MPMC", "MC"} <= in_short(TITLE)
    assert "C" not in in_short(TITLE)


def rows(text: str) -> list[str]:
    question = understand(text, NAMES, TODAY, ("en",))
    return [subject.row for mention in question.about for subject in mention.subjects]


def test_what_a_body_dealt_with_is_found_beside_its_name_and_that_of_another_body_is_not() -> None:
    assert rows("Who moved the painting of the buoy at the moorings committee?") == ["m-buoy"]
    assert rows("Who moved the painting of the buoy at the lamps committee?") == []


def test_several_words_of_the_text_of_one_motion_alone_find_it_wherever_they_stand() -> None:
    assert rows("Who seconded the permission for the kelp nests?") == ["mo-leave"]
    assert rows("Who seconded the permission for the kelp rope?") == []
