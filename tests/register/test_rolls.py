"""Laws of the attendance pass: rolls, speakers, and what is said of the quorum."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.read.house import DEFAULT, House, parse
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import QuorumSaid, Roll, Seated, Spoke
from remembrancer.register.passes import attendance, seats
from remembrancer.register.vocabulary import LANGUAGES, words

MINUTES = """# Minutes of the Weir Board, 4 May 2021

## Present

- Ann Able (East Bank), Chair
- Ben Baker (West Bank)
- Cleo Cook (East Bank)

## Apologies

- Dan Dyer (West Bank)

## 1. Sluice gates

Ann Able: We begin with the gates.

At 7:40 PM, Cleo Cook leaves the meeting.

## 2. Public comments

Eve Ely: I live by the gate and it squeaks.

Ann Able: Thank you.

Eve Ely: Every night.
"""


TALK = parse('[speakers]\nstyles = ["colon"]')


def document(text: str, house: House = DEFAULT, path: str = "minutes/2021-05-04.md") -> Document:
    return read_document(text.encode(), path, house)


def said(text: str, language: str = "en") -> list[QuorumSaid]:
    house = parse(f'language = "{language}"')
    return list(attendance.quorums(document(f"# Minutes, 2021-05-04\n\n## 1. Opening\n\n{text}\n", house)))


def test_each_attendance_list_becomes_a_roll_with_a_mark_for_every_line() -> None:
    read = document(MINUTES)
    (roll,) = [fact for fact in attendance.find(read, ()) if isinstance(fact, Roll)]
    listed = {(stay.label, stay.present) for stay in roll.stays}
    assert {("Ann Able", True), ("Ben Baker", True), ("Dan Dyer", False)} <= listed
    for stay in roll.stays:
        mark = stay.marks[0]
        assert stay.label.split()[-1].encode() in read.data[mark.start : mark.end]
    assert [number for _, number in roll.items][-2:] == ["1", "2"]


def test_a_going_in_the_course_of_the_business_has_its_place() -> None:
    read = document(MINUTES)
    (roll,) = [fact for fact in attendance.find(read, ()) if isinstance(fact, Roll)]
    stay = next(stay for stay in roll.stays if stay.label == "Cleo Cook")
    assert stay.until == "19:40"
    assert read.data[: stay.went].decode().rstrip().endswith("We begin with the gates.")
    assert all(stay.went == -1 for stay in roll.stays if stay.label != "Cleo Cook")


def test_who_speaks_only_in_the_publics_part_is_marked_as_public() -> None:
    spoke = {fact.label: fact.public for fact in attendance.speakers(document(MINUTES, TALK))}
    assert spoke == {"Ann Able": False, "Eve Ely": True}


@pytest.mark.parametrize(
    ("language", "sentence", "met"),
    [
        ("en", "Quorum was reached.", True),
        ("en", "Quorum was NOT reached.", False),
        ("en", "A quorum being present, the Chair opened the meeting.", True),
        ("en", "The meeting was inquorate.", False),
        ("en", "Seven members were present and the meeting was quorate.", True),
        ("en", "There was no quorum at the start.", False),
        ("de", "Die Beschlussfähigkeit wird festgestellt: 12 von 15.", True),
        ("de", "Der Rat ist nicht beschlussfähig.", False),
        ("fr", "Le quorum est atteint.", True),
        ("fr", "Le quorum n'est pas atteint.", False),
        ("pt", "Havendo quórum, foi aberta a sessão.", True),
        ("pt", "A sessão não se realizou por falta de quórum.", False),
        ("es", "Existe quórum y se abre la sesión.", True),
        ("es", "No hay quórum.", False),
        ("gl", "Hai quórum.", True),
        ("gl", "Non hai quórum.", False),
        ("ru", "Кворум имеется.", True),
        ("ru", "Кворума нет.", False),
    ],
)
def test_a_verdict_on_the_quorum_is_found_in_every_language(language: str, sentence: str, met: bool) -> None:
    assert [fact.met for fact in said(sentence, language)] == [met]


@pytest.mark.parametrize(
    "sentence",
    [
        "If quorum is not reached, the meeting is cancelled.",
        "The quorum is a majority of the seats.",
        "We wait until there is a quorum.",
        "Is there a quorum?",
        "No decision was taken on the gates.",
        "We are not going to have a quorum in June.",
    ],
)
def test_a_rule_a_wish_or_a_question_is_no_verdict(sentence: str) -> None:
    assert said(sentence) == []


def test_the_numbers_of_the_quorum_are_kept_with_it() -> None:
    (first,) = said("Quorum was reached as 12 of 19 voting members were present.")
    assert (first.met, first.present, first.of) == (True, 12, 19)
    (second,) = said("Quorum: four members. Seven members were present and the meeting was quorate.")
    assert (second.present, second.required) == (7, 4)


def test_several_words_on_the_quorum_in_one_document_are_kept_apart() -> None:
    found = said("Quorum was NOT reached.\n\nLater two arrived.\n\nQuorum was reached.")
    assert [fact.met for fact in found] == [False, True]
    assert len({fact.id for fact in found}) == 2


@given(st.integers(1, 99), st.integers(1, 99))
def test_any_two_numbers_are_read_as_they_are_written(present: int, of: int) -> None:
    (fact,) = said(f"Quorum was reached as {present} of {of} voting members were present.")
    assert (fact.present, fact.of) == (present, of)


def test_what_is_resolved_or_told_of_a_seat_is_a_fact_with_its_day() -> None:
    text = (
        "# Minutes, 4 May 2021\n\n## 1. Seats\n\n"
        "The Clerk reported that Dan Dyer had resigned by a letter of 2 April 2021.\n\n"
        "RESOLVED: That Fay Finch be co-opted as a member for East Ward.\n\nBen Baker was elected Vice Chair.\n"
    )
    found = [fact for fact in seats.find(document(text), ()) if isinstance(fact, Seated)]
    assert [(fact.label, fact.event, fact.when, fact.role, fact.affiliation) for fact in found] == [
        ("Dan Dyer", "leaves", "2021-04-02", "", ""),
        ("Fay Finch", "takes", "2021-05-04", "member", "East Ward"),
        ("Ben Baker", "takes", "2021-05-04", "Vice Chair", ""),
    ]


def test_what_is_only_proposed_seats_nobody() -> None:
    text = "# Minutes, 4 May 2021\n\n## 1. Seats\n\nAnn Able proposed that Fay Finch be elected Vice Chair.\n"
    assert [fact for fact in seats.find(document(text), ()) if isinstance(fact, Seated)] == []


def test_a_speaker_is_counted_once_for_each_label() -> None:
    text = "# Minutes, 2021-05-04\n\n## 1. Gates\n\nAnn Able: One.\n\nBen Baker: Two.\n\nAnn Able: Three.\n"
    found = [fact for fact in attendance.speakers(document(text, TALK)) if isinstance(fact, Spoke)]
    assert [(fact.label, fact.speeches) for fact in found] == [("Ann Able", 2), ("Ben Baker", 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words_and_they_compile(language: str) -> None:
    said = words("attendance", language, DEFAULT)
    for name in ("hint", "met", "unmet", "members", "officers", "takes", "leaves", "done", "back", "deputies"):
        assert said[name], f"{language} has no {name}"
    for name in said.names():
        assert not any(re.fullmatch(each, "") for each in said[name])
