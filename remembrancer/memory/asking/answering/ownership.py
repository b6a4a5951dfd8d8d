"""Which rows that stand under a matter are another's, by the number that their own words name.

Under the item "An amendment to ordinance 12-31" the motion "that ordinance 14-31 be adopted" is one on ordinance 14-31.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from remembrancer.model import Action, Decision, Matter, Motion, Vote
from remembrancer.register.rows import Register

Put = Motion | Vote | Decision | Action

LONGEST = 2
"""Of how many words a title may be that is a number."""

_DIGITS = re.compile(r"\d+")


def of_others(rows: Iterable[Put], matter: Matter, register: Register) -> frozenset[str]:
    """The ids of those rows under a matter whose own words name numbers of other matters or decisions, and not its."""
    number = _told_by(matter.number)
    if not number:
        return frozenset()
    alike = _alike(number)
    named = {row.id: frozenset(map(_key, alike.findall(_own_words(row, register)))) for row in rows}
    elsewhere = {row: numbers for row, numbers in named.items() if numbers and _key(number) not in numbers}
    known = _others(matter, register) if elsewhere else frozenset()
    return frozenset(row for row, numbers in elsewhere.items() if not numbers.isdisjoint(known))


def naming(matter: Matter, register: Register) -> list[Decision]:
    """The decisions of other matters, or of none, whose own words name the number that a matter has or is called by."""
    called = matter.number or (matter.title if len(matter.title.split()) <= LONGEST else "")
    number = _told_by(called)
    if not number:
        return []
    own, alike = _key(number), _alike(number)
    rows = (row for row in register.decisions if row.matter != matter.id)
    return [row for row in rows if own in map(_key, alike.findall(_own_words(row, register)))]


def _told_by(number: str) -> str:
    """What of a number as written tells it from others: ``12-31`` of "Ordinance No. 12-31", ``PEP 12`` whole."""
    parts = number.split()
    at = next((nth for nth, part in enumerate(parts) if _DIGITS.search(part)), None)
    if at is None:
        return ""
    return " ".join(parts[at - 1 : at + 1]) if parts[at].isdigit() and at else parts[at]


def _alike(number: str) -> re.Pattern[str]:
    """What is written as a number is, with any digits."""
    written = r"\d+".join(re.escape(part) for part in _DIGITS.split(number))
    return re.compile(rf"(?<![\w-]){written}(?![\w-])", re.IGNORECASE)


def _key(number: str) -> str:
    return " ".join(number.casefold().split())


def _own_words(row: Put, register: Register) -> str:
    """What a row says itself, and of a vote or a decision the motion that it is of."""
    motion = register.get(getattr(row, "motion", ""))
    telling = (row, motion) if isinstance(motion, Motion) else (row,)
    return "\n".join(str(getattr(each, name, "")) for each in telling for name in ("number", "text", "question"))


def _others(matter: Matter, register: Register) -> frozenset[str]:
    """The numbers of what else the register holds."""
    rows: tuple[Matter | Decision, ...] = (*register.matters, *register.decisions)
    return frozenset(_key(_told_by(row.number)) for row in rows if row.id != matter.id and row.number)
