"""Laws of the queue: only what would change an answer is asked, the gravest first."""

from dataclasses import replace

from remembrancer.model import (
    Computed,
    Decision,
    Mark,
    Matter,
    Membership,
    Motion,
    Person,
    Presence,
    Relation,
    Rung,
    Vote,
)
from remembrancer.register.resolving.queue import FORCE, PEOPLE, REST, RUNG, queue
from remembrancer.register.rows import Register

MARK = (Mark("s", "r", 1, 2),)
OLD = Decision(
    "decision-old", "s1", "2019-01-01", "", "", "adopt", "sitting", "carried", "The old order.", number="O-1"
)
REPEAL = Decision(
    "decision-new", "s2", "2021-01-01", "", "matter-1", "repeal", "sitting", "carried", "The old order goes.",
    relations=(Relation("repeals", "decision-old", "O-1", stated=False),), stated=False, marks=MARK,
)  # fmt: skip
MOVE = Decision(
    "decision-move", "s2", "2021-02-01", "", "matter-1", "set-status", "sitting", "carried", "It moves.",
    status_to="Review", stated=False, marks=MARK,
)  # fmt: skip
MATTER = Matter(
    "matter-1", "Weir", rungs=(Rung("2020-01-01", "Draft"), Rung("2021-02-01", "Review", "decision-move", False))
)


def test_an_inferred_repeal_is_asked_first_with_its_words() -> None:
    asked = queue(Register(decisions=(OLD, REPEAL, MOVE), matters=(MATTER,)))
    assert [(each.id, each.gravity) for each in asked] == [("decision-new", FORCE), ("decision-move", RUNG)]
    assert all(each.question.endswith("?") and each.why and each.marks for each in asked)


def test_what_is_stated_or_confirmed_is_not_asked() -> None:
    stated = (replace(REPEAL, stated=True, relations=(Relation("repeals", "decision-old", "O-1"),)),)
    confirmed = (replace(REPEAL, confirmed="the clerk"), replace(MOVE, confirmed="the clerk"))
    assert queue(Register(decisions=(OLD, *stated))) == ()
    assert queue(Register(decisions=(OLD, *confirmed), matters=(MATTER,))) == ()


def test_an_inferred_rung_that_a_later_one_covers_is_not_asked() -> None:
    later = replace(MATTER, rungs=(*MATTER.rungs, Rung("2021-05-01", "Final")))
    assert queue(Register(decisions=(MOVE,), matters=(later,))) == ()
    twice = replace(MATTER, rungs=(*MATTER.rungs[1:], Rung("2021-02-01", "Review")))
    assert queue(Register(decisions=(MOVE,), matters=(twice,))) == ()


def test_an_inferred_relation_to_what_the_record_does_not_hold_is_not_asked() -> None:
    outside = replace(REPEAL, matter="", relations=(Relation("repeals", "", "the Mills Act", stated=False),))
    assert queue(Register(decisions=(outside,))) == ()


def person(name: str, sitting: str, affiliation: str = "") -> Person:
    seat = (Membership(f"person-{name}", "member", affiliation),)
    return Person(f"person-{name}", name, memberships=seat, presences=(Presence("", sitting, "2021-01-01", True),))


def test_two_who_may_be_one_are_asked_once() -> None:
    (asked,) = queue(Register(people=(person("B. Baker", "s1"), person("Ben Baker", "s2"))))
    assert asked.gravity == PEOPLE and "people merge" in asked.why


def test_two_who_sat_together_or_for_different_seats_are_not_asked() -> None:
    assert queue(Register(people=(person("B. Baker", "s1"), person("Ben Baker", "s1")))) == ()
    assert queue(Register(people=(person("B. Baker", "s1", "East"), person("Ben Baker", "s2", "West")))) == ()
    three = (person("B. Baker", "s1"), person("Ben Baker", "s2"), person("Bea Baker", "s3"))
    assert queue(Register(people=three)) == ()


def test_an_inferred_vote_is_asked_only_where_a_stated_motion_rests_on_it() -> None:
    motion = Motion("motion-1", "s1", "2021-01-01", "", "", "That the weir be raised", vote="vote-1")
    vote = Vote(
        "vote-1", "s1", "2021-01-01", "", "", "motion-1", "", "voice", "carried", Computed("", ""), stated=False
    )
    (asked,) = queue(Register(motions=(motion,), votes=(vote,)))
    assert (asked.id, asked.gravity) == ("vote-1", REST)
    assert queue(Register(motions=(replace(motion, stated=False),), votes=(vote,))) == ()
    assert queue(Register(motions=(replace(motion, outcome="lost"),), votes=(vote,))) == ()
