"""What somebody is to the body - member, officer, public - and which seats they held, from rolls and minutes.

A roll's role is read by its words: ``Town Clerk`` is an officer, ``Voting Member`` a member, ``Observers`` are
neither. Without a role somebody is a member where the list tells others apart (``Also present: ...``) or the name
carries a member's title. A seat held is inferred from the first sitting that lists it; it is stated where minutes say
that somebody was elected or resigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from remembrancer.model import Mark, Membership
from remembrancer.read.house import DEFAULT
from remembrancer.register.facts import Roll, Seated, Stay
from remembrancer.register.vocabulary import words

_PLAIN = "member"
_OF_THE_DAY = re.compile(r"[,;(]|\s(?:from|until|since|bis|ab|seit)\s")


class Listed(NamedTuple):
    """One line of a roll of a sitting on a date, and what it says of the person's standing."""

    date: str
    sitting: str
    stay: Stay
    standing: str


def standings(roll: Roll) -> tuple[str, ...]:
    """For each line of a roll ``member``, ``officer``, ``public`` or nothing."""
    said = [standing_of(stay.role) for stay in roll.stays]
    apart = any(_is_apart(stay.role) for stay in roll.stays)
    return tuple(
        standing or ("member" if not stay.role and (apart or _is_titled(stay.label)) else "")
        for stay, standing in zip(roll.stays, said, strict=True)
    )


@lru_cache(maxsize=4096)
def standing_of(role: str) -> str:
    """What the words of a role say: ``member``, ``officer``, ``public`` or nothing."""
    said = words("attendance", "", DEFAULT)
    for name, standing in (("outsiders", "public"), ("watching", ""), ("officers", "officer"), ("members", "member")):
        if role and said.pattern(name).search(role):
            return standing
    return ""


@lru_cache(maxsize=4096)
def _is_apart(role: str) -> bool:
    """Whether a role is of those whom a list tells apart from the body's own."""
    said = words("attendance", "", DEFAULT)
    return bool(role) and any(said.pattern(name).search(role) for name in ("outsiders", "watching", "officers"))


def _is_titled(label: str) -> bool:
    return " " in label and words("attendance", "", DEFAULT).pattern("titles").match(label) is not None


def is_office(office: str, role: str) -> bool:
    """Whether a role is the office named: ``clerk`` of ``town clerk``, but ``chair`` not of ``vice chair``."""
    if role == office:
        return True
    before = role.removesuffix(f" {office}")
    return bool(office) and before != role and not words("attendance", "", DEFAULT).pattern("deputies").search(before)


def main_standing(listed: Iterable[str]) -> str:
    """Of what several lists say, the strongest: whoever was once listed as a member is one."""
    found = set(listed)
    return next((each for each in ("member", "officer", "public") if each in found), "")


def memberships(person: str, listed: Sequence[Listed], seated: Sequence[Seated]) -> tuple[Membership, ...]:
    """The seats of one person: those the lists show, dated as the minutes state where they do."""
    held = _inferred(person, [line for line in listed if line.standing in ("member", "officer")])
    for fact in sorted(seated, key=lambda each: (each.when, each.id)):
        held = _taken(person, held, fact) if fact.event == "takes" else _left(held, fact)
    return tuple(sorted(held, key=lambda seat: (seat.since, seat.role, seat.affiliation)))


def _inferred(person: str, listed: Sequence[Listed]) -> list[Membership]:
    """One membership for each role in which a person is listed, from the first sitting to the last if others follow."""
    dated = sorted((line for line in listed if line.date), key=lambda line: line.date)
    named = {line.stay.affiliation for line in dated}
    seats: dict[tuple[str, str], list[Listed]] = {}
    for line in dated:
        seats.setdefault((_role(line), fullest(line.stay.affiliation, named)), []).append(line)
    return [_seat(person, role, affiliation, lines, dated) for (role, affiliation), lines in seats.items()]


def _seat(person: str, role: str, affiliation: str, lines: Sequence[Listed], dated: Sequence[Listed]) -> Membership:
    beside = [line for line in dated if affiliation.startswith(line.stay.affiliation)]
    later = [line for line in dated if line.date > lines[-1].date]
    ended = any(role != _PLAIN or line not in beside for line in later)
    return Membership(
        person,
        role,
        affiliation,
        since=(beside if role == _PLAIN else lines)[0].date,
        until=lines[-1].date if ended else "",
        stated=False,
        marks=lines[0].stay.marks[:1],
    )


def fullest(affiliation: str, others: Iterable[str]) -> str:
    """The one longer form of an affiliation that begins with its words, else itself."""
    longer = {each for each in others if affiliation and each.startswith(f"{affiliation} ")}
    return next(iter(longer)) if len(longer) == 1 else affiliation


def _role(line: Listed) -> str:
    """The role without what it says of the day: ``Town Mayor, in the chair`` is ``Town Mayor``."""
    return _OF_THE_DAY.split(line.stay.role)[0].strip() or _PLAIN


def _taken(person: str, held: list[Membership], fact: Seated) -> list[Membership]:
    """The seats with one stated to begin on a day."""
    role = fact.role or _PLAIN
    same = [seat for seat in held if seat.role.casefold() == role.casefold() and seat.since >= fact.when]
    affiliation = fact.affiliation or (same[0].affiliation if same else "")
    until = same[0].until if same else ""
    stated = Membership(person, role, affiliation, fact.when, until, marks=(*fact.marks, *_marks(same[:1])))
    return [*(seat for seat in held if seat not in same[:1]), stated]


def _left(held: list[Membership], fact: Seated) -> list[Membership]:
    """The seats with those that had begun stated to end on a day; of a named role only that one."""
    return [_ended(seat, fact) if _is_left(seat, fact) else seat for seat in held]


def _is_left(seat: Membership, fact: Seated) -> bool:
    named = not fact.role or fact.role.casefold() in (seat.role.casefold(), _PLAIN)
    return named and seat.since <= fact.when and (not seat.until or seat.until > fact.when)


def _ended(seat: Membership, fact: Seated) -> Membership:
    return Membership(
        seat.person, seat.role, seat.affiliation, seat.since, fact.when, seat.weight, True, (*seat.marks, *fact.marks)
    )


def _marks(seats: Iterable[Membership]) -> tuple[Mark, ...]:
    return tuple(mark for seat in seats for mark in seat.marks)
