"""What the rules in force on the day make of the register: the outcome of each vote, the quorum of each sitting.

How many members were there is counted from the roll. Where a roll tells nothing of those who stayed away, how many
seats are filled is not known, and what depends on it is not computed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from remembrancer.model import Mark, Quorum, Vote
from remembrancer.register.facts import AnyFact, QuorumSaid, Roll, Stay, Voted
from remembrancer.register.resolving.people import People
from remembrancer.register.resolving.presence import Moment
from remembrancer.register.resolving.standing import standings
from remembrancer.rules.majority import outcome, question_of
from remembrancer.rules.quorum import Numbers, quorum
from remembrancer.rules.rulebook import Rulebook, in_force


class Attended(NamedTuple):
    """The members on a roll: who was there at some time, who at the opening, and all of them where the roll tells
    of those who stayed away, else None."""

    present: frozenset[str]
    opening: frozenset[str]
    filled: int | None
    marks: tuple[Mark, ...] = ()


def compute(vote: Vote, fact: Voted, who: People, books: Sequence[Rulebook]) -> Vote:
    """The vote with what the rules make of it."""
    book = in_force(books, vote.date)
    attended = _attended_of(who.rolls_at(vote.sitting, vote.source), who)
    moment = Moment(fact.source, fact.position, fact.item)
    there = (
        [person for person in attended.present if who.was_present(vote.sitting, person, moment) is not False]
        if attended
        else []
    )
    question = question_of(
        vote,
        present=len(there) or None,
        filled=attended.filled if attended else None,
        members=attended.filled if attended else None,
    )
    return replace(vote, computed=outcome(book, question))


def quorums(facts: Iterable[AnyFact], who: People, books: Sequence[Rulebook]) -> tuple[Quorum, ...]:
    """For every sitting with a roll or a word on the quorum whether enough were there; by date and sitting."""
    rolls: dict[str, list[Roll]] = defaultdict(list)
    said: dict[str, list[QuorumSaid]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Roll) and fact.stays and not fact.beside:
            rolls[fact.sitting].append(fact)
        if isinstance(fact, QuorumSaid):
            said[fact.sitting].append(fact)
    found = [_quorum(sitting, rolls.get(sitting, ()), said.get(sitting, ()), who, books) for sitting in {*rolls, *said}]
    return tuple(sorted(found, key=lambda each: (each.date, each.sitting)))


def _quorum(
    sitting: str, rolls: Sequence[Roll], said: Sequence[QuorumSaid], who: People, books: Sequence[Rulebook]
) -> Quorum:
    date = next((fact.date for fact in (*rolls, *said) if fact.date), "")
    attended = _attended_of(rolls, who)
    numbers = Numbers(
        present=_number([fact.present for fact in said], len(attended.present) if attended else None),
        members=_number([fact.of for fact in said], attended.filled if attended else None),
        filled=attended.filled if attended else None,
        opening=len(attended.opening) if attended else None,
        challenged=any(fact.met is False for fact in said),
    )
    verdict = quorum(in_force(books, date), numbers)
    verdicts = {fact.met for fact in said if fact.met is not None}
    return Quorum(
        sitting,
        date,
        stated=verdicts.pop() if len(verdicts) == 1 else None,
        present=verdict.present,
        required=verdict.required,
        computed=verdict.computed,
        marks=tuple(mark for fact in said for mark in fact.marks) or (attended.marks if attended else ()),
    )


def _number(said: Sequence[int | None], counted: int | None) -> int | None:
    """What the document says in numbers goes before what is counted from its roll."""
    numbers = {number for number in said if number is not None}
    return numbers.pop() if len(numbers) == 1 else counted


def _attended_of(rolls: Sequence[Roll], who: People) -> Attended | None:
    """The members of the rolls of one sitting; None where no roll tells members apart."""
    lines = [(roll, stay) for roll in rolls for stay in _members(roll)]
    if not lines:
        return None
    present = frozenset(_known(stay, who) for _, stay in lines if stay.present)
    opening = frozenset(_known(stay, who) for _, stay in lines if stay.present and not stay.since and stay.came < 0)
    everybody = {_known(stay, who) for _, stay in lines}
    tells_absence = any(stay.present is False for _, stay in lines)
    marks = tuple(mark for _, stay in lines for mark in stay.marks[:1])
    return Attended(present, opening, len(everybody) if tells_absence else None, marks)


def _members(roll: Roll) -> Iterator[Stay]:
    """The lines of a roll that are members; every line of one that tells nobody apart but who holds an office."""
    told = list(zip(roll.stays, standings(roll), strict=True))
    often = Counter(stay.role for stay in roll.stays)
    alike = all(not stay.role if not standing else stay.role and often[stay.role] == 1 for stay, standing in told)
    return (stay for stay, standing in told if standing == "member" or (alike and not standing))


def _known(stay: Stay, who: People) -> str:
    return who.person_of_stay(stay) or stay.label
