"""The family of a text: what it amends, repeals or does otherwise, what was done to it, and so on to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from remembrancer.model import Decision, Force, Matter, Relation
from remembrancer.office.registers.standing import Standings
from remembrancer.register.rows import Register

MOST = 24
"""So many texts are shown of a large family, those nearest first."""

Text = Decision | Matter


class Member(NamedTuple):
    """A text of the family. ``id`` is empty where the record holds no such text that may be seen; its ``key`` is then
    made of the words that name it. ``force`` is that on the day asked for."""

    key: str
    id: str
    number: str
    title: str
    date: str
    force: Force | None
    stated: bool


class Tie(NamedTuple):
    """What one member, by its provision ``clause`` where it names one, does to another, or to its ``provision``."""

    by: str
    to: str
    kind: str
    provision: str
    clause: str
    stated: bool


class Family(NamedTuple):
    """The members by date, those without one first; their ties; and how many more members there are."""

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    left_out: int


def family(register: Register, known: Standings, row: Text, day: str, most: int = MOST) -> Family:
    """The family of a decision or matter, with the force of each on a day."""
    rows, named = _related(register, known, row)
    shown = dict(list(rows.items())[:most])
    ties = [tie for each in shown.values() for tie in _ties(each.id, each.relations)]
    ties = [tie for tie in dict.fromkeys(ties) if tie.to in shown or tie.to in named]
    beside = {tie.to: named[tie.to] for tie in ties if tie.to in named}
    members = [_member(each, known, day) for each in shown.values()]
    members += [Member(key, "", "", text, "", None, True) for key, text in beside.items()]
    ordered = sorted(members, key=lambda each: (each.date, bool(each.id), each.number, each.key))
    return Family(tuple(ordered), tuple(ties), len(rows) - len(shown))


def _related(register: Register, known: Standings, row: Text) -> tuple[dict[str, Text], dict[str, str]]:
    """All that is tied to a text, the nearest first; and what it names itself that the record does not hold."""
    found: dict[str, Text] = {row.id: row}
    named = {_key(tie): tie.target_text for tie in row.relations if not tie.target}
    waiting = [row]
    while waiting:
        each = waiting.pop(0)
        for identity in _next(each, known):
            other = register.get(identity)
            if isinstance(other, Decision | Matter) and other.id not in found:
                found[other.id] = other
                waiting.append(other)
    return found, named


def _next(row: Text, known: Standings) -> Iterator[str]:
    yield from (relation.target for relation in row.relations if relation.target)
    yield from (done.by for done in known.done.get(row.id, ()))


def _ties(by: str, relations: Sequence[Relation]) -> Iterator[Tie]:
    for each in relations:
        yield Tie(by, each.target or _key(each), each.kind, each.provision, each.by, each.stated)


def _key(relation: Relation) -> str:
    return f"named {relation.target_text}"


def _member(row: Text, known: Standings, day: str) -> Member:
    if isinstance(row, Matter):
        dates = (*(each.date for each in row.rungs), *(each.date for each in row.debates))
        begun = min(filter(None, dates), default="")
        return Member(row.id, row.id, row.number, row.title, begun, None, True)
    standing = known.by_id.get(row.id)
    force = standing.on(day).force if standing else None
    return Member(row.id, row.id, row.number, row.title or row.text, row.date, force, row.stated)
