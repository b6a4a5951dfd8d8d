"""A small register for the tests of what is written of one."""

from __future__ import annotations

from remembrancer.model import (
    Action,
    Ballot,
    Computed,
    Decision,
    Mark,
    Matter,
    Membership,
    Motion,
    Person,
    Presence,
    Sponsorship,
    Turn,
    Vote,
)
from remembrancer.register.rows import Register

SOURCE = "ab" * 32
MARK = Mark(SOURCE, "cd" * 32, 3, 9, "line 2")


def register(date: str = "2031-05-01", text: str = "That the gate be oiled.") -> Register:
    """One of everything, dated and worded as asked; a second person of whom nothing but the name is known."""
    where = ("sitting-a", date, "item-a", "matter-a")
    ann = Person(
        "person-a",
        "Ann Able",
        ("Ann Able", "A. Able"),
        "member",
        (Membership("person-a", "chair", "East", date, "", marks=(MARK,)),),
        (Presence("person-a", "sitting-a", date, True), Presence("person-a", "sitting-b", "", False)),
    )
    ballots = (
        Ballot("person-a", "A. Able", "yes", True),
        Ballot("", "=Bo", "not-voting"),
        Ballot("person-b", "Bo", "SF"),
    )
    champion = Sponsorship("person-a", "A. Able", "champion", date, marks=(MARK,))
    return Register(
        people=(ann, Person("person-b", "Bo Baker")),
        matters=(Matter("matter-a", text, "7", sponsorships=(champion,)),),
        motions=(Motion("motion-a", *where, text, "7", "person-a", "", "A. Able", "=Bo", marks=(MARK, MARK)),),
        votes=(
            Vote(
                "vote-a", *where, "motion-a", text, "roll-call", "carried", Computed("carried", "2 for, 0 against"),
                (("yes", 1), ("SF", 1)), ballots, casting="Ann Able", marks=(MARK,),
            ),
        ),
        decisions=(
            Decision(
                "decision-a", *where, "adopt", "sitting", "carried", text, "7/1", motion="motion-a", vote="vote-a",
                turns=(Turn(date, "in-force", "In force from its adoption."),), marks=(MARK,),
            ),
        ),
        actions=(Action("action-a", *where, "", "+Bo", text, marks=(MARK,)),),
    )  # fmt: skip
