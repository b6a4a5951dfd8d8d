"""Who was there: attendance, the offices held, and whether there was a quorum.

"Was Bell at the meeting of 5 May?"     absent
"Who was absent at the last meeting?"   ("A. Bell", "C. Cole")
"Who was chair in 2031?"                E. Egan
"Was there a quorum?"                   yes
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from remembrancer.memory.asking.answer import Fact
from remembrancer.memory.asking.answering.meaning import Meant
from remembrancer.memory.asking.answering.sentences import beside
from remembrancer.memory.asking.answering.telling import FACTS, Case, Line, Told, fact, proven, told_lines
from remembrancer.model import Membership, Person, Presence, Quorum
from remembrancer.record.persons import fold

NAMED = {True: "present", False: "absent"}
PUBLIC = "public"
DIFFER = ("attendance-differs", "present-and-absent")
"""Codes of notices that rolls of one sitting say otherwise of somebody."""


class There(NamedTuple):
    """Somebody at a sitting: what the rolls of the strongest authority say of them there, and all that do."""

    person: Person
    date: str
    sitting: str
    strongest: tuple[Presence, ...]
    rows: tuple[Presence, ...]

    @property
    def present(self) -> bool:
        """Whether they were there for a part of it at least."""
        return any(row.present for row in self.strongest)

    def facts(self) -> tuple[Fact, ...]:
        """What proves that they were there, or were not: their name under ``present`` or ``absent``."""
        return self._as_facts(row for row in self.rows if row.present == self.present)

    def otherwise(self) -> tuple[Fact, ...]:
        """What another document says to the contrary."""
        own = {each.source for row in self.rows if row.present == self.present for each in row.marks}
        rows = (row for row in self.rows if row.present != self.present)
        return self._as_facts(row for row in rows if own.isdisjoint(each.source for each in row.marks))

    def _as_facts(self, rows: Iterable[Presence]) -> tuple[Fact, ...]:
        return proven(
            fact(NAMED[bool(row.present)], self.person.name, row)._replace(row=self.person.id) for row in rows
        )


def attendance(case: Case, meant: Meant) -> Told | None:
    """Whether the people named were at the sittings meant; who was there, or not; or who held an office."""
    if case.question.role:
        return _office(case, meant)
    if not meant.people and not (case.question.sittings or case.question.period):
        return None
    found = list(there_at(case, meant))
    if meant.people:
        return _of_people(case, found)
    return _of_sitting(case, found)


def there_at(case: Case, meant: Meant) -> Iterator[There]:
    """Who is in the rolls of the sittings meant, the public left out; of a story those at which it was on the order of
    business."""
    sittings = {row.sitting for row in meant.story.matter.debates} if meant.story.matter else None
    for person in meant.people or case.register.people:
        if person.standing == PUBLIC:
            continue
        by_sitting: dict[tuple[str, str], list[Presence]] = {}
        for row in person.presences:
            if (
                row.present is not None
                and row.marks
                and case.meant(row)
                and (sittings is None or row.sitting in sittings)
            ):
                by_sitting.setdefault((row.date, row.sitting), []).append(row)
        for (date, sitting), rows in sorted(by_sitting.items()):
            yield There(person, date, sitting, tuple(_strongest(case, rows)), tuple(rows))


def _strongest(case: Case, rows: Sequence[Presence]) -> Iterator[Presence]:
    """Of the rolls that tell of one sitting those of the greatest authority."""
    ranks = [max(case.authority(each.source)[0] for each in row.marks) for row in rows]
    yield from (row for row, rank in zip(rows, ranks, strict=True) if rank == max(ranks))


def _of_people(case: Case, found: list[There]) -> Told | None:
    """The presence of each person named at each sitting meant."""
    lines = [_line(case, each) for each in found]
    told = told_lines(case, lines, "attendance", "")
    if told is None:
        return None
    sought = {"present": True, "absent": False}.get(case.question.sought, True)
    was = {each.present for each in found}
    labels = {label for each in found for label in (each.person.name, *each.person.labels)}
    noticed = (each for each in _noticed(case, found) if any(label in each.value for label in labels))
    holds = was.pop() == sought if len(was) == 1 else None
    return _disputed(case, told._replace(holds=holds), (*(one for each in found for one in each.otherwise()), *noticed))


def _noticed(case: Case, found: Iterable[There]) -> Iterator[Fact]:
    """What the register found of rolls of these sittings that say otherwise, in weaker documents."""
    sittings = {each.sitting for each in found}
    for row in case.register.notices:
        if row.code in DIFFER and row.sitting in sittings and case.meant(row):
            yield fact(row.code, row.message, row)


def _disputed(case: Case, told: Told, conflicting: Iterable[Fact]) -> Told:
    """What is told, with what says otherwise beside it."""
    otherwise = proven(conflicting)
    sentence = f"{told.sentence} {case.say('conflict.attendance')}" if otherwise else told.sentence
    return told._replace(sentence=sentence, conflicting=otherwise)


def _line(case: Case, each: There) -> Line:
    said = NAMED[each.present]
    words = case.say(
        "attendance.line",
        name=each.person.name,
        said=case.sentences.word("presence", said),
        when=case.sentences.when(each.date),
    )
    shown = tuple(proof._replace(name="attendance", value=said) for proof in each.facts())
    return Line(said, words, shown, each.person.id)


def _of_sitting(case: Case, found: list[There]) -> Told | None:
    """The names of those who were there, or were not, at the one sitting meant, or at each of several; nothing of one
    whose roll names nobody so, as that does not say that there was nobody."""
    wanted = case.question.sought != "absent"
    lines = []
    for date, sitting in sorted({(each.date, each.sitting) for each in found}):
        there = [each for each in found if each.sitting == sitting and each.date == date]
        named_so = sorted((each for each in there if each.present == wanted), key=_in_roll)
        if named_so:
            lines.append(_names_line(case, date, sitting, named_so))
    told = told_lines(case, lines, "absent" if not wanted else "present", "")
    if told is None:
        return None
    names = tuple(dict.fromkeys(each.person.name for each in found if each.present == wanted))
    ordered = tuple(name for line in lines for name in line.value.split("\n") if name in names)
    return _disputed(case, told._replace(value=tuple(dict.fromkeys(ordered))), _noticed(case, found))


def _in_roll(each: There) -> tuple[str, int]:
    mark = each.rows[0].marks[0]
    return mark.source, mark.start


def _names_line(case: Case, date: str, sitting: str, named_so: list[There]) -> Line:
    title = case.called(sitting)
    names = case.sentences.listing([each.person.name for each in named_so])
    words = case.say(
        "present.line", names=names, when=case.sentences.when(date), sitting=f" ({title})" if title else ""
    )
    facts = tuple(item for each in named_so[:FACTS] for item in each.facts())
    return Line("\n".join(each.person.name for each in named_so), words, facts)


def _office(case: Case, meant: Meant) -> Told | None:
    """Who held an office in the days meant, by the rolls and by seats."""
    lines = []
    for person in meant.people or case.register.people:
        if person.standing == PUBLIC:
            continue
        held = [
            row
            for row in person.presences
            if _office_held(row, case.question.role) and row.present is not False and case.meant(row)
        ]
        seats = [row for row in person.memberships if _office_held(row, case.question.role) and seated(case, row)]
        rows: list[Presence | Membership] = [*held, *seats]
        facts = proven(
            fact("office", f"{person.name}, {_office_held(row, case.question.role)}", row)._replace(row=person.id)
            for row in rows
        )
        lines.append(Line(person.name, person.name, facts, person.id))
    told = told_lines(case, lines, "office", case.question.role)
    if told is None:
        return None
    return told._replace(holds=True if meant.people and case.question.closed else None)


def _office_held(row: Presence | Membership, asked: str) -> str:
    """The office asked for as a row has it: by its role, or as one of the offices held at that sitting."""
    held = (row.role, *row.offices) if isinstance(row, Presence) else (row.role,)
    return next((role for role in held if _is_office(role, asked)), "")


def _is_office(role: str, asked: str) -> bool:
    """Whether a role as written is the office asked for: ``Town Mayor`` is a mayor, ``Deputy Mayor`` is none."""
    words, wanted = fold(role).split(), fold(asked).split()
    added = [word for word in words if word not in wanted]
    return bool(wanted) and set(wanted) <= set(words) and not any(beside("offices").match(word) for word in added)


def seated(case: Case, row: Membership) -> bool:
    """Whether a seat was held on some of the days meant; one that is not known to have ended still is."""
    period = case.question.period
    if period is None:
        return not row.until
    begun = not row.since or not period.last or row.since <= period.last
    return begun and (not row.until or not period.first or row.until >= period.first)


def quorum(case: Case, meant: Meant) -> Told | None:
    """Whether there was a quorum: as the document says, else as the rules make it of the roll."""
    sittings = {row.sitting for row in meant.story.matter.debates} if meant.story.matter else None
    if sittings is None and not (case.question.sittings or case.question.period):
        return None
    rows = [row for row in case.register.quorums if case.meant(row) and (sittings is None or row.sitting in sittings)]
    there = [each for each in there_at(case, meant._replace(people=())) if each.present]
    told = told_lines(case, [_quorum_line(case, row, there) for row in rows if row.marks], "quorum", "")
    if told is None:
        return None
    conflicting = tuple(fact("computed", _computed(row), row, row.marks) for row in rows if _differs(row))
    sentence = f"{told.sentence} {case.say('conflict.quorum')}" if conflicting else told.sentence
    holds = {"yes": True, "no": False}.get(str(told.value))
    return told._replace(sentence=sentence, conflicting=conflicting, holds=holds)


def _quorum_line(case: Case, row: Quorum, there: Sequence[There]) -> Line:
    """Whether there was a quorum, with how many were there if the roll names as many."""
    said = {True: "yes", False: "no"}[row.stated] if row.stated is not None else _computed(row)
    named_so = [each for each in there if each.sitting == row.sitting]
    counted = named_so if len(named_so) == row.present else []
    numbers = case.say("quorum.numbers", present=len(counted)) if counted else ""
    words = case.say(
        "quorum.line", when=case.sentences.when(row.date), quorum=case.sentences.word("quorum", said), numbers=numbers
    )
    facts = (fact("quorum", said, row), *(proof for each in counted for proof in each.facts()[:1]))
    return Line(said, words, facts, row.sitting)


def _computed(row: Quorum) -> str:
    return {"met": "yes", "not met": "no"}.get(row.computed.outcome, "not determinable")


def _differs(row: Quorum) -> bool:
    stated = {True: "yes", False: "no"}.get(row.stated) if row.stated is not None else None
    return stated is not None and _computed(row) not in (stated, "not determinable")
