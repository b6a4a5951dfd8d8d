"""What there is of a kind, and how many: list and count.

"Which motions were lost in 2031?"       ("That the lamp be moved.", "That the fee be halved.")
"How many motions did Bell move?"        3
"How often was Bell absent?"             2
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from remembrancer.memory.asking.answer import Fact
from remembrancer.memory.asking.answering.choosing import amends
from remembrancer.memory.asking.answering.deciding import dated, ended, holds, quoted, stated_ones
from remembrancer.memory.asking.answering.forces import force_now
from remembrancer.memory.asking.answering.meaning import Meant, Story
from remembrancer.memory.asking.answering.presence import PUBLIC, seated, there_at
from remembrancer.memory.asking.answering.telling import FACTS, Case, Told, fact, in_short, named, proven
from remembrancer.memory.asking.question import Listed
from remembrancer.model import Action, Decision, Motion, Person, Rung, Vote
from remembrancer.record.persons import fold
from remembrancer.register.rows import Register

ENDS = ("carried", "lost", "tied", "withdrawn", "deferred")
"""What a question may seek that is how something put ended."""


INSTEAD: dict[Listed, tuple[Listed, ...]] = {"motion": ("vote",)}
"""What is listed where there is none of the first: a body may write down no motions, only what was voted on."""


class Entry(NamedTuple):
    """One of what is listed: its value, how a sentence says it, the proof, and its row."""

    value: str
    words: str
    proof: tuple[Fact, ...]
    row: str


def listing(case: Case, meant: Meant) -> Told | None:
    """What there is of what the question asks to list."""
    listed, entries = _entries(case, meant)
    if not entries:
        return None
    values = tuple(dict.fromkeys(entry.value for entry in entries))
    return Told(values, _sentence(case, listed, entries, "list"), _facts(entries), about=_about(entries))


def count(case: Case, meant: Meant) -> Told | None:
    """How many there are of what the question asks to count."""
    listed, entries = _entries(case, meant)
    if not entries:
        return None
    return Told(len(entries), _sentence(case, listed, entries, "count"), _facts(entries), about=_about(entries))


def narrowed(case: Case, meant: Meant) -> bool:
    """Whether a list or a count is of no more and no less than the question asks for: by each thing that it names what
    is listed can be narrowed, and the register has such rows at all."""
    question, listed = case.question, _listed(case, meant)
    unsure = listed == "sitting" and any(_in_short(case, each) for each in meant.people)
    if unsure or not _keeps(case.register, meant.story, listed):
        return False
    unbound = {
        "matter": bool(meant.people or not meant.story.whole or question.choice),
        "person": bool(question.choice or (not question.sought and not meant.story.whole)),
        "vote": False,
    }
    wide = unbound.get(listed, bool(question.choice)) or (question.rung and not question.sought and listed != "matter")
    return listed in _MAKERS and not wide


def _keeps(register: Register, story: Story, listed: Listed) -> bool:
    """Whether a story has any rows of a kind, so that to have none of those asked for tells something."""
    rows: dict[str, Sequence[Any]] = {
        "decision": story.decisions,
        "motion": story.motions or story.votes,
        "vote": story.votes,
        "matter": register.matters,
        "action": story.actions,
    }
    return bool(rows.get(listed, register.people or register.matters))


def _in_short(case: Case, person: Person) -> bool:
    """Whether somebody who goes by one part of this person's name alone was at sittings where this person is not on
    the roll: they may be one, so that nobody can say how many sittings there were."""
    parts = set(fold(person.name).split())
    own = {row.sitting for row in person.presences}
    others = (row for row in case.register.people if len(parts) > 1 and row.id != person.id and fold(row.name) in parts)
    return any(each.sitting not in own for other in others for each in other.presences)


def _sentence(case: Case, listed: Listed, entries: list[Entry], family: str) -> str:
    things = case.sentences.word("one" if len(entries) == 1 else "many", listed)
    dates = [entry.proof[0].date for entry in entries]
    lines = in_short(case, [entry.words for entry in entries], [entry.value for entry in entries], dates)
    return case.say(f"lists.{family}", count=len(entries), things=things, lines=lines)


def _facts(entries: list[Entry]) -> tuple[Fact, ...]:
    return tuple(each for entry in entries for each in entry.proof)[:FACTS]


def _about(entries: list[Entry]) -> tuple[str, ...]:
    return tuple(entry.row for entry in entries[:FACTS] if entry.row)


def _listed(case: Case, meant: Meant) -> Listed:
    """What is listed; where the question does not say, what people do is to move, and what a body does to decide."""
    if case.question.listed:
        return case.question.listed
    if case.question.sought in ("present", "absent"):
        return "sitting" if meant.people else "person"
    if case.question.rung:
        return "matter"
    if case.question.sought in ENDS:
        return "motion" if meant.story.motions else "vote"
    return "motion" if meant.people else "decision"


def _entries(case: Case, meant: Meant) -> tuple[Listed, list[Entry]]:
    """What is listed, and the entries that the record proves."""
    listed = _listed(case, meant)
    if case.question.negated and not (case.question.sought or case.question.rung):
        return listed, []
    for kind in (listed, *INSTEAD.get(listed, ())):
        make = _MAKERS.get(kind)
        entries = [entry for entry in make(case, meant) if entry.proof] if make else []
        if entries:
            return kind, entries
    return listed, []


def _decisions(case: Case, meant: Meant) -> Iterator[Entry]:
    theirs = {row.id for row in _moved(case, meant)} if meant.people else None
    rows = [
        row
        for row in meant.story.decisions
        if case.meant(row) and _as_sought(case, row) and (theirs is None or row.motion in theirs)
    ]
    for row in stated_ones(rows):
        yield _entry(case, row, "decision", row.number or row.text or row.title, named(row))


def _motions(case: Case, meant: Meant) -> Iterator[Entry]:
    for row in stated_ones(_moved(case, meant)):
        if _as_sought(case, row):
            yield _entry(case, row, "motion", row.text or row.number)


def _moved(case: Case, meant: Meant) -> list[Motion]:
    """The motions of the days meant, of those whom the question names."""
    ids = {person.id for person in meant.people}
    part = "seconder" if case.question.kind == "seconder" else "mover"
    return [row for row in meant.story.motions if case.meant(row) and (not ids or getattr(row, part) in ids)]


def _votes(case: Case, meant: Meant) -> Iterator[Entry]:
    rows = [row for row in meant.story.votes if case.meant(row) and _as_sought(case, row) and _cast(case, meant, row)]
    if case.question.listed == "motion" and not amends(case.question.text):
        rows = [row for row in rows if not amends(named(row))] or rows
    for row in stated_ones(rows):
        yield _entry(case, row, "vote", named(row))


def _cast(case: Case, meant: Meant, row: Vote) -> bool:
    """Whether those named cast a ballot, of the choice that the question names; without names whether anybody did."""
    ids = {person.id for person in meant.people}
    if not ids and not case.question.choice:
        return True
    cast = {each.choice for each in row.ballots if not ids or each.person in ids}
    return bool(cast) and (case.question.choice in cast if case.question.choice else True)


def _matters(case: Case, meant: Meant) -> Iterator[Entry]:
    asked = fold(case.question.rung)
    for row in case.register.matters:
        rungs = [each for each in row.rungs if each.marks and case.reached(each.date)]
        proof: Iterable[Any] = row.debates
        if asked:
            proof = _standing(case, rungs, asked)
        elif case.question.period or case.question.sittings:
            proof = [each for each in row.debates if case.meant(each)]
        shown = [fact("matter", row.number or row.title, each)._replace(row=row.id) for each in proof]
        yield Entry(row.number or row.title, named(row), proven(shown)[:1], row.id)


def _standing(case: Case, rungs: list[Rung], asked: str) -> list[Rung]:
    """The rung on which a matter stands, if it is the one asked for, or another where the contrary is asked; of days
    that begin somewhere the one that it came to on one of them."""
    period = case.question.period
    if period and period.first and not case.question.negated:
        return [each for each in rungs if fold(each.status) == asked and period.holds(each.date)]
    return rungs[-1:] if rungs and (fold(rungs[-1].status) == asked) != case.question.negated else []


def _sittings(case: Case, meant: Meant) -> Iterator[Entry]:
    """The sittings meant; with people those at which they were, or were not."""
    if meant.people:
        wanted = case.question.sought != "absent"
        for each in there_at(case, meant):
            if each.present == wanted:
                yield Entry(each.date, case.sentences.date(each.date), each.facts(), each.person.id)
        return
    seen: dict[str, Any] = {}
    for row in sorted(_held(case, meant), key=lambda row: row.date):
        if row.sitting and row.date and row.marks and case.meant(row):
            seen.setdefault(row.sitting, row)
    for sitting, row in seen.items():
        yield Entry(
            row.date,
            case.sentences.date(row.date),
            proven([fact("sitting", row.date, row)._replace(row=sitting)]),
            sitting,
        )


def _held(case: Case, meant: Meant) -> Iterator[Any]:
    """Whatever shows that a sitting was held: of a matter its debates, else rolls and business."""
    if meant.story.matter:
        yield from meant.story.matter.debates
        return
    yield from (each for row in case.register.people for each in row.presences)
    yield from (each for row in case.register.matters for each in row.debates)
    yield from (*meant.story.motions, *meant.story.votes, *meant.story.decisions, *case.register.quorums)


def _people(case: Case, meant: Meant) -> Iterator[Entry]:
    """Who was there, or was not, at the sittings meant; else who holds a seat. The public is not listed."""
    if case.question.sought in ("present", "absent") or case.question.sittings:
        wanted = case.question.sought != "absent"
        for each in there_at(case, meant):
            if each.present == wanted:
                yield Entry(each.person.name, each.person.name, each.facts(), each.person.id)
        return
    for person in case.register.people:
        seats = [row for row in person.memberships if seated(case, row)]
        shown = [fact("seat", row.role or person.name, row)._replace(row=person.id) for row in seats]
        if person.standing != PUBLIC:
            yield Entry(person.name, person.name, proven(shown), person.id)


def _actions(case: Case, meant: Meant) -> Iterator[Entry]:
    ids = {person.id for person in meant.people}
    for row in stated_ones(row for row in meant.story.actions if case.meant(row) and (not ids or row.owner in ids)):
        yield _entry(case, row, "action", row.text)


def _entry(case: Case, row: Decision | Motion | Vote | Action, name: str, value: str, called: str = "") -> Entry:
    words = case.say("lists.line", text=quoted(case, called or value), when=dated(case, row))
    return Entry(value, words, proven([fact(name, value, row)]), row.id)


def _as_sought(case: Case, row: Decision | Motion | Vote) -> bool:
    """Whether a row came out as the question seeks, or otherwise where it asks for the contrary; a row of which the
    record does not say does neither."""
    sought = case.question.sought
    if not sought:
        return True
    if isinstance(row, Decision) and sought in ("in-force", "repealed", "suspended", "lapsed"):
        found: bool | None = force_now(case, row) == sought if row.turns else None
    else:
        came = ended(case.register, row)
        found = holds(sought, [came]) if came else None
    return found is not None and found != case.question.negated


_MAKERS: dict[str, Callable[[Case, Meant], Iterator[Entry]]] = {
    "decision": _decisions,
    "motion": _motions,
    "vote": _votes,
    "matter": _matters,
    "sitting": _sittings,
    "person": _people,
    "action": _actions,
}
