"""Laws of the quorum: counted by the rules, explained, and silent where the rules or the record are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.rules import Numbers, Rulebook, parse, quorum


def book(rule: str, more: str = "") -> Rulebook:
    return parse(f'name = "Guild of Cartographers"\n{more}\n[quorum]\n{rule}\ncite = ["1"]')


def test_the_sentence_gives_those_present_the_rule_and_the_verdict() -> None:
    verdict = quorum(book('of = "seats-filled"\nneeds = "majority"'), Numbers(present=12, filled=21))
    assert (verdict.required, verdict.present, verdict.computed.outcome) == (11, 12, "met")
    assert verdict.computed.why == (
        "12 of 21 seats filled are present; the quorum is a majority of the seats filled: 11; met"
    )


@pytest.mark.parametrize(
    ("rule", "numbers", "required", "expected"),
    [
        ('needs = "one-third"\nat_least = 3', Numbers(present=3, seats=7), 3, "met"),
        ('needs = "one-third"\nat_least = 3', Numbers(present=2, seats=5), 3, "not met"),
        ('needs = "one-quarter"', Numbers(present=15, seats=60), 15, "met"),
        ('needs = "one-half"', Numbers(present=5, seats=10), 5, "met"),
        ('needs = "more than one-half"', Numbers(present=5, seats=10), 6, "not met"),
        ('needs = "2"\nrecused = "not-counted"', Numbers(present=2, recused=1), 2, "not met"),
        ('needs = "2"', Numbers(present=2, recused=1), 2, "met"),
        ('needs = "majority"\npresumed = true', Numbers(present=4, seats=9), 5, "met"),
        ('needs = "majority"\npresumed = true', Numbers(present=4, seats=9, challenged=True), 5, "not met"),
        ('of = "present-at-opening"\nneeds = "one-half"', Numbers(present=4, opening=9), 5, "not met"),
        ('of = "voting-members"\nneeds = "majority"', Numbers(present=12, members=19), 10, "met"),
    ],
)
def test_each_quorum_is_counted_as_written(rule: str, numbers: Numbers, required: int, expected: str) -> None:
    verdict = quorum(book(rule), numbers)
    assert (verdict.required, verdict.computed.outcome) == (required, expected)


@pytest.mark.parametrize(
    ("rules", "numbers", "why"),
    [
        (None, Numbers(present=5), "rules in force on that day are not known"),
        (parse('name = "x"'), Numbers(present=5), "do not say what the quorum is"),
        (book('needs = "majority"'), Numbers(present=5), "is not known"),
        (book('needs = "majority"'), Numbers(seats=9), "how many were present is not known"),
        (book('needs = "majority"'), Numbers(present=11, seats=9), "cannot be"),
    ],
)
def test_where_the_rules_or_the_record_are_silent_nothing_is_computed(
    rules: Rulebook | None, numbers: Numbers, why: str
) -> None:
    verdict = quorum(rules, numbers)
    assert verdict.computed.outcome == "not determinable"
    assert why in verdict.computed.why


@given(st.integers(1, 80), st.integers(0, 80), st.sampled_from(["majority", "one-third", "2/5", "4"]))
def test_one_more_present_never_breaks_a_quorum(seats: int, present: int, needs: str) -> None:
    rules = book(f'needs = "{needs}"')
    before, after = (
        quorum(rules, Numbers(present=there, seats=seats)).computed.outcome for there in (present, present + 1)
    )
    assert not (before == "met" and after == "not met")


@given(st.integers(1, 40), st.integers(0, 40), st.data())
def test_enough_of_all_seats_is_enough_of_those_filled(seats: int, present: int, data: st.DataObject) -> None:
    rules = book('of = "seats-filled"\nneeds = "majority"', f"seats = {seats}")
    filled = data.draw(st.integers(0, seats))
    if quorum(rules, Numbers(present=present)).computed.outcome == "met":
        assert quorum(rules, Numbers(present=present, filled=filled)).computed.outcome != "not met"


@given(st.integers(1, 40), st.integers(0, 40), st.data())
def test_too_few_of_the_seats_filled_is_too_few_of_all_seats(seats: int, present: int, data: st.DataObject) -> None:
    rules = book('needs = "one-third"\nat_least = 3')
    filled = data.draw(st.integers(present, max(seats, present)))
    if quorum(rules, Numbers(present=present, filled=filled)).computed.outcome == "not met":
        assert quorum(rules, Numbers(present=present, seats=max(seats, filled))).computed.outcome == "not met"
