"""An invented harbour board and its register, for answers: every row has a mark of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from remembrancer.memory.asking.question import Kind, Mention, Period, Question, Subject
from remembrancer.model import (
    Action,
    Amount,
    Ballot,
    Computed,
    Debate,
    Decision,
    Mark,
    Matter,
    Membership,
    Motion,
    Person,
    Presence,
    Provision,
    Quorum,
    Relation,
    Rung,
    Sponsorship,
    Turn,
    Vote,
)
from remembrancer.register.rows import Register

_places = count(0, 10)
UNKNOWN = Computed("not determinable", "no rules")


def mark(source: str = "minutes") -> tuple[Mark, ...]:
    start = next(_places)
    return (Mark(source, source, start, start + 5, f"line {start}"),)


def motion(id: str, date: str, matter: str, text: str, **fields: Any) -> Motion:
    defaults: dict[str, Any] = {"sitting": f"sitting-{date}", "item": f"item-{matter}", "marks": mark()}
    return Motion(id=id, date=date, matter=matter, text=text, **(defaults | fields))


def vote(id: str, date: str, matter: str, counts: tuple[tuple[str, int], ...], **fields: Any) -> Vote:
    defaults: dict[str, Any] = {
        "sitting": f"sitting-{date}",
        "item": f"item-{matter}",
        "motion": "",
        "question": "the question as put",
        "method": "show-of-hands",
        "declared": "carried",
        "computed": UNKNOWN,
        "marks": mark(),
    }
    return Vote(id=id, date=date, matter=matter, counts=counts, **(defaults | fields))


def decision(id: str, date: str, matter: str, text: str, **fields: Any) -> Decision:
    defaults: dict[str, Any] = {
        "sitting": f"sitting-{date}",
        "item": f"item-{matter}",
        "kind": "adopt",
        "decided_by": "sitting",
        "outcome": "carried",
        "marks": mark(),
    }
    return Decision(id=id, date=date, matter=matter, text=text, **(defaults | fields))


def ballots(**choices: str) -> tuple[Ballot, ...]:
    return tuple(Ballot(f"person-{name.lower()}", name, choice, marks=mark()) for name, choice in choices.items())


def present(date: str, was: bool = True, role: str = "", offices: tuple[str, ...] = ()) -> Presence:
    return Presence("", f"sitting-{date}", date, was, role, offices=offices, marks=mark())


def seat(person: str, affiliation: str, since: str = "", until: str = "") -> Membership:
    return Membership(person, "", affiliation, since, until, marks=mark())


MATTERS = (
    Matter(
        "matter-crane",
        "Quay crane",
        debates=(Debate("sitting-2031-04-07", "2031-04-07", "item-matter-crane", "Quay crane", mark()),),
        decisions=("decision-crane",),
    ),
    Matter(
        "matter-dredge",
        "Dredging of the basin",
        "P-7",
        ladder="stage",
        status="Stage 2",
        rungs=(
            Rung("2031-03-03", "Stage 1", marks=mark()),
            Rung("2031-05-05", "Stage 2", marks=mark()),
        ),
        sponsorships=(
            Sponsorship("person-ivers", "O. Ivers", "champion", marks=mark()),
            Sponsorship("person-quill", "T. Quill", "champion", marks=mark()),
            Sponsorship("person-quill", "T. Quill", "author", marks=mark()),
        ),
    ),
    Matter("matter-lamp", "Breakwater lamp", decisions=("decision-lamp", "decision-dark")),
    Matter("matter-kiosk", "Fish kiosk"),
    Matter("matter-empty", "Lobster pots"),
)

MOTIONS = (
    motion(
        "motion-crane",
        "2031-04-07",
        "matter-crane",
        "That the quay crane be repaired for £1,250.",
        mover="person-ivers",
        mover_label="O. Ivers",
        seconder="person-quill",
        seconder_label="T. Quill",
        outcome="carried",
        vote="vote-crane",
    ),
    motion(
        "motion-half",
        "2031-04-07",
        "matter-crane",
        "to halve the sum.",
        mover="person-quill",
        mover_label="T. Quill",
        amends="motion-crane",
        outcome="lost",
        vote="vote-half",
    ),
    motion(
        "motion-kiosk",
        "2031-05-05",
        "matter-kiosk",
        "That the fish kiosk be let.",
        mover="person-ivers",
        mover_label="O. Ivers",
        outcome="lost",
    ),
)

VOTES = (
    vote(
        "vote-crane",
        "2031-04-07",
        "matter-crane",
        (("yes", 2), ("no", 1), ("abstain", 0)),
        motion="motion-crane",
        ballots=ballots(Ivers="yes", Quill="yes", Mabb="no"),
    ),
    vote("vote-half", "2031-04-07", "matter-crane", (("yes", 1), ("no", 2)), motion="motion-half", declared="lost"),
)

DECISIONS = (
    decision(
        "decision-crane",
        "2031-04-07",
        "matter-crane",
        "That the quay crane be repaired for £1,250.",
        number="31/4",
        motion="motion-crane",
        vote="vote-crane",
        kind="allocate",
        amounts=(Amount("£1,250", "1250", "GBP", mark()),),
    ),
    decision(
        "decision-lamp",
        "2030-02-04",
        "matter-lamp",
        "That the breakwater lamp burn all night.",
        number="30/2",
        turns=(Turn("2030-02-04", "in-force", "adopted"), Turn("2031-05-05", "repealed", "repealed", "decision-dark")),
        provisions=(Provision("3", "It is red.", (Turn("2030-02-04", "in-force", "adopted"),), mark()),),
    ),
    decision(
        "decision-dark",
        "2031-05-05",
        "matter-lamp",
        "That resolution 30/2 be repealed.",
        number="31/9",
        kind="repeal",
        turns=(Turn("2031-05-05", "in-force", "adopted"),),
        relations=(
            Relation("repeals", "decision-lamp", "resolution 30/2", marks=mark()),
            Relation("repeals", "", "Resolution No. 19", marks=mark()),
        ),
    ),
)

ACTIONS = (
    Action(
        "action-paint",
        "sitting-2031-04-07",
        "2031-04-07",
        "item-matter-crane",
        "matter-crane",
        "person-mabb",
        "Mabb",
        "paint the crane.",
        due="2031-06-01",
        marks=mark(),
    ),
)

PEOPLE = (
    Person(
        "person-ivers",
        "Olga Ivers",
        ("O. Ivers",),
        "member",
        (
            Membership("person-ivers", "Harbour Master", since="2030-01-01", until="2031-04-30", marks=mark()),
            seat("person-ivers", "Pier Ward", since="2031-03-01"),
        ),
        (present("2031-04-07"), present("2031-05-05", was=False)),
    ),
    Person(
        "person-quill",
        "Tom Quill",
        ("T. Quill",),
        "member",
        (
            seat("person-quill", "Pier Ward", since="2030-01-01", until="2030-12-31"),
            seat("person-quill", "Quay Ward", since="2031-03-01"),
        ),
        (present("2031-04-07"), present("2031-05-05", offices=("pilot",))),
    ),
    Person(
        "person-mabb",
        "Ann Mabb",
        ("Mabb",),
        "member",
        (seat("person-mabb", "Pier Ward", since="2031-03-01"), seat("person-mabb", "Quay Ward", since="2031-06-01")),
        (present("2031-04-07", was=False),),
    ),
    Person("person-gull", "Pat Gull", (), "public"),
)

QUORUMS = (Quorum("sitting-2031-04-07", "2031-04-07", True, 2, 2, Computed("met", "2 of 3"), mark()),)

TIDEWICK = Register(PEOPLE, MATTERS, MOTIONS, VOTES, DECISIONS, ACTIONS, (), QUORUMS)
TODAY = "2031-06-30"


def about(*rows: str, register: Register = TIDEWICK) -> tuple[Mention, ...]:
    """One mention that may mean any of these rows equally."""
    return (Mention(rows[0], tuple(Subject(row, row, "name", 1.0) for row in rows)),)


def asking(kind: Kind, *rows: str, who: tuple[str, ...] = (), **fields: Any) -> Question:
    """A question as it would be understood."""
    people = tuple(Mention(name, (Subject(name, name, "name", 1.0),)) for name in who)
    if days := fields.pop("days", ""):
        first, _, last = days.partition("/")
        fields["period"] = Period(first, last or first, days)
    named = about(*rows) if rows else ()
    return Question("", fields.pop("language", "en"), kind, named, people, **fields)


def shuffled(register: Register, seed: int) -> Register:
    """The same rows in another order."""
    import random

    mix = random.Random(seed)

    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(mix.sample(rows, len(rows)))

    names = ("people", "matters", "motions", "votes", "decisions", "actions", "quorums")
    return replace(register, **{name: mixed(getattr(register, name)) for name in names})
