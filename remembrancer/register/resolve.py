"""Facts of many documents -> the register: an ordered list of pure steps, independent of the order of reading.

Facts are first laid under what the clerk said of them and cut to the day asked for; then what several documents of
one sitting tell alike becomes one; then people and matters are told apart; then rows are made, related, given the
history of their force, and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from remembrancer.model import (
    Action,
    Amount,
    Ballot,
    Computed,
    Decision,
    Mark,
    Matter,
    Motion,
    Notice,
    Provision,
    Report,
    Sha256,
    Turn,
    Vote,
)
from remembrancer.read.dates import days
from remembrancer.read.house import House
from remembrancer.register.facts import (
    AnyFact,
    Fulfilled,
    Moved,
    Noticed,
    Promised,
    Reported,
    Resolved,
    Voted,
)
from remembrancer.register.resolving.checks import check, in_order
from remembrancer.register.resolving.computing import compute, quorums
from remembrancer.register.resolving.corrections import Correction, corrected
from remembrancer.register.resolving.following import Following, follow, matters
from remembrancer.register.resolving.force import histories
from remembrancer.register.resolving.listing import with_listed
from remembrancer.register.resolving.people import Identify, People, people
from remembrancer.register.resolving.relating import Targets, with_relations
from remembrancer.register.resolving.settle import Settled, settle
from remembrancer.register.resolving.sponsoring import with_sponsorships
from remembrancer.register.rows import Register
from remembrancer.rules.majority import UNKNOWN, counted
from remembrancer.rules.rulebook import Rulebook
from remembrancer.saying import Sentence

MadeRow = TypeVar("MadeRow", Motion, Vote, Decision, Action, Report)


class Context(NamedTuple):
    """What facts are resolved by, besides themselves. ``order`` ranks the sources of one authority, the one that
    prevails last; ``revisions`` says which sources are versions of one document, ``agendas`` which only say what was
    planned; ``merges`` and ``splits`` are persons' ids, ``identify`` gives the ids by which the record knows people
    already; ``day`` is the EDTF date the register answers for, or empty for the whole."""

    house: House = House()
    books: tuple[Rulebook, ...] = ()
    order: Mapping[Sha256, int] = {}
    revisions: Mapping[Sha256, frozenset[Sha256]] = {}
    agendas: frozenset[Sha256] = frozenset()
    corrections: tuple[Correction, ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    splits: tuple[str, ...] = ()
    identify: Identify | None = None
    day: str = ""


class Making(NamedTuple):
    """What rows are made with: who is who, what follows what, and by which id a fact's row is known."""

    settled: Settled
    who: People
    following: Following
    row_ids: Mapping[str, str]


NOTHING = Context()


def resolve(facts: Iterable[AnyFact], context: Context = NOTHING) -> Register:
    """The register of these facts."""
    known = sorted(_up_to(corrected(facts, context.corrections), context.day), key=lambda fact: fact.id)
    settled = settle(known, context.order, context.revisions, context.agendas)
    who = people(settled.facts, context.merges, context.splits, context.identify)
    making = Making(settled, who, follow(settled.facts), _row_ids(settled, known))
    moved = _made(making, Moved, _motion)
    by_id = {motion.id: motion for motion in moved}
    votes = tuple(_with_question(vote, by_id) for vote in _votes(making, context.books))
    motions = _with_votes(moved, votes)
    decisions = _decisions(making, context)
    register = Register(
        people=who.persons,
        matters=_matters(making, context.house),
        motions=motions,
        votes=votes,
        decisions=decisions,
        actions=_made(making, Promised, _action),
        reports=_made(making, Reported, _report),
        quorums=quorums(settled.facts, who, context.books),
        notices=(*_notices(settled.facts), *who.notices),
        day=context.day,
    )
    found = check(register, settled.facts, who, context.house)
    return replace(register, notices=in_order((*register.notices, *found)))


def _up_to(facts: Iterable[AnyFact], day: str) -> Iterable[AnyFact]:
    """The facts of sittings dated wholly up to a day; what has no date is left out where a day is asked."""
    limit = days(day)
    if limit is None:
        return facts
    return (fact for fact in facts if (when := days(fact.date)) is not None and when.last <= limit.last)


def _row_ids(settled: Settled, facts: Iterable[AnyFact]) -> dict[str, str]:
    """A row takes the smallest id among its facts; among the open ones where there are any, so that whoever sees the
    row knows it by one id."""
    open_ids = {fact.id for fact in facts if fact.visibility == "open"}
    ids = {fact.id: {fact.id, *settled.formers.get(fact.id, ())} for fact in settled.facts}
    return {identity: min(each & open_ids or each) for identity, each in ids.items()}


def _made(making: Making, kind: type[Any], make: Callable[[Making, Any], MadeRow]) -> tuple[MadeRow, ...]:
    rows = (make(making, fact) for fact in making.settled.facts if isinstance(fact, kind))
    return tuple(sorted(rows, key=lambda row: (row.date, row.sitting, *_beginning(row.marks), row.id)))


def _beginning(marks: Sequence[Mark]) -> tuple[Sha256, int]:
    """Where rows begin, so that those of one document stand as it has them."""
    return (marks[0].source, marks[0].start) if marks else ("", 0)


def _common(making: Making, fact: AnyFact) -> dict[str, Any]:
    """What every row has of its fact."""
    return {
        "id": making.row_ids[fact.id],
        "sitting": fact.sitting,
        "date": fact.date,
        "item": fact.item,
        "matter": making.following.matter_of.get(fact.id, ""),
        "stated": fact.stated,
        "confirmed": fact.confirmed,
        "rule": fact.rule,
        "marks": fact.marks,
    }


def _formers(making: Making, fact: AnyFact) -> tuple[str, ...]:
    own = making.row_ids[fact.id]
    return tuple(sorted({fact.id, *making.settled.formers.get(fact.id, ())} - {own}))


def _row_of(making: Making, identity: str) -> str:
    return making.row_ids.get(identity, "")


def _motion(making: Making, fact: Moved) -> Motion:
    person = making.who.person_of
    return Motion(
        **_common(making, fact),
        text=fact.text,
        number=fact.number,
        mover=person(fact.sitting, fact.mover),
        seconder=person(fact.sitting, fact.seconder),
        mover_label=fact.mover,
        seconder_label=fact.seconder,
        amends=_row_of(making, fact.amends),
        outcome=fact.outcome,
        amounts=_amounts(fact),
        source=fact.source,
        formers=_formers(making, fact),
    )


def _amounts(fact: Moved | Resolved) -> tuple[Amount, ...]:
    return tuple(Amount(each.text, each.value, each.currency, each.marks) for each in fact.amounts)


def _vote(making: Making, fact: Voted) -> Vote:
    return Vote(
        **_common(making, fact),
        motion=_row_of(making, fact.motion),
        question=fact.question,
        method=fact.method,
        declared=fact.declared,
        computed=Computed(UNKNOWN, Sentence("No rules are known for that day.")),
        counts=fact.counts or counted(cast.choice for cast in fact.ballots),
        ballots=tuple(
            Ballot(
                making.who.person_of(fact.sitting, cast.label, cast.affiliation),
                cast.label,
                cast.choice,
                cast.teller,
                cast.marks,
            )
            for cast in fact.ballots
        ),
        number=fact.number,
        business=fact.business,
        casting=fact.casting,
        lot=fact.lot,
        source=fact.source,
        formers=_formers(making, fact),
    )


def _with_question(vote: Vote, motions: Mapping[str, Motion]) -> Vote:
    """The vote with the words of the motion it was on as evidence: its question is theirs."""
    motion = motions.get(vote.motion)
    return replace(vote, marks=tuple(dict.fromkeys((*vote.marks, *motion.marks)))) if motion else vote


def _votes(making: Making, books: Sequence[Rulebook]) -> tuple[Vote, ...]:
    facts = {making.row_ids[fact.id]: fact for fact in making.settled.facts if isinstance(fact, Voted)}
    return tuple(compute(vote, facts[vote.id], making.who, books) for vote in _made(making, Voted, _vote))


def _with_votes(motions: Sequence[Motion], votes: Sequence[Vote]) -> tuple[Motion, ...]:
    """The motions with the vote that decided each, and its outcome where the motion itself states none."""
    by_motion = {vote.motion: vote for vote in votes if vote.motion}
    return tuple(
        replace(motion, vote=vote.id, outcome=motion.outcome or vote.declared)
        if (vote := by_motion.get(motion.id))
        else motion
        for motion in motions
    )


def _matters(making: Making, house: House) -> tuple[Matter, ...]:
    """The matters, with where lists have them, what they do to one another and who brings them forward."""
    facts, following = making.settled.facts, making.following
    listed = with_listed(matters(facts, following, making.row_ids), facts, following, house.ladders)
    related = with_relations(listed, facts, following)
    return with_sponsorships(related, facts, following, making.who)


def _decisions(making: Making, context: Context) -> tuple[Decision, ...]:
    """The decisions, related to one another and with the history of their force."""
    facts = {making.row_ids[fact.id]: fact for fact in making.settled.facts if isinstance(fact, Resolved)}
    rows = _made(making, Resolved, _decision)
    targets = Targets(rows, facts, making.following)
    related = [replace(row, relations=targets.relations(row, facts[row.id].relations)) for row in rows]
    fulfilled: dict[str, list[Fulfilled]] = {}
    for fact in making.settled.facts:
        if isinstance(fact, Fulfilled):
            fulfilled.setdefault(targets.named(fact.target), []).append(fact)
    turned = histories([row for row in related if row.stated], facts, context.books, fulfilled)
    return tuple(_with_turns(row, *turned.get(row.id, ((), {}))) for row in related)


def _decision(making: Making, fact: Resolved) -> Decision:
    return Decision(
        **_common(making, fact),
        kind=fact.kind,
        decided_by=fact.decided_by,
        outcome=fact.outcome,
        text=fact.text,
        number=fact.number,
        title=fact.title,
        ladder=fact.ladder,
        status_to=fact.status_to,
        motion=_row_of(making, fact.motion),
        vote=_row_of(making, fact.vote),
        conditions=fact.conditions,
        provisions=tuple(Provision(part.number, part.text, marks=part.marks) for part in fact.parts),
        amounts=_amounts(fact),
        source=fact.source,
        formers=_formers(making, fact),
    )


def _with_turns(row: Decision, whole: tuple[Turn, ...], parts: Mapping[str, tuple[Turn, ...]]) -> Decision:
    own = tuple(replace(each, turns=parts.get(each.number, whole)) for each in row.provisions)
    known = {each.number for each in own}
    added = tuple(Provision(number, "", turns) for number, turns in parts.items() if number not in known)
    return replace(row, turns=whole, provisions=(*own, *added))


def _action(making: Making, fact: Promised) -> Action:
    return Action(
        **_common(making, fact),
        owner=making.who.person_of(fact.sitting, fact.owner),
        label=fact.owner,
        text=fact.text,
        due=fact.due,
        done=fact.done,
        formers=_formers(making, fact),
    )


def _report(making: Making, fact: Reported) -> Report:
    common = _common(making, fact)
    del common["stated"], common["confirmed"], common["rule"]
    origin = fact.chain[-1] if fact.chain else ""
    return Report(
        **common,
        chain=fact.chain,
        text=fact.text,
        origin=origin,
        element=fact.element,
        formers=_formers(making, fact),
    )


def _notices(facts: Iterable[AnyFact]) -> tuple[Notice, ...]:
    """What was noticed while extracting and settling."""
    return tuple(
        Notice(
            fact.id, fact.code, "warning", fact.message, fact.advice, fact.sitting, fact.date, fact.about, fact.marks
        )
        for fact in facts
        if isinstance(fact, Noticed)
    )
