"""What a question asks: frozen types, and nothing of how it is found out.

What was the vote on the footbridge when Bell was chair?
kind "vote"; about the matter of the footbridge; the days of Bell's chair
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from remembrancer.model import RelationKind
from remembrancer.read.dates import days

Kind = Literal[
    "decision",
    "outcome",
    "status",
    "force",
    "date",
    "vote",
    "ballot",
    "mover",
    "seconder",
    "champion",
    "amount",
    "reason",
    "said",
    "list",
    "count",
    "attendance",
    "quorum",
    "superseded-by",
    "supersedes",
    "amended-by",
    "amends",
    "action",
    "passages",
]
"""What is asked for. ``decision``: whether or what was decided. ``outcome``: carried or lost. ``vote``: the counts.
``ballot``: who voted how, or how somebody did. ``champion``: who brings a matter forward (champion, author, sponsor).
``reason``: why. ``said``: what somebody said, or who said something. ``attendance``: who was there, or whether
somebody was. ``amended-by`` and ``amends``: what changed a text without replacing it, and what it changed.
``action``: who promised what. ``passages``: anything else."""

How = Literal["id", "number", "name", "alias", "words", "spelling"]
"""How a row was found by what the question says: its id, its number, its name, another of its names, words of its name
or text, or a name that is spelled otherwise (misspelled, or in another script)."""


Listed = Literal["", "decision", "motion", "vote", "matter", "sitting", "person", "action", "speech"]
"""Of what a list or a count is; empty where the question does not say."""

Sought = Literal[
    "",
    "carried",
    "lost",
    "tied",
    "withdrawn",
    "deferred",
    "in-force",
    "repealed",
    "suspended",
    "lapsed",
    "present",
    "absent",
]
"""What a question names as the case to be: "was it defeated?" ``lost``; "is it still in force?" ``in-force``; "who was
absent?" ``absent``; "which motions carried?" ``carried``."""


class Subject(NamedTuple):
    """A row that the question may mean: its id, what it is called, how it was found, and how well, from 0 to 1."""

    row: str
    title: str
    how: How
    score: float


class Mention(NamedTuple):
    """What of the question names something (``words``), and the rows it may mean, best first. Where the first two
    are as good as each other the mention is ambiguous; where there is none, the register does not know it."""

    words: str
    subjects: tuple[Subject, ...] = ()


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both ISO dates, inclusive, each empty where open; ``words`` as typed."""

    first: str
    last: str
    words: str

    def holds(self, date: str) -> bool:
        """Whether an EDTF date lies at least partly within; one that is not known does not."""
        known = days(date)
        first, last = (days(end) for end in (self.first, self.last))
        return bool(
            known and (first is None or first.first <= known.last) and (last is None or known.first <= last.last)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood as far as it is.

    ``about`` are matters, decisions, motions, votes; ``people`` persons, in the order named; ``sittings`` ids of
    sittings meant ("the last meeting"). ``rung`` is a status the question names ("reach Stage 3", "accepted"),
    ``choice`` a ballot ("who voted against": ``no``), ``role`` the word for a champion ("author") or office.
    ``closed`` asks for yes or no ("was it repealed?"), ``negated`` for the contrary ("what was not adopted?").
    ``listed`` is of what a list or count is, ``sought`` the outcome, force or presence that the question names.
    ``besides`` are those beside whom others are meant ("who besides Bell").
    ``unknown`` are names that neither the register nor the index knows. ``rest`` is what is left to look for in the
    record's words: the question without the words that ask. ``act`` is a deed done to what is named, where that deed
    is meant ("the repeal of ..."): ``repeals``. ``group`` is an affiliation whose members are meant ("how did North
    Ward vote"). ``compares`` asks which of several is more, first or last.
    """

    text: str
    language: str
    kind: Kind
    about: tuple[Mention, ...] = ()
    people: tuple[Mention, ...] = ()
    besides: tuple[Mention, ...] = ()
    period: Period | None = None
    sittings: tuple[str, ...] = ()
    rung: str = ""
    choice: str = ""
    role: str = ""
    closed: bool = False
    negated: bool = False
    unknown: tuple[str, ...] = ()
    rest: str = ""
    listed: Listed = ""
    sought: Sought = ""
    act: RelationKind | Literal[""] = ""
    group: str = ""
    compares: bool = False
