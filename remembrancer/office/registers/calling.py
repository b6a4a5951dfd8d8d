"""Rows by what people call them: an id, a former id, a number (``2024/16``), a title or a name.

What is called so exactly comes before what only has it in its name or words; where several fit, none is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from remembrancer.model import Action, Decision, Exit, Fault, Matter, Motion, Person, Principal, Vote
from remembrancer.record.persons import fold, name_of
from remembrancer.register.rows import Register, Row
from remembrancer.saying import Sentence, Term, either, joined

LISTED = 5
"""How many of those that fit are named."""

_LISTS = {
    "decision": "decisions",
    "matter": "matters",
    "motion": "motions",
    "vote": "votes",
    "person": "people",
    "action": "actions",
}
"""The command that lists each kind of row."""


def find(register: Register, principal: Principal, kinds: tuple[type[Row], ...], asked: str) -> Row:
    """The one row of these kinds that is asked for. A Fault: refused where there is none, usage where several fit."""
    row = register.get(asked)
    if isinstance(row, kinds):
        return row
    fitting = _fitting([each for each in register.rows() if isinstance(each, kinds)], asked)
    if len(fitting) == 1:
        return fitting[0]
    names = [each.__name__.lower() for each in kinds]
    kind = either([Term("one", name) for name in names])
    if not fitting:
        lists = either([_LISTS[name] for name in names])
        where = Sentence("The ids stand in what %(lists)s prints.", lists=lists)
        if len(names) > 1:
            where = Sentence("The ids stand in what %(lists)s print.", lists=lists)
        what = Sentence(
            "There is no %(kind)s %(asked)s that %(who)s may see.",
            kind=kind,
            asked=repr(asked),
            who=principal.name,
        )
        raise Fault(Exit.REFUSED, what, where)
    some = [f"{each.id} {title(each)}" for each in fitting[:LISTED]]
    more = [Sentence("and %(n)s more", n=len(fitting) - LISTED)] if len(fitting) > LISTED else []
    raise Fault(
        Exit.USAGE,
        Sentence("%(asked)s fits more than one %(kind)s.", asked=repr(asked), kind=kind),
        Sentence("Name one by its id: %(some)s.", some=joined("; ", [*some, *more])),
    )


def title(row: Row) -> str:
    """What a row is called where it stands beside others like it."""
    if isinstance(row, Person):
        wards = sorted({seat.affiliation for seat in row.memberships if seat.affiliation})
        return f"{row.name} ({', '.join(wards)})" if wards else row.name
    called = (getattr(row, name, "") for name in ("title", "text", "question"))
    return next(filter(None, called), "")[:60]


def _fitting(rows: Sequence[Row], asked: str) -> list[Row]:
    """Those called exactly so; else those that have it in their name or words."""
    if not fold(asked):
        return []
    exactly = [row for row in rows if _key(row, asked) in _folded(row, _called(row))]
    return exactly or [
        row for row in rows if any(_key(row, asked) in said for said in _folded(row, (*_called(row), *_words(row))))
    ]


def _called(row: Row) -> tuple[str, ...]:
    """The names of a row."""
    match row:
        case Person():
            return (row.name, *row.labels)
        case Matter():
            return (row.title, row.number, *row.titles)
        case Decision():
            return (row.number, row.title)
        case Motion() | Vote():
            return (row.number,)
    return ()


def _words(row: Row) -> tuple[str, ...]:
    """The words of a row that has no name of its own."""
    match row:
        case Decision() | Motion() | Action():
            return (row.text,)
        case Vote():
            return (row.question,)
    return ()


def _folded(row: Row, said: Sequence[str]) -> tuple[str, ...]:
    return tuple(_key(row, each) for each in said if each)


def _key(row: Row, said: str) -> str:
    """What is said of a row without what does not matter; of a person also without titles."""
    return name_of(said).key if isinstance(row, Person) else fold(said)
