"""The shapes of the register: matters, motions, votes, decisions, people, actions, and what waits for the clerk."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from remembrancer.interfaces.shapes.base import Maybe, Shape, Span
from remembrancer.interfaces.shapes.record import Claim
from remembrancer.model import DecidedBy, DecisionKind, Force, RelationKind, Severity


class Named(Shape):
    id: str
    title: str


class Stated(Shape):
    stated: bool = Field(description="Whether the source marks it as such; else it was worked out from prose.")
    rule: str = Field(description="The name of the rule that found it; clerk where a clerk corrected it.")


class Acted(Stated):
    id: str
    confirmed: Maybe = Field(description="By whom and when a clerk confirmed or corrected it.")
    sitting: Maybe
    date: Maybe
    item: Maybe
    matter: Named | None
    place: Maybe
    spans: list[Span]


class Turn(Shape):
    date: str
    force: Force
    why: str
    by: Maybe = Field(description="The id of the decision that says so.")


class Provision(Shape):
    number: str
    text: str
    force: Force | None
    turns: list[Turn]
    spans: list[Span]


class Relation(Shape):
    kind: RelationKind
    target: Maybe = Field(description="The id of a decision or matter; null where the record holds none.")
    target_text: str
    provision: Maybe = Field(description="The part of the target.")
    by: Maybe = Field(description="The number of the provision that says so.")
    stated: bool
    spans: list[Span]


class Amount(Shape):
    text: str = Field(description="As the record writes it.")
    value: str = Field(description="A decimal number.")
    currency: Maybe = Field(description="The ISO 4217 code, or the sign where several currencies share it.")
    spans: list[Span]


class Decision(Acted):
    kind: DecisionKind
    decided_by: DecidedBy
    outcome: Maybe
    number: Maybe
    title: Maybe
    status_to: Maybe = Field(description="The rung, as the house writes it.")
    text: str
    conditions: list[str]
    amounts: list[Amount] = Field(description="The sums of money that its text names.")
    motion: Maybe
    vote: Maybe
    provisions: list[Provision]
    relations: list[Relation]
    force: Force | None = Field(description="Of the whole, on the day asked for; null where nothing binds.")
    turns: list[Turn]


class Ballot(Shape):
    person: str = Field(description="The name as the record writes it.")
    person_id: Maybe
    affiliation: Maybe = Field(description="That of the person's seat.")
    choice: str = Field(description="yes, no, abstain, absent, recused, not-voting, or the poll's own label.")
    teller: bool


class Computed(Shape):
    outcome: str = Field(description="carried, lost, tied, or not determinable.")
    why: str


class Vote(Acted):
    motion: Maybe
    question: Maybe
    method: str
    declared: Maybe
    computed: Computed
    counts: dict[str, int]
    ballots: list[Ballot]
    casting: Maybe = Field(description="Who broke the tie.")
    lot: bool


class Motion(Acted):
    text: str
    number: Maybe
    mover: Maybe = Field(description="As the record writes the name.")
    mover_id: Maybe
    seconder: Maybe
    seconder_id: Maybe
    amends: Maybe
    outcome: Maybe
    vote: Maybe
    amounts: list[Amount] = Field(description="The sums of money that its text names.")


class Action(Acted):
    owner: Maybe = Field(description="As the record writes the name.")
    owner_id: Maybe
    text: str
    due: Maybe
    done: bool


class MatterLine(Shape):
    id: str
    title: str
    number: Maybe
    ladder: Maybe
    status: Maybe
    since: Maybe
    sittings: int
    decisions: int


class Rung(Shape):
    date: Maybe
    status: str
    decision: Maybe
    stated: bool
    spans: list[Span]


class Decided(Shape):
    id: str
    date: Maybe
    sitting: Maybe
    kind: DecisionKind
    outcome: Maybe
    status_to: Maybe
    number: Maybe
    text: str
    force: Force | None
    stated: bool


class Debate(Shape):
    sitting: Maybe
    date: Maybe
    item: Maybe
    title: str
    spans: list[Span]


class Sponsorship(Shape):
    person: str = Field(description="The name as the record writes it.")
    person_id: Maybe
    role: str = Field(description="champion, author, sponsor, presenter or delegate.")
    date: Maybe
    stated: bool
    spans: list[Span]


class Matter(Shape):
    id: str
    title: str
    number: Maybe
    titles: list[str]
    ladder: Maybe
    status: Maybe
    rungs: list[Rung]
    decisions: list[Decided]
    debates: list[Debate]
    relations: list[Relation]
    sponsorships: list[Sponsorship]
    reported: list[Claim]


class Membership(Shape):
    role: Maybe
    affiliation: Maybe
    since: Maybe
    until: Maybe
    weight: int
    stated: bool
    spans: list[Span]


class Presence(Shape):
    sitting: str
    date: Maybe
    present: bool | None
    role: Maybe
    offices: list[str] = Field(description="The kinds of office held there: chair, mayor, clerk, scribe and others.")
    since: Maybe = Field(serialization_alias="from")
    until: Maybe


class Voted(Shape):
    vote: str
    date: Maybe
    question: Maybe
    choice: str


class Sponsored(Shape):
    matter: str
    title: str
    role: str = Field(description="champion, author, sponsor, presenter or delegate.")
    date: Maybe


class PersonRecord(Shape):
    id: str
    name: str
    labels: list[str]
    standing: Maybe
    memberships: list[Membership]
    attendance: list[Presence]
    motions: list[Named]
    seconded: list[Named]
    ballots: list[Voted]
    sponsorships: list[Sponsored]
    actions: list[Named]


class Asked(Shape):
    id: str
    question: str
    why: str = Field(description="What the answer would change.")
    spans: list[Span]


class Notice(Shape):
    id: str
    code: str
    severity: Severity
    message: str
    advice: Maybe
    sitting: Maybe
    date: Maybe
    about: list[str]
    place: Maybe
    spans: list[Span]


class Quorum(Shape):
    stated: bool | None
    present: int | None
    required: int | None
    computed: Computed
    spans: list[Span]


class Extract(Shape):
    body: str
    sitting: Maybe
    title: Maybe
    date: Maybe
    venue: Maybe
    quorum: Quorum | None
    decision: Decision
    vote: Vote | None
    mover: Maybe
    seconder: Maybe
    source: str
    path: str
    authority: str
    text: str = Field(description="The extract as it is printed, signature block and proof included.")
    entry: int = Field(description="The entry of the reading that the extract is from.")
    proof: str = Field(description="The inclusion proof of that entry, as C2SP specifies it.")
    checkpoint: str = Field(description="The signed head that the proof leads to.")


class RulesProblem(Shape):
    line: int
    what: str
    advice: str
    severity: Literal["error", "warning"]


class Explained(Shape):
    id: str
    rulebook: Maybe
    quorum: Quorum | None
    votes: list[ExplainedVote]


class ExplainedVote(Shape):
    id: str
    question: Maybe
    declared: Maybe
    computed: Computed


class RulebookLine(Shape):
    name: str
    title: str
    since: Maybe
    until: Maybe
    in_force: bool
    shipped: bool


class RulebookText(Shape):
    name: str
    sentences: list[str] = Field(description="Each rule in a sentence, with where it stands.")
    toml: str


REGISTER: dict[str, Any] = {
    "decisions": list[Decision],
    "decision": Decision,
    "extract": Extract,
    "matters": list[MatterLine],
    "matter": Matter,
    "motions": list[Motion],
    "motion": Motion,
    "votes": list[Vote],
    "vote": Vote,
    "person": PersonRecord,
    "actions": list[Action],
    "queue": list[Asked],
    "register-check": list[Notice],
    "rules-check": list[RulesProblem],
    "rules-explain": Explained,
    "rules-list": list[RulebookLine],
    "rules-show": RulebookText,
}
"""Each published shape of the register by its name."""
