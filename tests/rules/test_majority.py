"""Laws of outcomes: counted by the rules, explained, and silent where the rules are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.model import Ballot, Computed, Vote
from remembrancer.rules import Question, Rulebook, outcome, parse, preferred, question_of
from remembrancer.rules.majority import counted, is_secret, needs_second

NUMBERS = st.integers(0, 60)
NEEDS = st.sampled_from(["majority", "two-thirds", "three-quarters", "unanimous", "veto", "more than 2/5", "7"])
OF = st.sampled_from(["voting", "present", "seats", "seats-filled", "voting-members"])
RANK = {"lost": 0, "tied": 1, "carried": 2}


def book(majority: str = 'needs = "majority"', more: str = "") -> Rulebook:
    return parse(f'name = "Guild of Cartographers"\n[[majorities]]\n{majority}\ncite = ["1"]\n{more}')


def counts(yes: int, no: int, abstain: int = 0) -> tuple[tuple[str, int], ...]:
    return (("yes", yes), ("no", no), ("abstain", abstain))


@given(NUMBERS, NUMBERS, NUMBERS, NEEDS, OF)
def test_another_vote_for_never_loses_a_question(yes: int, no: int, abstain: int, needs: str, of: str) -> None:
    rules = book(f'needs = "{needs}"\nof = "{of}"')
    sizes = {"present": 300, "seats": 300, "filled": 300, "members": 300}
    before = outcome(rules, Question(counts(yes, no, abstain), **sizes))
    after = outcome(rules, Question(counts(yes + 1, no, abstain), **sizes))
    if before.outcome != "not determinable":
        assert RANK[after.outcome] >= RANK[before.outcome]


@given(NUMBERS, NUMBERS, NUMBERS, NEEDS, OF)
def test_another_vote_against_never_carries_a_question(yes: int, no: int, abstain: int, needs: str, of: str) -> None:
    rules = book(f'needs = "{needs}"\nof = "{of}"')
    sizes = {"present": 300, "seats": 300, "filled": 300, "members": 300}
    before = outcome(rules, Question(counts(yes, no, abstain), **sizes))
    after = outcome(rules, Question(counts(yes, no + 1, abstain), **sizes))
    if before.outcome != "not determinable" and needs != "7":
        assert RANK[after.outcome] <= RANK[before.outcome]


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_abstentions_change_nothing_where_they_are_ignored(yes: int, no: int, one: int, other: int) -> None:
    first, second = (outcome(book(), Question(counts(yes, no, each))) for each in (one, other))
    assert first.outcome == second.outcome


@given(st.integers(1, 60), NUMBERS, st.integers(1, 60))
def test_abstentions_that_count_never_help(yes: int, no: int, abstain: int) -> None:
    rules = book('needs = "majority"\nabstentions = "against"')
    without, with_them = (outcome(rules, Question(counts(yes, no, each))) for each in (0, abstain))
    assert RANK[with_them.outcome] <= RANK[without.outcome]


@given(st.permutations([("yes", 9), ("no", 4), ("abstain", 2), ("absent", 1)]))
def test_the_order_of_the_counts_says_nothing(said: list[tuple[str, int]]) -> None:
    assert outcome(book(), Question(tuple(said))) == outcome(
        book(), Question((("yes", 9), ("no", 4), ("abstain", 2), ("absent", 1)))
    )


@given(NUMBERS, NUMBERS, st.integers(0, 40), st.integers(0, 40))
def test_what_is_said_without_the_number_present_holds_for_every_such_number(
    yes: int, no: int, spare: int, more: int
) -> None:
    """A bound is a proof: whatever the number was, counting it gives the same."""
    rules = book('needs = "majority"\nof = "present"')
    seats = yes + no + spare + more
    bounded = outcome(rules, Question(counts(yes, no), seats=seats))
    exact = outcome(rules, Question(counts(yes, no), present=yes + no + spare, seats=seats))
    if bounded.outcome != "not determinable" and exact.outcome != "not determinable":
        assert bounded.outcome == exact.outcome


def test_the_sentence_gives_numbers_rule_and_result() -> None:
    computed = outcome(book(), Question(counts(17, 12)))
    assert computed == Computed("carried", "17 for, 12 against; a majority of those voting: more than 14; carried")


@pytest.mark.parametrize(
    ("majority", "question", "expected"),
    [
        ('needs = "two-thirds"', Question(counts(20, 10)), "carried"),
        ('needs = "two-thirds"', Question(counts(19, 10)), "lost"),
        ('needs = "more than 2/3"', Question(counts(20, 10)), "lost"),
        ('needs = "three-quarters"\nof = "seats"', Question(counts(9, 0), seats=12), "carried"),
        ('needs = "unanimous"\nof = "present"', Question(counts(4, 0), present=5), "lost"),
        ('needs = "unanimous"\nof = "present"', Question(counts(5, 0), present=5), "carried"),
        ('needs = "veto"\nat_least = 3', Question(counts(3, 0)), "carried"),
        ('needs = "veto"\nat_least = 3', Question(counts(30, 1)), "lost"),
        ('needs = "veto"\nat_least = 3', Question(counts(2, 0)), "lost"),
        (
            'needs = "two-thirds"\nof = "voting-members"\nagainst_at_most = "1/4"',
            Question(counts(6, 2), members=9),
            "carried",
        ),
        (
            'needs = "two-thirds"\nof = "voting-members"\nagainst_at_most = "1/4"',
            Question(counts(6, 3), members=9),
            "lost",
        ),
        ('needs = "majority"\nof = "present"', Question(counts(3, 3), present=6), "lost"),
    ],
)
def test_each_majority_is_counted_as_written(majority: str, question: Question, expected: str) -> None:
    assert outcome(book(majority), question).outcome == expected


@pytest.mark.parametrize(
    ("tie", "question", "expected"),
    [
        ("lost", Question(counts(5, 5)), "lost"),
        ("casting-vote", Question(counts(5, 5)), "tied"),
        ("casting-vote", Question(counts(5, 5), casting="yes"), "carried"),
        ("casting-vote", Question(counts(5, 5), casting="no"), "lost"),
        ("casting-vote", Question(counts(5, 5), casting="used"), "not determinable"),
        ("lot", Question(counts(5, 5)), "not determinable"),
        ("adjourned", Question(counts(5, 5)), "tied"),
        ("casting-vote", Question(counts(6, 5), casting="no"), "carried"),
    ],
)
def test_equal_votes_go_as_the_rules_say(tie: str, question: Question, expected: str) -> None:
    rules = book(more=f'[tie]\nthen = "{tie}"\ncite = ["2"]')
    assert outcome(rules, question).outcome == expected


@pytest.mark.parametrize(
    ("rules", "question", "why"),
    [
        (None, Question(counts(5, 1)), "rules in force on that day are not known"),
        (parse('name = "x"'), Question(counts(5, 1)), "do not say what majority"),
        (book('needs = "consensus"'), Question(counts(9, 0)), "for the chair to judge"),
        (book(), Question((("SF", 9), ("N", 1))), "others than for and against"),
        (book(), Question((("SF", 9), ("N", 1)), method="poll"), "informs"),
        (book(), Question((("no", 2), ("abstain", 1))), "how many were for it"),
        (book(), Question(()), "no numbers"),
        (book('needs = "majority"\nof = "present"'), Question(counts(5, 3)), "members present"),
        (book('needs = "majority"\nof = "present"'), Question(counts(5, 3), present=7), "fewer than voted"),
        (book(), Question(counts(0, 0, 4)), "nobody voted"),
        (book(), Question(counts(4, 4), method="lot"), "lot"),
    ],
)
def test_where_the_rules_or_the_record_are_silent_nothing_is_computed(
    rules: Rulebook | None, question: Question, why: str
) -> None:
    computed = outcome(rules, question)
    assert computed.outcome == "not determinable"
    assert why in computed.why


def test_business_has_its_own_majority() -> None:
    rules = book('needs = "majority"', '[[majorities]]\nbusiness = ["charter"]\nneeds = "two-thirds"\ncite = ["3"]')
    assert outcome(rules, Question(counts(6, 5))).outcome == "carried"
    assert outcome(rules, Question(counts(6, 5), business="Amendment of the Charter")).outcome == "lost"


def test_a_question_nobody_opposed_needs_no_numbers() -> None:
    assert outcome(book(), Question(method="unanimous")).outcome == "carried"
    assert (
        outcome(book('needs = "two-thirds"\nof = "seats"'), Question(method="unanimous")).outcome == "not determinable"
    )


def test_a_vote_of_the_register_is_counted_from_its_ballots_where_it_has_no_counts() -> None:
    ballots = tuple(Ballot("", f"M{number}", choice) for number, choice in enumerate(["yes", "yes", "no", "absent"]))
    vote = Vote("v", "", "", "", "", "", "", "roll-call", "", Computed("", ""), ballots=ballots)
    assert question_of(vote).counts == (("yes", 2), ("no", 1), ("absent", 1))


@given(st.lists(st.sampled_from(["yes", "no", "abstain", "absent", "recused", "not-voting"])))
def test_counting_loses_no_ballot(choices: list[str]) -> None:
    assert sum(number for _, number in counted(choices)) == len(choices)


def test_secrecy_and_seconds_are_as_the_rules_say_or_unknown() -> None:
    rules = book(
        more='[voting]\nsecret = ["election"]\ncite = ["4"]\n'
        '[motions]\nsecond = true\nexcept_from = ["closure"]\ncite = ["5"]'
    )
    assert is_secret(rules, "Election of the warden") is True
    assert is_secret(book(), "Election of the warden") is None
    assert needs_second(rules) is True
    assert needs_second(rules, "closure") is False
    assert needs_second(book()) is None


@given(st.permutations([{"map": 2, "globe": 1}, {"map": 3}, {"globe": 5, "map": 0}, {"map": 1, "globe": 0}]))
def test_the_option_that_beats_every_other_wins_in_any_order_of_ballots(ballots: list[dict[str, float]]) -> None:
    assert preferred(ballots) == Computed("map", "it beats each other option: 3 to 1")


def test_a_circle_has_no_winner() -> None:
    ballots = [{"a": 3, "b": 2, "c": 1}, {"b": 3, "c": 2, "a": 1}, {"c": 3, "a": 2, "b": 1}]
    assert preferred(ballots).outcome == "not determinable"
    assert preferred([]).outcome == "not determinable"
