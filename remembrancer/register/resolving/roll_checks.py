"""Checks of attendance: a roll against itself, against the last one, and against what is said of the quorum.

"Quorum was reached" and "Quorum was NOT reached" in one document.      The same person present and absent.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from remembrancer.model import Notice
from remembrancer.register.facts import QuorumSaid, Roll, Stay
from remembrancer.register.resolving.checking import Case, notice
from remembrancer.register.resolving.standing import standings
from remembrancer.saying import Day, Sentence, listed

_COPIED = 6
"""Least number of lines of a roll for its being the last one's to mean anything."""
_LONG = 10
"""The same where no line of it is unusual."""
_APART = 5
"""Least number of days between two sittings; a sitting of several days has one roll, told again each day."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SELDOM = 0.05
"""Greatest share of rolls that are the last one's to the letter for that to be a sign of copying."""


def quorum_both_ways(case: Case) -> Iterator[Notice]:
    """One document that says of one sitting that there was a quorum, and that there was none."""
    by_document: dict[tuple[str, str, str], list[QuorumSaid]] = defaultdict(list)
    for fact in case.facts:
        if isinstance(fact, QuorumSaid) and fact.stated and fact.met is not None:
            by_document[fact.sitting, fact.date, fact.source].append(fact)
    for (sitting, date, _), said in by_document.items():
        if len({fact.met for fact in said}) > 1:
            words = listed([f'"{fact.text}"' for fact in said])
            marks = [mark for fact in said for mark in fact.marks]
            yield notice(
                "quorum-both-ways",
                "error",
                Sentence("The document says of one sitting: %(words)s", words=words),
                Sentence("Strike out the one that is wrong; it may have been left standing from earlier minutes."),
                (sitting, *(fact.id for fact in said)),
                marks,
                sitting,
                date,
            )


def quorum_contradicted(case: Case) -> Iterator[Notice]:
    """What is said of the quorum, and what the rules make of the attendance list."""
    for quorum in case.register.quorums:
        computed = {"met": True, "not met": False}.get(quorum.computed.outcome)
        if quorum.stated is not None and computed is not None and quorum.stated != computed:
            said = Sentence("that there was no quorum")
            if quorum.stated:
                said = Sentence("that there was a quorum")
            yield notice(
                "quorum-contradicted",
                "error" if quorum.stated else "warning",
                Sentence(
                    "The document says %(said)s; by the rules and its attendance list: %(why)s",
                    said=said,
                    why=quorum.computed.why,
                ),
                Sentence("Compare the attendance list with the register of members of that day."),
                (quorum.sitting,),
                quorum.marks,
                quorum.sitting,
                quorum.date,
            )


def quorum_number(case: Case) -> Iterator[Notice]:
    """A number said to be present that the attendance list cannot hold."""
    for fact in case.facts:
        if isinstance(fact, QuorumSaid) and fact.present is not None and fact.stated:
            for roll in case.who.rolls_at(fact.sitting, fact.source):
                least, most = counted(roll, "voting" in fact.text.casefold())
                if roll.date == fact.date and most and not least <= fact.present <= most:
                    many = Sentence("%(n)s to %(m)s", n=least, m=most) if least < most else most
                    yield notice(
                        "attendance-contradicts-quorum",
                        "warning",
                        Sentence(
                            '"%(text)s" - the attendance list has %(listed)s members present.',
                            text=fact.text,
                            listed=many,
                        ),
                        Sentence("Count the attendance list again."),
                        (fact.sitting, fact.id),
                        (*fact.marks, *roll.marks[:1]),
                        fact.sitting,
                        fact.date,
                    )


def counted(roll: Roll, voting: bool = False) -> tuple[int, int]:
    """The least and the most members whom a roll can mean to be there at once; of ``voting`` members, only those
    so listed are certain. Those who came late or left early may or may not have been."""
    present: dict[tuple[str, str], list[tuple[Stay, str]]] = defaultdict(list)
    for stay, standing in zip(roll.stays, standings(roll), strict=True):
        if stay.present:
            present[stay.label, stay.affiliation].append((stay, standing))
    lines = list(present.values())
    members = [line for line in lines if line[0][1] == "member"]
    certain = [line for line in members if all(_whole(stay, voting) for stay, _ in line)]
    unsure = [line for line in lines if not line[0][1] and not line[0][0].role]
    return len(certain), len(members) + len(unsure)


def _whole(stay: Stay, voting: bool) -> bool:
    timed = stay.since or stay.until or stay.came >= 0 or stay.went >= 0
    return not timed and (not voting or "voting" in stay.role.casefold())


def present_and_absent(case: Case) -> Iterator[Notice]:
    """A person whom one list has both as present and as absent."""
    for roll in _rolls(case):
        lines: dict[str, list[Stay]] = defaultdict(list)
        for stay in roll.stays:
            if person := case.who.person_of_stay(stay):
                lines[person].append(stay)
        for person, stays in lines.items():
            if {stay.present for stay in stays} >= {True, False} and not any(_timed(stay) for stay in stays):
                yield notice(
                    "present-and-absent",
                    "warning",
                    Sentence("%(who)s is listed both as present and as absent.", who=stays[0].label),
                    Sentence("Strike out one line; it may have been left standing from earlier minutes."),
                    (roll.sitting, person),
                    [mark for stay in stays for mark in stay.marks],
                    roll.sitting,
                    roll.date,
                )


def _timed(stay: Stay) -> bool:
    return bool(stay.since or stay.until)


def copied_rolls(case: Case) -> Iterator[Notice]:
    """A roll that is the last sitting's to the letter, where that is unheard of in the body or a line of it is."""
    rolls = sorted((roll for roll in _rolls(case) if roll.date), key=lambda roll: (roll.date, roll.id))
    copies = [(last, roll) for last, roll in pairwise(rolls) if _is_copy(last, roll)]
    unheard_of = len(copies) <= _SELDOM * len(rolls)
    for last, roll in copies:
        unusual = [stay for stay in roll.stays if _is_unusual(stay, rolls)]
        if unusual or (unheard_of and len(roll.stays) >= _LONG):
            message = Sentence("The attendance list is that of %(day)s to the letter.", day=Day(last.date))
            if unusual:
                message = Sentence(
                    "The attendance list is that of %(day)s to the letter, with %(line)s.",
                    day=Day(last.date),
                    line=repr(_line_text(unusual[0])),
                )
            yield notice(
                "attendance-copied",
                "warning",
                message,
                Sentence("See whether it was copied from the last minutes and not brought up to date."),
                (roll.sitting, last.sitting),
                [mark for stay in (unusual or roll.stays[:1]) for mark in stay.marks],
                roll.sitting,
                roll.date,
            )


def _is_copy(last: Roll, roll: Roll) -> bool:
    """Whether a roll is that of another sitting to the letter; days close together are one sitting's."""
    return _are_apart(last.date, roll.date) and len(roll.stays) >= _COPIED and _lines(last) == _lines(roll)


def _are_apart(one: str, other: str) -> bool:
    earlier, later = (_DAY.findall(each) for each in (one, other))
    return bool(earlier and later) and (_day(later[0]) - _day(earlier[-1])).days >= _APART


def _day(date: str) -> datetime.date:
    return datetime.date.fromisoformat(date)


def copied_times(case: Case) -> Iterator[Notice]:
    """Somebody who came or left at the very minute at which it was at the sitting before."""
    rolls = sorted((roll for roll in _rolls(case) if roll.date), key=lambda roll: (roll.date, roll.id))
    for last, roll in pairwise(rolls):
        told = {(stay.label, stay.since, stay.until): stay for stay in last.stays if _to_the_minute(stay)}
        for stay in roll.stays:
            before = told.get((stay.label, stay.since, stay.until))
            if before is not None and _are_apart(last.date, roll.date) and last.source != roll.source:
                yield notice(
                    "attendance-copied",
                    "warning",
                    Sentence(
                        "%(line)s stands in the minutes of %(day)s as well.",
                        line=repr(_line_text(stay)),
                        day=Day(last.date),
                    ),
                    Sentence("See whether the line was copied from the last minutes."),
                    (roll.sitting, last.sitting),
                    (*stay.marks, *before.marks),
                    roll.sitting,
                    roll.date,
                )


def _to_the_minute(stay: Stay) -> bool:
    """Whether a line tells a time that two sittings seldom share by chance."""
    return any(":" in told and told[-1] not in "05" for told in (stay.since, stay.until))


def _is_unusual(stay: Stay, rolls: Sequence[Roll]) -> bool:
    """Whether a line with a remark of its own stands in no more than two rolls."""
    if not (_timed(stay) or "," in stay.role):
        return False
    return sum(any(_line(stay) == _line(other) for other in roll.stays) for roll in rolls) <= 2


def _line(stay: Stay) -> tuple[object, ...]:
    return (stay.label, stay.present, stay.affiliation, stay.role, stay.since, stay.until)


def _lines(roll: Roll) -> tuple[tuple[object, ...], ...]:
    return tuple(_line(stay) for stay in roll.stays)


def _line_text(stay: Stay) -> str:
    said = (stay.label, stay.role, f"from {stay.since}" if stay.since else "", f"to {stay.until}" if stay.until else "")
    return ", ".join(filter(None, said))


def _rolls(case: Case) -> Iterator[Roll]:
    for rolls in case.who.rolls.values():
        yield from rolls
