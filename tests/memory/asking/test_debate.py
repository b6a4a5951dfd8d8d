"""A side is shown by what a person did or says of themselves, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembrancer.memory.asking.debate import Spoken, items_of, positions, side_of
from remembrancer.model import Ballot, Computed, Debate, Decision, Mark, Matter, Motion, Vote
from remembrancer.register.rows import Register

DAY = "2024-03-19"
MARK = Mark("source", "rendition", 0, 9, "line 1")
COMPUTED = Computed("carried", "2 to 1")

MATTER = Matter("matter-1", "Footbridge", debates=(Debate("s", DAY, "item-1", "Footbridge", (MARK,)),))
MOTION = Motion(
    "motion-1", "s", DAY, "item-1", "matter-1", "That it be repaired", mover="ann", vote="vote-1", marks=(MARK,)
)
AMENDMENT = Motion("motion-2", "s", DAY, "item-1", "matter-1", "Not yet", mover="cat", amends="motion-1", vote="vote-2")
BALLOTS = (Ballot("bob", "Bob", "no", marks=(MARK,)), Ballot("cat", "Cat", "yes"), Ballot("dan", "Dan", "abstain"))
VOTE = Vote(
    "vote-1",
    "s",
    DAY,
    "item-1",
    "matter-1",
    "motion-1",
    "",
    "named",
    "carried",
    COMPUTED,
    ballots=BALLOTS,
    marks=(MARK,),
)
ON_AMENDMENT = Vote(
    "vote-2",
    "s",
    DAY,
    "item-1",
    "matter-1",
    "motion-2",
    "",
    "named",
    "lost",
    COMPUTED,
    ballots=(Ballot("eve", "Eve", "no"),),
)
DECISION = Decision(
    "decision-1",
    "s",
    DAY,
    "item-1",
    "matter-1",
    "adopt",
    "sitting",
    "carried",
    "It be repaired",
    motion="motion-1",
    vote="vote-1",
)
REGISTER = Register(matters=(MATTER,), motions=(MOTION, AMENDMENT), votes=(VOTE, ON_AMENDMENT), decisions=(DECISION,))
LONG = "The piers were looked at by the engineer in the spring of that year."


def said(element: str, person: str, text: str = LONG, date: str = DAY) -> Spoken:
    return Spoken(element, person, text, date, "en")


@pytest.mark.parametrize("about", ["matter-1", "motion-1", "vote-1", "decision-1"])
def test_who_moved_or_voted_that_day_stands_where_their_act_puts_them(about: str) -> None:
    spoken = [said("a", "ann"), said("b", "bob"), said("c", "cat"), said("d", "dan")]
    found = {each.element: each for each in positions(REGISTER, [about], spoken, 9)}
    assert {name: each.stance for name, each in found.items()} == {"a": "for", "b": "against", "c": "for", "d": ""}
    assert found["b"].why == "voted no" and found["b"].stated and found["b"].marks == (MARK,)
    assert not found["d"].stated


def test_a_ballot_on_an_amendment_shows_no_side_on_the_whole() -> None:
    (found,) = positions(REGISTER, ["matter-1"], [said("e", "eve")], 9)
    assert found.stance == ""


def test_an_act_of_another_day_shows_nothing() -> None:
    (found,) = positions(REGISTER, ["matter-1"], [said("b", "bob", date="2023-01-01")], 9)
    assert found.stance == ""


def test_a_side_read_from_words_is_never_stated() -> None:
    (found,) = positions(
        REGISTER, ["matter-1"], [said("x", "", "I cannot support this proposal, it costs far too much.")], 9
    )
    assert (found.stance, found.stated, found.why) == ("against", False, "said so")


@pytest.mark.parametrize(
    ("text", "language", "side"),
    [
        ("I support this proposal.", "en", "for"),
        ("I am not opposed to this.", "en", ""),
        ("I don't support this as it is.", "en", "against"),
        ("I support this. But I will be voting against it tonight.", "en", ""),
        ("If I support this, what then?", "en", ""),
        ("She supports this.", "en", ""),
        ("Ich lehne den Antrag in dieser Form ab.", "de", "against"),
        ("Wir werden dem Antrag heute zustimmen.", "de", "for"),
        ("Je m'oppose à ce texte.", "fr", "against"),
        ("Estoy a favor de la propuesta.", "es", "for"),
        ("Я против этого предложения.", "ru", "against"),
        ("I cannot support this.", "", "against"),
        ("I could not agree with the mayor more.", "en", ""),
        ("I cannot support the noble councillor, whose boat it is.", "en", ""),
        ("I support the ferry, not because I oppose the bridge.", "en", ""),
        ("We ask how we support the harbour.", "en", ""),
        ("If the toll is waived I will vote for it.", "en", ""),
        ('You wrote, "I oppose the toll".', "en", ""),
        ("I agree with that count of boats.", "en", ""),
        ("I agree with this proposal.", "en", "for"),
        ("Cheap enough, so +1", "en", "for"),
        ("-1, would rather wait for the tide", "en", "against"),
        ("No -1's on the ferry", "en", ""),
        ("The gauge returns -1 at low water", "en", ""),
        ("El apoyo a la lonja fue grande.", "es", ""),
        ("Deuse apoio a actuacións no porto.", "gl", ""),
        ("Apoiamos esta moción.", "gl", "for"),
    ],
)
def test_a_side_is_taken_in_the_first_person_or_not_at_all(text: str, language: str, side: str) -> None:
    assert side_of(text, language) == side


def test_sides_come_in_turn_and_everybody_once_before_anybody_twice() -> None:
    spoken = [said("a1", "ann"), said("a2", "ann"), said("c", "cat"), said("b", "bob"), said("d", "dan")]
    order = [each.element for each in positions(REGISTER, ["matter-1"], spoken, 9)]
    assert order == ["a1", "b", "c", "a2", "d"]


@given(st.integers(0, 5), st.lists(st.sampled_from(["ann", "bob", "cat", "dan", ""]), max_size=8))
def test_no_more_than_asked_for_and_nothing_twice(limit: int, people: list[str]) -> None:
    spoken = [said(str(number), person) for number, person in enumerate(people)]
    found = positions(REGISTER, ["matter-1"], spoken, limit)
    assert len(found) == min(limit, len(spoken)) and len({each.element for each in found}) == len(found)


def test_short_words_are_no_speech_of_a_debate() -> None:
    assert positions(REGISTER, ["matter-1"], [said("a", "ann", "Thank you, Chair.")], 9) == []


def test_the_debates_of_a_row_are_under_its_items() -> None:
    assert items_of(REGISTER, ["matter-1"]) == ["item-1"] == items_of(REGISTER, ["decision-1"])
