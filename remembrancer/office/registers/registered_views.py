"""The shapes of what the register shows: rows with their quotations, as ``registered`` makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from remembrancer.model import Computed, Force, Quote
from remembrancer.record.persons import name_of

Quotes = tuple[Quote, ...]


class Named(NamedTuple):
    """A row by its id and what it is called."""

    id: str
    title: str


class TurnView(NamedTuple):
    """From ``date`` on ``force`` holds, because of ``why``; ``by`` is the decision that says so, or empty."""

    date: str
    force: Force
    why: str
    by: str


class ProvisionView(NamedTuple):
    number: str
    text: str
    force: Force | None
    turns: tuple[TurnView, ...]
    spans: Quotes


class RelationView(NamedTuple):
    kind: str
    target: str
    target_text: str
    provision: str
    by: str
    stated: bool
    spans: Quotes


class AmountView(NamedTuple):
    """A sum of money; ``value`` a decimal number, ``currency`` its ISO 4217 code or the sign that several share."""

    text: str
    value: str
    currency: str
    spans: Quotes


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision; ``force`` is that of the whole on the day asked for, None where it binds nobody to anything."""

    id: str
    sitting: str
    date: str
    item: str
    matter: Named | None
    kind: str
    decided_by: str
    outcome: str
    number: str
    title: str
    status_to: str
    text: str
    conditions: tuple[str, ...]
    amounts: tuple[AmountView, ...]
    stated: bool
    confirmed: str
    rule: str
    motion: str
    vote: str
    provisions: tuple[ProvisionView, ...]
    relations: tuple[RelationView, ...]
    force: Force | None
    turns: tuple[TurnView, ...]
    place: str
    spans: Quotes


class BallotView(NamedTuple):
    person: str
    person_id: str
    affiliation: str
    choice: str
    teller: bool


@dataclass(frozen=True, slots=True)
class VoteView:
    """A vote; ``ballots`` name each person as the record writes it."""

    id: str
    sitting: str
    date: str
    item: str
    matter: Named | None
    motion: str
    question: str
    method: str
    declared: str
    computed: Computed
    counts: Mapping[str, int]
    ballots: tuple[BallotView, ...]
    casting: str
    lot: bool
    stated: bool
    confirmed: str
    rule: str
    place: str
    spans: Quotes


@dataclass(frozen=True, slots=True)
class MotionView:
    """A motion; ``mover`` and ``seconder`` as the record writes them."""

    id: str
    sitting: str
    date: str
    item: str
    matter: Named | None
    text: str
    number: str
    mover: str
    mover_id: str
    seconder: str
    seconder_id: str
    amends: str
    outcome: str
    vote: str
    amounts: tuple[AmountView, ...]
    stated: bool
    confirmed: str
    rule: str
    place: str
    spans: Quotes


@dataclass(frozen=True, slots=True)
class ActionView:
    """Who promised what by when."""

    id: str
    sitting: str
    date: str
    item: str
    matter: Named | None
    owner: str
    owner_id: str
    text: str
    due: str
    done: bool
    stated: bool
    confirmed: str
    rule: str
    place: str
    spans: Quotes


def by_choice(ballots: Sequence[BallotView]) -> dict[str, tuple[str, ...]]:
    """Who made each choice; those of one name with what they stand for."""
    often = Counter(name_of(ballot.person).key for ballot in ballots)
    named: dict[str, tuple[str, ...]] = {}
    for ballot in ballots:
        shared = often[name_of(ballot.person).key] > 1 and ballot.affiliation
        added = (f" ({ballot.affiliation})" if shared else "") + (" (teller)" if ballot.teller else "")
        named[ballot.choice] = (*named.get(ballot.choice, ()), ballot.person + added)
    return named


class RungView(NamedTuple):
    date: str
    status: str
    decision: str
    stated: bool
    spans: Quotes


class DebateView(NamedTuple):
    """That a matter was on the order of business of a sitting, under what title."""

    sitting: str
    date: str
    item: str
    title: str
    spans: Quotes


class DecidedLine(NamedTuple):
    """One line for a decision in the story of its matter."""

    id: str
    date: str
    sitting: str
    kind: str
    outcome: str
    status_to: str
    number: str
    text: str
    force: Force | None
    stated: bool


class ClaimView(NamedTuple):
    """A reported fact: the chain of each who passes it on, and from how many independent origins it comes."""

    text: str
    chains: tuple[tuple[str, ...], ...]
    origins: tuple[str, ...]
    spans: Quotes


class SponsorshipView(NamedTuple):
    """Who brings a matter forward, in which role; ``person`` as the record writes the name."""

    person: str
    person_id: str
    role: str
    date: str
    stated: bool
    spans: Quotes


@dataclass(frozen=True, slots=True)
class MatterView:
    """The whole story of a matter."""

    id: str
    title: str
    number: str
    titles: tuple[str, ...]
    ladder: str
    status: str
    rungs: tuple[RungView, ...]
    decisions: tuple[DecidedLine, ...]
    debates: tuple[DebateView, ...]
    relations: tuple[RelationView, ...]
    sponsorships: tuple[SponsorshipView, ...]
    reported: tuple[ClaimView, ...]


class MatterLine(NamedTuple):
    id: str
    title: str
    number: str
    ladder: str
    status: str
    since: str
    sittings: int
    decisions: int


class MembershipView(NamedTuple):
    role: str
    affiliation: str
    since: str
    until: str
    weight: int
    stated: bool
    spans: Quotes


class PresenceView(NamedTuple):
    sitting: str
    date: str
    present: bool | None
    role: str
    offices: tuple[str, ...]
    since: str
    until: str


class VotedLine(NamedTuple):
    vote: str
    date: str
    question: str
    choice: str


class SponsoredLine(NamedTuple):
    """A matter that somebody brings forward, in which role and when."""

    matter: str
    title: str
    role: str
    date: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody as the register knows them; a member of the public by name and labels alone."""

    id: str
    name: str
    labels: tuple[str, ...]
    standing: str
    memberships: tuple[MembershipView, ...]
    attendance: tuple[PresenceView, ...]
    motions: tuple[Named, ...]
    seconded: tuple[Named, ...]
    ballots: tuple[VotedLine, ...]
    sponsorships: tuple[SponsoredLine, ...]
    actions: tuple[Named, ...]


class AskedView(NamedTuple):
    id: str
    question: str
    why: str
    spans: Quotes


class NoticeView(NamedTuple):
    id: str
    code: str
    severity: str
    message: str
    advice: str
    sitting: str
    date: str
    about: tuple[str, ...]
    place: str
    spans: Quotes
