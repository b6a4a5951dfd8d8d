"""Who was there, who was not, and who came and went."""

import pytest

from remembrancer.model import Attendee
from remembrancer.read import markdown
from remembrancer.read.account import account
from remembrancer.read.attendance import Coming, asides, comings, listing, with_comings
from remembrancer.read.house import DEFAULT


def there(text: str) -> list[Attendee]:
    reading = markdown.read(f"# Meeting of 2 May 2031\n\n{text}".encode(), "minutes.md", DEFAULT)
    account(reading)
    return list(reading.proceedings.sittings[0].attendance)


def labels(text: str) -> list[tuple[str, bool | None]]:
    return [(line.label, line.present) for line in there(text)]


def test_headings_and_labels_say_who_was_there_and_who_was_not() -> None:
    text = "Present: A. Able, B. Baker and C. Cook\n\nRegrets: D. Dyer\n\n## Business\n\nNone.\n"
    assert labels(text) == [("A. Able", True), ("B. Baker", True), ("C. Cook", True), ("D. Dyer", False)]


def test_lists_name_affiliation_role_and_handle() -> None:
    lines = there(
        "## Present\n\n- Ann Able @able (TSC)\n- Ben Baker @bb (TSC)\n- Cora Cook, Mill Ltd. (Voting Member)\n"
    )
    assert [(line.label, line.abbreviation, line.affiliation, line.role) for line in lines] == [
        ("Ann Able", "able", "", "TSC"),
        ("Ben Baker", "bb", "", "TSC"),
        ("Cora Cook", "", "Mill Ltd", "Voting Member"),
    ]


def test_a_line_of_names_with_abbreviations_needs_no_heading() -> None:
    lines = there("Ann Able (AA), Ben Baker (BB), Cora Cook (CC)\n\n## Business\n\nAA: yes\n")
    assert [(line.label, line.abbreviation) for line in lines] == [
        ("Ann Able", "AA"),
        ("Ben Baker", "BB"),
        ("Cora Cook", "CC"),
    ]


def test_a_note_that_several_share_is_no_abbreviation() -> None:
    lines = there("## Present\n\n- Ann Able (MILL)\n- Mia Moor (MILL)\n")
    assert [line.abbreviation for line in lines] == ["", ""]


def test_a_list_may_say_when_somebody_came_or_left() -> None:
    lines = there(
        "## Present\n\n- Ann Able (arrived 7.15 pm)\n- Ben Baker (left at item 4)\n- Cora Cook (first half)\n"
    )
    assert [(line.since, line.until) for line in lines] == [("19:15", ""), ("", "4"), ("", "first half")]


@pytest.mark.parametrize("heading", ["Public comment", "Staff report", "Other business", "Zoom chat", "Budget"])
def test_other_headings_list_nobody(heading: str) -> None:
    assert listing(heading) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At 4:56 PM, Councillor B. Baker leaves the meeting.", ("Councillor B. Baker", "leaves", "16:56")),
        ("Cllr Cook left the meeting at 19:42", ("Cllr Cook", "leaves", "19:42")),
        ("Ann Able joined at item 5.", ("Ann Able", "arrives", "5")),
        ("Ann joined the committee meeting to report", ("Ann", "arrives", "")),
    ],
)
def test_sentences_tell_of_comings(sentence: str, expected: tuple[str, str, str]) -> None:
    found = [(coming.label, coming.kind, coming.when) for coming in comings(sentence, 0, len(sentence))]
    assert found == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Mill joined the association.",
        "Ann left a comment on the paper.",
        "Ben joined Example Ltd in 2020.",
        "$3 was left.",
    ],
)
def test_other_sentences_tell_of_none(sentence: str) -> None:
    assert list(comings(sentence, 0, len(sentence))) == []


def test_only_asides_count_within_a_speech() -> None:
    speech = "I left the meeting early. [Ann joined midway through this meeting] Ben left the meeting, I think."
    assert [coming.label for coming in asides(speech, 0, len(speech))] == ["Ann"]


def test_several_stays_are_several_lines() -> None:
    events = [Coming("Cllr Baker", "leaves", "19:00", 0, 1), Coming("B. Baker", "arrives", "19:20", 1, 2)]
    stays = with_comings([Attendee("B. Baker")], events)
    assert [(line.since, line.until) for line in stays] == [("", "19:00"), ("19:20", "")]


def test_somebody_absent_who_arrives_was_present_from_then() -> None:
    [line] = with_comings([Attendee("B. Baker", False)], [Coming("Baker", "arrives", "19:20", 0, 1)])
    assert (line.present, line.since) == (True, "19:20")
