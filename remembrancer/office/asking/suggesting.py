"""What may be asked about: names from the principal's own register, never from what is closed to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from remembrancer.memory.analysis import fold
from remembrancer.model import BeingMade, Person, Principal
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registrar import made_of, register_of
from remembrancer.office.showing.locating import is_followed
from remembrancer.register.rows import Register

SHORTEST, LONGEST = 2, 80
"""Characters typed before names are told, and of the longest name that is one."""


class Examples(NamedTuple):
    """What an example question can name: the latest matter decided on, the latest voted on, and who spoke for a motion
    last; empty where the register shows none."""

    decided: str = ""
    voted: str = ""
    mover: str = ""


def names(bureau: Bureau, principal: Principal, typed: str, limit: int = 8) -> list[str]:
    """Names of matters, and of people who may be followed, that have a word beginning as what was typed."""
    asked = fold(typed).strip()
    if len(asked) < SHORTEST:
        return []
    register = register_of(bureau, principal)
    known = made_of(bureau, register, "names", lambda: _known(register))
    return [name for name, folded in known.items() if f" {asked}" in folded][:limit]


def examples(bureau: Bureau, principal: Principal) -> Examples:
    """What the latest decision, vote and motion were about; nothing while the register is being made."""
    try:
        register = register_of(bureau, principal)
    except BeingMade:
        return Examples()
    return made_of(bureau, register, "examples", lambda: _examples(register))


def _known(register: Register) -> dict[str, str]:
    """Each name with what is looked through for it."""
    people = (person.name for person in register.people if is_followed(person))
    matters = (title for matter in register.matters for title in (matter.title, matter.number))
    found = dict.fromkeys(name for name in (*matters, *people) if name and len(name) <= LONGEST)
    return {name: f" {fold(name)}" for name in found}


def _examples(register: Register) -> Examples:
    decided = list(_titles(register, "decisions"))
    voted = [title for title in _titles(register, "votes") if title not in decided[:1]]
    moved = sorted((row for row in register.motions if row.mover), key=lambda row: row.date)
    people = (register.get(row.mover) for row in reversed(moved))
    movers = [row.name for row in people if isinstance(row, Person) and is_followed(row)]
    return Examples(*(next(iter(found), "") for found in (decided, voted, movers)))


def _titles(register: Register, rows: str) -> Iterator[str]:
    """The titles of the matters that rows are about, the latest first; those alone that tell one matter from all."""
    called = Counter(matter.title for matter in register.matters)
    for row in sorted(getattr(register, rows), key=lambda each: each.date, reverse=True):
        matter = register.get(row.matter) if row.matter else None
        title = getattr(matter, "title", "")
        if title and len(title) <= LONGEST and called[title] == 1:
            yield title
