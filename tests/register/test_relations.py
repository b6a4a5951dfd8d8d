"""What a text says it does to others is found with its target; what it does not do, or only tells of, is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import House, MatterConventions
from remembrancer.register.document import Document, read_document
from remembrancer.register.passes import commencement
from remembrancer.register.passes.citations import arabic, citations_in, instrument_key
from remembrancer.register.passes.relations import clauses, placed
from remembrancer.register.vocabulary import LANGUAGES, words


def document(language: str = "en", *numbers: str) -> Document:
    house = House(language=language, matters=MatterConventions(number=numbers))
    return read_document(b"# Paper\n\nWords.\n", "paper.md", house)


def said(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [
        (each.kind, each.target.keys[0], each.provision)
        for each in (found.relating for found in placed(text, document(language)))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Resolution 2031/7 is rescinded.", [("repeals", "number:resolution 2031/7", "")]),
        ("The Board hereby revokes Policy No. 3.", [("repeals", "number:policy 3", "")]),
        ("An ordinance amending Section 4(b) of Ordinance No. 12-30", [("amends", "number:ordinance 12-30", "4(b)")]),
        (
            "Ordinance Nos. 3, 4 and VI are hereby repealed.",
            [("repeals", f"number:ordinance {number}", "") for number in (3, 4, 6)],
        ),
        (
            "All ordinances and parts of ordinances in conflict herewith are repealed.",
            [("repeals", "general:ordinance", "")],
        ),
        (
            "Sections 5 and 6(a) of the Mill Pond Ordinance (Ordinance #7) are suspended.",
            [("suspends", "number:ordinance 7", "5"), ("suspends", "number:ordinance 7", "6(a)")],
        ),
        ("The Council confirms the decision of 5 May 2030.", [("confirms", "dated:decision 2030-05-05", "")]),
        ("to be met from the sum allocated by Resolution 2031/2", [("implements", "number:resolution 2031/2", "")]),
        ("Section 9 is hereby added to Bylaw No. 4.", [("amends", "number:bylaw 4", "9")]),
    ],
)
def test_a_relation_names_what_it_does_to_which_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "This ordinance is not intended to repeal Ordinance No. 5.",
        "Nothing in this policy shall be interpreted as superseding Policy No. 2.",
        "Policy No. 12 was superseded by Policy No. 15.",
        "Ordinance No. 5 may be amended at any time.",
        "The rules of Ordinance No. 5 will be replaced by Ordinance No. 9.",
        "Ordinance No. 5, as last amended by Ordinance No. 8, applies.",
        "The council discussed Ordinance No. 5.",
        "a designation under Section 9 of the Millbrook Revised Code",
        "a meeting to be held on 4 May 2031 to repeal Ordinance No. 5",
        "The council was asked whether to repeal Ordinance No. 5.",
    ],
)
def test_what_is_not_done_or_was_done_by_another_is_no_relation(text: str) -> None:
    assert said(text) == []


def test_a_text_that_did_something_before_is_not_its_target() -> None:
    text = "The Tree Ordinance (Ordinance #7 as amended by Ordinance No. 9) is hereby amended as follows:"
    assert said(text) == [("amends", "number:ordinance 7", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Beschluss Nr. 0123/30 wird aufgehoben.", [("repeals", "0123/30")]),
        ("Der Rat hebt den Beschluss Nr. 12/30 auf.", [("repeals", "12/30")]),
        ("Die Drucksache DS0042/30 wird ersetzt.", [("replaces", "ds0042/30")]),
        ("Der Beschluss Nr. 12/30 wird nicht aufgehoben.", []),
        ("Die Satzung, zuletzt geändert durch Beschluss Nr. 3/29, bleibt in Kraft.", []),
    ],
)
def test_german_says_it_before_and_behind(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(kind, key.rpartition(" ")[2]) for kind, key, _ in said(text, "de")]
    assert found == [(kind, number.lstrip("0")) for kind, number in expected]


def test_other_languages_know_the_common_verbs() -> None:
    assert said("La délibération n° 12-4 est abrogée.", "fr")[0][0] == "repeals"
    assert said("A deliberação n.º 12/30 é revogada.", "pt")[0][0] == "repeals"
    assert said("El acuerdo núm. 12/30 queda derogado.", "es")[0][0] == "repeals"


@given(st.integers(2, 89))
def test_roman_and_arabic_numbers_are_one(number: int) -> None:
    tens, ones = divmod(number, 10)
    roman = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][tens]
    roman += ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert arabic(roman) == str(number) or len(roman) == 1
    if len(roman) > 1:
        assert instrument_key(f"ORDINANCE NO. {roman}") == instrument_key(f"Ordinance #{number}")


@given(st.text(max_size=200))
def test_clauses_cover_a_text_in_order_and_citations_stay_inside(text: str) -> None:
    ends = clauses(text)
    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert all(0 <= each.start < each.end <= len(text) for each in citations_in(text, document()))


def test_a_house_adds_its_own_numbers_and_words() -> None:
    known = document("en", r"RFC (?P<number>\d+)")
    assert [each.relating.target.keys[0] for each in placed("RFC 9 supersedes RFC 4.", known)] == ["number:rfc 4"]


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_every_language_and_all_of_them_at_once_have_words_that_work(language: str) -> None:
    known = document(language)
    for topic in ("relations", "force", "statuses"):
        lists = words(topic, language, known.house)
        assert all(lists.pattern(name) for name in lists.names())
    text = "All ordinances in conflict herewith and Ordinance No. 5 are repealed on 1 May 2031."
    assert isinstance(placed(text, known), list)
    assert isinstance(commencement.placed(text, known), list)
