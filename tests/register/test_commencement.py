"""When a text begins and ceases to bind is read from its own words, and only of itself."""

import pytest

from remembrancer.read.house import House
from remembrancer.register.document import read_document
from remembrancer.register.passes.commencement import placed


def said(text: str, language: str = "en") -> list[dict[str, object]]:
    document = read_document(b"# Paper\n\nWords.\n", "paper.md", House(language=language))
    found = [each.commencing for each in placed(text, document)]
    return [{name: value for name in each.__struct_fields__ if (value := getattr(each, name))} for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This bylaw takes effect on 1 May 2031.", {"kind": "on", "date": "2031-05-01"}),
        ("That Resolution 4 is repealed with effect from 1 April 2031.", {"kind": "on", "date": "2031-04-01"}),
        ("This ordinance shall take effect thirty (30) days after its adoption.", {"kind": "after", "days": 30}),
        ("An emergency is hereby declared to exist.", {"kind": "at-once"}),
        ("This ordinance shall be in full force and effect from and after its passage.", {"kind": "at-once"}),
        (
            "to come into force one month after its confirmation by the Minister",
            {"kind": "upon", "months": 1, "condition": "its confirmation by the Minister"},
        ),
        ("This policy shall expire on December 31, 2032.", {"kind": "until", "date": "2032-12-31"}),
        (
            "Section 4 of this ordinance shall take effect on July 1, 2031.",
            {"kind": "on", "date": "2031-07-01", "provision": "4"},
        ),
    ],
)
def test_its_own_words_say_when(text: str, expected: dict[str, object]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "An ordinance enacted by the council shall take effect on the thirtieth day after its enactment.",
        "The permit shall expire automatically one year from the date of approval.",
        "This agreement shall be effective upon its execution by both parties.",
        "Unless an emergency is declared by the council, a change is considered once a year.",
        "Structures begun after the effective date of this ordinance are new.",
    ],
)
def test_what_it_provides_for_others_is_not_its_own_time(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diese Satzung tritt am 1. Januar 2031 in Kraft.", {"kind": "on", "date": "2031-01-01"}),
        (
            "Diese Satzung tritt am Tage nach ihrer Bekanntmachung in Kraft.",
            {"kind": "upon", "condition": "ihrer Bekanntmachung"},
        ),
        ("Die Verordnung tritt zum 31. Dezember 2031 außer Kraft.", {"kind": "until", "date": "2031-12-31"}),
        ("Der Beschluss tritt mit sofortiger Wirkung in Kraft.", {"kind": "at-once"}),
    ],
)
def test_german_says_when(text: str, expected: dict[str, object]) -> None:
    assert expected in said(text, "de")
