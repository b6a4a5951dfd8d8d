"""What was said of the register, the latest of it, and how it is taken back: by another entry of the same kind.

``{"takes_back": 12}`` in a payload of the kinds ``confirm``, ``dismiss``, ``correct``, ``person-merge`` and
``person-split`` says that entry 12 holds no more, as if it had not been said. That two people of one name are not one
is a ``dismiss`` with ``{"people": [ID, ID]}``; the clerk is then not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from remembrancer.access import may
from remembrancer.model import Action, Decision, Exit, Fault, Motion, Principal, Visibility, Vote
from remembrancer.office.bureau import Bureau, require
from remembrancer.ports import Grown
from remembrancer.record.catalog import DeskRow
from remembrancer.record.entries import Draft
from remembrancer.register.rows import Row
from remembrancer.saying import Sentence

SETTLED = ("confirm", "dismiss", "correct", "person-merge", "person-split")
"""The kinds of entry that say something of the register and can be taken back."""

_NAMED = {"mover": "mover_label", "seconder": "seconder_label", "owner": "label"}
"""Where a row keeps what a correction names by another word."""


class Settled(NamedTuple):
    """The entry that says what was answered, and whether it had said so ``already``."""

    entry: int
    already: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What may be corrected of a row: what it is now, and the choices where there are but some."""

    name: str
    value: str
    choices: tuple[str, ...]


def said(bureau: Bureau, principal: Principal) -> list[DeskRow]:
    """All that was said of the register, in order, as far as a principal may know of it."""
    return [row for row in bureau.catalog.desk() if may(principal, "read", row.visibility)]


def standing(rows: Iterable[DeskRow]) -> list[DeskRow]:
    """What was said and was not taken back."""
    every = list(rows)
    gone = {row.payload["takes_back"] for row in every if "takes_back" in row.payload}
    return [row for row in every if row.entry not in gone and "takes_back" not in row.payload]


def say(bureau: Bureau, principal: Principal, kind: str, payload: Mapping[str, Any], visibility: Visibility) -> Settled:
    """Enter what is said of the register, unless the last that was said of the same is the same answer."""
    draft = Draft(kind, payload, principal.name, visibility)
    return _entered(bureau, lambda: said_before(bureau, principal, kind, payload) or draft)


def _entered(bureau: Bureau, decide: Callable[[], Draft | Settled]) -> Settled:
    """Enter what ``decide`` makes of the record. Where the record grew meanwhile, in whichever process, it is asked
    again, so that a button pressed twice settles once."""
    while True:
        size = bureau.log.size()
        decided = decide()
        if isinstance(decided, Settled):
            return decided
        with suppress(Grown):
            return Settled(bureau.log.append([decided], after=size).start)


def said_before(bureau: Bureau, principal: Principal, kind: str, payload: Mapping[str, Any]) -> Settled | None:
    """The entry that gave the same answer, if nothing else was said of the same since. A note that is new is more than
    the same answer."""
    known = [row for row in standing(said(bureau, principal)) if _of_the_same(row.payload, payload)]
    last = known[-1] if known else None
    if last is None or last.kind != kind:
        return None
    told = ((name, value) for name, value in payload.items() if value or name != "note")
    return Settled(last.entry, True) if all(last.payload.get(name) == value for name, value in told) else None


def _of_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two entries speak of one thing; whether two are one person is asked of those two alone."""
    if "people" in one and "people" in other:
        return set(one["people"]) == set(other["people"])
    return not about(one).isdisjoint(about(other))


def about(payload: Mapping[str, Any]) -> set[str]:
    """The ids of the facts or people that an entry speaks of."""
    return {each for name in ("facts", "ids", "people") for each in payload.get(name, ())}


def latest(bureau: Bureau, principal: Principal, most: int) -> list[DeskRow]:
    """What was said last and can be taken back, the latest first."""
    rows = [row for row in standing(said(bureau, principal)) if row.kind in SETTLED]
    return rows[::-1][:most]


def take_back(bureau: Bureau, principal: Principal, number: int) -> int:
    """Say that what an entry said of the register holds no more; the number of the entry that does. A Fault (refused)
    where there is nothing of that number to take back."""
    require(principal, "settle", Sentence("take back what was settled"))
    return _entered(bureau, lambda: _taking_back(bureau, principal, number)).entry


def _taking_back(bureau: Bureau, principal: Principal, number: int) -> Draft:
    row = next((each for each in latest(bureau, principal, bureau.log.size()) if each.entry == number), None)
    if row is None:
        what = Sentence("Entry %(n)s says nothing of the register that holds.", n=number)
        raise Fault(Exit.REFUSED, what, Sentence("The last ones stand on the clerk's desk."))
    kept: dict[str, Any] = {key: row.payload[key] for key in ("id", "ids", "facts", "people") if key in row.payload}
    return Draft(row.kind, {**kept, "takes_back": number}, principal.name, row.visibility)


def kept_apart(bureau: Bureau, principal: Principal) -> frozenset[str]:
    """The questions about two people, by their ids, that were answered so."""
    pairs = [row.payload["people"] for row in standing(said(bureau, principal)) if "people" in row.payload]
    return frozenset(f"{one} {other}" for pair in pairs for one, other in (pair, pair[::-1]))


def fields_of(row: Row) -> tuple[Field, ...]:
    """What may be corrected of a decision, motion, vote or action; nothing of another row."""
    from remembrancer.register.facts import Moved, Promised, Resolved, Voted
    from remembrancer.register.resolving.corrections import CHOICES, FIELDS

    kinds = ((Decision, Resolved), (Motion, Moved), (Vote, Voted), (Action, Promised))
    names = next((FIELDS[fact] for kind, fact in kinds if isinstance(row, kind)), ())
    return tuple(Field(name, _value(row, name), CHOICES.get(name, ())) for name in names)


def _value(row: Row, name: str) -> str:
    value = getattr(row, _NAMED.get(name, name), "")
    return ("yes" if value else "no") if name == "done" else str(value or "")
