"""One table of the register as CSV (RFC 4180, UTF-8 with the mark that spreadsheets look for).

Every row has the id of what it is, and ``source`` and ``place`` of its first evidence. A cell that a spreadsheet would
take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from remembrancer.model import Amount, Exit, Fault, Mark
from remembrancer.register.rows import Register
from remembrancer.saying import Sentence

Cells = dict[str, Any]
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""Also in the wide form that some spreadsheets take for the narrow one."""
_BREAK = ("\t", "\r")


def write(register: Register, name: str) -> bytes:
    """The table of a name; Fault (usage) with those there are if it is none of them."""
    make = TABLES.get(name)
    if make is None:
        raise Fault(
            Exit.USAGE,
            Sentence("There is no table %(name)s.", name=repr(name)),
            Sentence("Use one of: %(list)s.", list=", ".join(TABLES)),
        )
    header, rows = _HEADERS[name], list(make(register))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(row.get(column)) for column in header] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _decisions(register: Register) -> Iterator[Cells]:
    for row in register.decisions:
        force = row.turns[-1].force if row.turns else ""
        yield {**_fields(row, "decisions"), "amounts": _sums(row.amounts), "force": force, **_first(row.marks)}


def _votes(register: Register) -> Iterator[Cells]:
    for row in register.votes:
        counts = "; ".join(f"{choice} {number}" for choice, number in row.counts)
        computed = {"computed": row.computed.outcome, "why": row.computed.why}
        yield {**_fields(row, "votes"), **computed, "counts": counts, **_first(row.marks)}


def _ballots(register: Register) -> Iterator[Cells]:
    for vote in register.votes:
        for row in vote.ballots:
            yield {**_fields(row, "ballots"), "vote": vote.id, "date": vote.date, **_first(row.marks)}


def _motions(register: Register) -> Iterator[Cells]:
    for row in register.motions:
        yield {**_fields(row, "motions"), "amounts": _sums(row.amounts), **_first(row.marks)}


def _matters(register: Register) -> Iterator[Cells]:
    for row in register.matters:
        yield _fields(row, "matters")


def _sponsorships(register: Register) -> Iterator[Cells]:
    for matter in register.matters:
        for row in matter.sponsorships:
            yield {**_fields(row, "sponsorships"), "matter": matter.id, **_first(row.marks)}


def _people(register: Register) -> Iterator[Cells]:
    for row in register.people:
        sat = sum(presence.present is True for presence in row.presences)
        yield {**_fields(row, "people"), "labels": "; ".join(row.labels), "present": sat}


def _actions(register: Register) -> Iterator[Cells]:
    for row in register.actions:
        yield {**_fields(row, "actions"), **_first(row.marks)}


TABLES: Mapping[str, Callable[[Register], Iterable[Cells]]] = {
    "decisions": _decisions,
    "votes": _votes,
    "ballots": _ballots,
    "motions": _motions,
    "matters": _matters,
    "sponsorships": _sponsorships,
    "people": _people,
    "actions": _actions,
}
"""What makes the rows of each table."""

_PLACE = ("source", "place")
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "decisions": (
        *("id", "date", "sitting", "item", "matter", "number", "title", "kind", "decided_by", "outcome", "status_to"),
        *("text", "motion", "vote", "amounts", "stated", "rule", "confirmed", "force"),
        *_PLACE,
    ),
    "votes": (
        *("id", "date", "sitting", "item", "matter", "motion", "question", "method", "declared", "computed", "why"),
        *("counts", "casting", "stated", "rule", "confirmed"),
        *_PLACE,
    ),
    "ballots": ("vote", "date", "person", "label", "choice", "teller", *_PLACE),
    "motions": (
        *("id", "date", "sitting", "item", "matter", "number", "text", "mover", "mover_label", "seconder"),
        *("seconder_label", "amends", "outcome", "vote", "amounts", "stated", "rule", "confirmed"),
        *_PLACE,
    ),
    "matters": ("id", "number", "title", "ladder", "status"),
    "sponsorships": ("matter", "date", "person", "label", "role", "stated", *_PLACE),
    "people": ("id", "name", "labels", "standing", "present"),
    "actions": (
        *("id", "date", "sitting", "item", "matter", "owner", "label", "text", "due", "done", "stated", "rule"),
        *("confirmed", *_PLACE),
    ),
}


def _fields(row: Any, table: str) -> Cells:
    return {column: getattr(row, column) for column in _HEADERS[table] if hasattr(row, column)}


def _sums(amounts: Iterable[Amount]) -> str:
    return "; ".join(f"{each.currency} {each.value}" for each in amounts)


def _first(marks: Iterable[Mark]) -> Cells:
    mark = next(iter(marks), None)
    return {"source": mark.source, "place": mark.place} if mark else {}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_BREAK) else text
