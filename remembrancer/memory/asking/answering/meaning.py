"""What a question may mean in a register: the rows that tell of what it names, and the people.

"the vote on the footbridge"    the matter of the footbridge with its motions, votes and decisions: one story

Rows that are as well meant as each other and are of one matter, or lead to one another (a motion, its vote, its
decision), are one story and no ambiguity; those of different matters are so many things the question may mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from remembrancer.memory.asking.answering.ownership import of_others
from remembrancer.memory.asking.question import Mention, Question, Subject
from remembrancer.model import Action, Decision, Matter, Motion, Person, Vote
from remembrancer.read.dates import days
from remembrancer.record.persons import fold
from remembrancer.register.rows import Register, Row

TIED = 0.01
"""Greatest difference of two scores that are as good as each other."""
READINGS = 12
"""Most things that a question may mean before it is too vague to list them."""


@dataclass(frozen=True, slots=True)
class Story:
    """The rows that tell of one thing. ``named`` are those that the question names, ``matter`` the matter if it is
    among them; the others are theirs. ``several`` where more than one thing was put or done in it; ``called`` is
    the title that the question uses of the matter's; ``whole`` where nothing is named and all of the register meant."""

    named: tuple[Row, ...] = ()
    matter: Matter | None = None
    motions: tuple[Motion, ...] = ()
    votes: tuple[Vote, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    several: bool = False
    called: str = ""

    @property
    def whole(self) -> bool:
        return not self.named

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that stand for the story: its matter's, else those of the rows named."""
        return (self.matter.id,) if self.matter else tuple(row.id for row in self.named)


class Meant(NamedTuple):
    """One of the things a question may mean."""

    story: Story
    people: tuple[Person, ...] = ()


def meanings(question: Question, register: Register) -> tuple[Meant, ...] | None:
    """All that a question may mean; None where it names something that the register does not know, or far too much."""
    if any(not mention.subjects for mention in (*question.about, *question.people)):
        return None
    told = [tuple(_stories(mention, register)) for mention in question.about]
    people = _joined([tuple(_people(mention, register)) for mention in question.people])
    if not all(told) or not all(people):
        return None
    named = tuple(product(*people))
    stories = _together(told) if told else (_whole(register),)
    found = tuple(Meant(story, persons) for story in stories for persons in named)
    return found if len(found) <= READINGS else None


def under_one_title(meant: Sequence[Meant]) -> list[Meant]:
    """What is meant, matters without a number that go by one title as one: that of each year is no other thing."""
    groups: dict[tuple[str, ...], list[Meant]] = {}
    for each in meant:
        matter = each.story.matter
        key = (fold(matter.title),) if matter and matter.title and not matter.number else each.story.ids
        groups.setdefault((*key, "", *(person.id for person in each.people)), []).append(each)
    return [_as_one(group) for group in groups.values()]


def _as_one(meant: Sequence[Meant]) -> Meant:
    """Several matters with all that is theirs as one."""
    stories, first = [each.story for each in meant], meant[0]
    if len(meant) < 2 or first.story.matter is None:
        return first
    debates = sorted(
        (each for story in stories if story.matter for each in story.matter.debates), key=lambda it: it.date
    )
    matter = replace(first.story.matter, debates=tuple(debates))
    rows = _by_kind(row for story in stories for row in _rows(story))
    named = tuple(row for story in stories for row in story.named)
    return first._replace(story=Story(named, matter, *rows, several=True, called=first.story.called))


def within(question: Question, date: str, sitting: str = "") -> bool:
    """Whether something lies in the days and sittings that the question means."""
    if question.sittings and sitting not in question.sittings:
        return False
    return question.period is None or question.period.holds(date)


def by_then(date: str, limit: str) -> bool:
    """Whether an EDTF date lies wholly up to a day; every date does where there is no limit, an undated one never."""
    known, last = days(date), days(limit)
    return last is None or (known is not None and known.last <= last.last)


def _stories(mention: Mention, register: Register) -> Iterator[Story]:
    """The stories of those that a mention may mean best."""
    rows = [row for row in _best_rows(mention, register) if not isinstance(row, Person)]
    for together in _grouped([(row, _around(row, register)) for row in rows]):
        story = _story(together)
        yield replace(story, called=_title_used(story, mention.words))


def of_rows(rows: Iterable[Row], register: Register) -> Story:
    """The one story that these rows and those around them tell."""
    named = list(rows)
    around = {identity: each for row in named for identity, each in _around(row, register).items()}
    return _story((named, around))


def _title_used(story: Story, words: str) -> str:
    """Which of a matter's titles the question uses; empty where none as it stands."""
    titles = story.matter.titles if story.matter else ()
    return next((title for title in titles if fold(title) == fold(words)), "")


def best(mention: Mention) -> Sequence[Subject]:
    """The subjects of a mention that are as good as the first."""
    return [each for each in mention.subjects if each.score >= mention.subjects[0].score - TIED]


def _people(mention: Mention, register: Register) -> Iterator[Person]:
    yield from (row for row in _best_rows(mention, register) if isinstance(row, Person))


def _best_rows(mention: Mention, register: Register) -> list[Row]:
    """The rows that a mention may mean best, each once."""
    found = (register.get(subject.row) for subject in best(mention))
    return list({row.id: row for row in found if row is not None}.values())


def _joined(people: Iterable[tuple[Person, ...]]) -> list[tuple[Person, ...]]:
    """Those whom several mentions may mean alike, once: of ``Ann`` and ``Bell`` the one Ann Bell."""
    joined: list[tuple[Person, ...]] = []
    for each in people:
        alike = next((other for other in joined if {one.id for one in other} & {one.id for one in each}), None)
        if alike is None:
            joined.append(each)
        else:
            ids = {one.id for one in alike}
            joined[joined.index(alike)] = tuple(one for one in each if one.id in ids)
    return joined


def _around(row: Row, register: Register) -> Mapping[str, Row]:
    """A row and those that tell the same story: of a matter all its rows, else what its links lead to."""
    found: dict[str, Row] = {}
    waiting: list[Row] = [row]
    while waiting:
        each = waiting.pop()
        if each.id not in found:
            found[each.id] = each
            waiting += _next(each, register)
    return found


def _next(row: Row, register: Register) -> Iterator[Row]:
    """The rows one step from a row; an amendment is a story of its own beside the motion that it amends."""
    linked = register.linked(row.id)
    match row:
        case Matter():
            decided = (register.get(each) for each in row.decisions)
            rows = [*linked, *(each for each in decided if isinstance(each, Decision))]
            others = of_others(rows, row, register)
            yield from (each for each in rows if each.id not in others)
        case Motion():
            yield from (each for each in linked if not isinstance(each, Motion))
            yield from _known(register, (row.vote,))
        case Vote():
            yield from linked
            yield from _known(register, (row.motion,))
        case Decision():
            yield from _known(register, (row.motion, row.vote))


def _known(register: Register, ids: Iterable[str]) -> Iterator[Row]:
    yield from (row for each in ids if each and (row := register.get(each)) is not None)


def _grouped(rows: Sequence[tuple[Row, Mapping[str, Row]]]) -> list[tuple[list[Row], dict[str, Row]]]:
    """Rows with those around them, joined where they share one or are of one matter."""
    groups: list[tuple[list[Row], dict[str, Row], set[str]]] = []
    for row, around in rows:
        keys = {*around, _matter_of(row)} - {""}
        joined = [group for group in groups if not keys.isdisjoint(group[2])]
        groups = [group for group in groups if group not in joined]
        named = [each for group in joined for each in group[0]]
        merged = {identity: each for group in joined for identity, each in group[1].items()}
        groups.append(([*named, row], merged | dict(around), keys.union(*(group[2] for group in joined))))
    return [(named, around) for named, around, _ in groups]


def _matter_of(row: Row) -> str:
    return row.id if isinstance(row, Matter) else getattr(row, "matter", "")


def _story(together: tuple[list[Row], dict[str, Row]]) -> Story:
    named, around = together
    matter = next((row for row in named if isinstance(row, Matter)), None)
    motions, votes, decisions, actions = _by_kind(around.values())
    several = max(map(len, (motions, votes, decisions))) > 1
    return Story(tuple(named), matter, motions, votes, decisions, actions, several)


def _by_kind(
    rows: Iterable[Row],
) -> tuple[tuple[Motion, ...], tuple[Vote, ...], tuple[Decision, ...], tuple[Action, ...]]:
    """Rows of each kind by date, then as their documents have them."""
    ordered = sorted(rows, key=lambda row: (getattr(row, "date", ""), *_beginning(row), row.id))
    return (
        tuple(row for row in ordered if isinstance(row, Motion)),
        tuple(row for row in ordered if isinstance(row, Vote)),
        tuple(row for row in ordered if isinstance(row, Decision)),
        tuple(row for row in ordered if isinstance(row, Action)),
    )


def _beginning(row: Row) -> tuple[str, int]:
    marks = getattr(row, "marks", ())
    return (marks[0].source, marks[0].start) if marks else ("", 0)


def _whole(register: Register) -> Story:
    return Story((), None, register.motions, register.votes, register.decisions, register.actions, several=True)


def _together(told: Sequence[Sequence[Story]]) -> tuple[Story, ...]:
    """Several mentions name one thing where their rows meet ("the amendment" and "the footbridge"); else the first
    is what is asked about."""
    stories = tuple(told[0])
    for others in told[1:]:
        meeting = tuple(met for one in stories for other in others if (met := _meeting(one, other)))
        stories = meeting or stories
    return stories


def _meeting(one: Story, other: Story) -> Story | None:
    """What two stories share; None where they share nothing."""
    if one.matter and one.matter == other.matter:
        return one
    theirs = {row.id for row in _rows(other)}
    shared = [row for row in _rows(one) if row.id in theirs]
    if not shared:
        return None
    ids = {row.id for row in shared}
    named = tuple(row for row in (*one.named, *other.named) if row.id in ids)
    return Story(named or tuple(shared), None, *_by_kind(shared))


def _rows(story: Story) -> tuple[Row, ...]:
    return (*story.motions, *story.votes, *story.decisions, *story.actions)
