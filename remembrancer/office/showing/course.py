"""The course of a sitting: who was there, and what was on, said and written, in the order of the document, by pages.

A sitting may hold thousands of speeches, so that no more of it is put into words than one page shows. What was moved,
voted, decided and promised stands with the item it belongs to, as the register has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from posixpath import basename, splitext
from typing import NamedTuple

from remembrancer.access import may_do
from remembrancer.memory.views import (
    AttendeeView,
    FindingView,
    ItemView,
    SittingLine,
    SpeechView,
    TextView,
    finding_views,
    item_view,
    speech_view,
    text_view,
)
from remembrancer.model import (
    Action,
    Authority,
    Decision,
    Item,
    Motion,
    Principal,
    Proceedings,
    Sha256,
    Spans,
    Speech,
    Text,
    Vote,
)
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.naming import Names, known_ids
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registered_views import ActionView, DecisionView, MotionView, NoticeView, VoteView
from remembrancer.office.showing import shown
from remembrancer.record.persons import persons_of
from remembrancer.register.rows import Register

PAGE = 100
"""Passages on one page of a sitting."""

Part = ItemView | SpeechView | TextView
Element = Item | Speech | Text
Row = Motion | Vote | Decision | Action


class Account(NamedTuple):
    """A document that tells a sitting, and how many speeches; ``prevails``: shown unless another is asked for."""

    source: Sha256
    path: str
    authority: Authority
    recorded: str
    day: str
    speeches: int
    prevails: bool


class Heading(NamedTuple):
    """An item in the order of business: the page it begins on, and how many speeches stand under it."""

    item: ItemView
    page: int
    speeches: int


@dataclass(frozen=True, slots=True)
class Course:
    """A sitting, and one page of what it says; ``source`` is the document asked for, or empty for those that prevail.
    ``page`` is 0 where ``parts`` are all there are."""

    id: str
    title: str
    dates: tuple[str, ...]
    venue: str
    authority: Authority
    language: str
    accounts: tuple[Account, ...]
    source: Sha256
    attendance: tuple[AttendeeView, ...]
    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]
    page: int
    pages: int
    speeches: int


class Business(NamedTuple):
    """What was moved, voted, decided and promised under one item, or under none."""

    motions: tuple[MotionView, ...] = ()
    votes: tuple[VoteView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()
    actions: tuple[ActionView, ...] = ()


class _Placed(NamedTuple):
    """An element with the document it stands in, by its rank among those that are shown."""

    element: Element
    telling: int


def calendar(bureau: Bureau, principal: Principal) -> tuple[SittingLine, ...]:
    """Every sitting, earliest first, the undated last; remembered until the record grows."""
    return bureau.derived(principal, "calendar", lambda: tuple(shown.sittings(bureau, principal)))


def marks(bureau: Bureau, principal: Principal) -> Mapping[str, str]:
    """What tells a sitting, by its id, from others that began on the same day, or that have none. The record knows no
    hours."""
    return bureau.derived(principal, "marks", lambda: _marks(bureau, calendar(bureau, principal)))


def _marks(bureau: Bureau, lines: Sequence[SittingLine]) -> dict[str, str]:
    days: dict[tuple[str, ...], list[SittingLine]] = defaultdict(list)
    for line in lines:
        days[line.dates[:1]].append(line)
    alike = (each for each in days.values() if len(each) > 1)
    return {identity: mark for together in alike for identity, mark in _told_apart(bureau, together)}


def _told_apart(bureau: Bureau, lines: Sequence[SittingLine]) -> Iterator[tuple[str, str]]:
    """The id of each sitting, with its title where no other has it, else the name of its first document, else that
    document's path."""
    named = [(line.title, *_names(bureau, line)) for line in lines]
    times = Counter(name for names in named for name in set(names))
    for line, names in zip(lines, named, strict=True):
        yield line.id, next((name for name in names if name and times[name] == 1), names[-1])


def _names(bureau: Bureau, line: SittingLine) -> tuple[str, str]:
    """The name of a sitting's first document without the letters for its kind, and its path."""
    source = bureau.catalog.source(line.sources[0])
    path = source.path.replace("\\", "/") if source else ""
    return splitext(basename(path))[0], path


def course(
    bureau: Bureau,
    principal: Principal,
    identity: str,
    at: str = "",
    page: int = 1,
    source: Sha256 = "",
    size: int = PAGE,
) -> Course:
    """A page of a sitting: the one on which the element ``at`` stands, or by its number; all of it where ``size`` is 0.
    A Fault (refused) where there is no such sitting, or no such source of it, that the principal may see."""
    resolved = bureau.catalog.resolve(identity)
    told = shown.tellings(bureau, principal, resolved)
    prevailing = shown.prevailing(bureau, told)
    chosen = [each for each in told if each.seen.source.sha == source] if source else prevailing
    if not resolved.startswith("sitting-") or not chosen:
        raise shown.nothing(bureau, principal, identity)
    placed = [
        _Placed(element, rank)
        for rank, each in enumerate(chosen)
        for element in in_order(bureau.view(each.seen).proceedings, each.ordinal)
    ]
    number = _page_of(placed, at, size) or max(1, min(page, _pages(len(placed), size)))
    on_page = placed[(number - 1) * size : number * size] if size else placed
    whole = [bureau.view(each.seen).proceedings.sittings[each.ordinal] for each in chosen]
    names = bureau.derived(principal, "ids of people", lambda: known_ids(bureau, principal))
    words = _Words(bureau, names, chosen)
    return Course(
        id=resolved,
        title=next((each.title for each in whole if each.title), ""),
        dates=tuple(sorted({date.value for each in whole for date in each.dates})),
        venue=next((each.venue for each in whole if each.venue), ""),
        authority=max((each.seen.source for each in chosen), key=bureau.strength).authority,
        language=bureau.view(chosen[0].seen).proceedings.language,
        accounts=tuple(_accounts(bureau, told, prevailing)),
        source=source,
        attendance=tuple(shown.attendee(names, line) for each in whole for line in each.attendance),
        headings=tuple(_headings(bureau, placed, chosen, words, size)),
        parts=tuple(map(words.of, on_page)),
        page=number if size else 0,
        pages=_pages(len(placed), size),
        speeches=sum(isinstance(each.element, Speech) for each in placed),
    )


def in_order(proceedings: Proceedings, sitting: int) -> list[Element]:
    """What one sitting of a document says, as it stands there; of an item that may only be known to exist nothing does,
    and it comes before the next item."""
    items = [item for item in proceedings.items if item.sitting == sitting]
    following, starts = inf, dict[str, float]()
    for item in reversed(items):
        following = item.spans[0].start if item.spans else following
        starts[item.id] = following
    placed: list[tuple[float, bool, Element]] = [(starts[item.id], bool(item.spans), item) for item in items]
    placed += [(_start(each), True, each) for each in proceedings.speeches if each.sitting == sitting]
    placed += [(_start(each), True, each) for each in proceedings.texts if each.sitting == sitting]
    return [element for _, _, element in sorted(placed, key=lambda each: each[:2])]


def business(bureau: Bureau, registered: Registered, about: Course) -> dict[str, Business]:
    """For each item on a page of a sitting, by its id, what the register has of it; under an empty id what stands under
    none of the sitting's items, on the last page."""
    register = registered.register
    items = {each.id for each in about.parts if isinstance(each, ItemView)}
    every = {each.item.id for each in about.headings}
    place = partial(_item_shown, bureau, every)
    last = about.page in (0, about.pages)
    found: dict[str, list[Row]] = {}
    for row in _rows(register, about.id):
        item = place(row.item)
        if item in items or (not item and last):
            found.setdefault(item, []).append(row)
    return {item: _business(registered, rows) for item, rows in found.items()}


def chains(register: Register, elements: Collection[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Of the speeches and texts that pass on what others said, the chains from who speaks to who said it first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for report in register.reports:
        if report.element in elements:
            found[report.element] = (*found.get(report.element, ()), report.chain)
    return found


def noticed(
    bureau: Bureau, principal: Principal, registered: Registered, identity: str
) -> tuple[list[FindingView], list[NoticeView]]:
    """What readers noticed in the documents of a sitting, and what the register finds wrong with it; for who settles
    such things."""
    if not may_do(principal, "settle"):
        return [], []
    resolved = bureau.catalog.resolve(identity)
    read: list[FindingView] = []
    for each in shown.tellings(bureau, principal, resolved):
        view = bureau.view(each.seen).proceedings
        starts = [_start(element) for element in in_order(view, each.ordinal) if _spans(element)]
        low, high = min(starts, default=0), max(starts, default=0)
        alone = len(view.sittings) == 1
        own = [finding for finding in view.findings if alone or (finding.span and low <= finding.span.start <= high)]
        read += finding_views(own, shown.words_of(bureau, each.seen), each.seen.source.path)
    return read, [each for each in registered.notices() if each.sitting == resolved]


class _Words:
    """Elements put into the words of their documents."""

    def __init__(self, bureau: Bureau, names: Names, told: Sequence[shown.Telling]) -> None:
        self._views = [bureau.view(each.seen).proceedings for each in told]
        self._words = [shown.words_of(bureau, each.seen) for each in told]
        self._persons = [persons_of(view) for view in self._views]
        self._grounds = shown.grounds(bureau)
        self._names = names

    def of(self, placed: _Placed) -> Part:
        """What is shown of an element."""
        view, words, each = self._views[placed.telling], self._words[placed.telling], placed.element
        if isinstance(each, Item):
            return item_view(each, view, words, self._grounds)
        if isinstance(each, Text):
            return text_view(each, view, words)
        whose = self._persons[placed.telling][(each.sitting, each.speaker, each.name)]
        return speech_view(each, view, words, shown.speaker_id(self._names, whose))


def _start(element: Element) -> int:
    spans = _spans(element)
    return spans[0].start if spans else 0


def _spans(element: Element) -> Spans:
    return (*element.label, *element.spans) if isinstance(element, Speech) else element.spans


def _pages(count: int, size: int) -> int:
    return -(-count // size) or 1 if size else 1


def _page_of(placed: Sequence[_Placed], identity: str, size: int) -> int:
    """The page on which an element stands; 0 where it stands on none, or all is shown."""
    if not identity or not size:
        return 0
    return next((at // size + 1 for at, each in enumerate(placed) if each.element.id == identity), 0)


def _accounts(bureau: Bureau, told: Sequence[shown.Telling], prevailing: Sequence[shown.Telling]) -> Iterator[Account]:
    strongest_first = sorted(told, key=lambda each: bureau.strength(each.seen.source), reverse=True)
    for sha in dict.fromkeys(each.seen.source.sha for each in strongest_first):
        each = next(telling for telling in strongest_first if telling.seen.source.sha == sha)
        source, speeches = each.seen.source, bureau.view(each.seen).proceedings.speeches
        spoken = sum(speech.sitting == each.ordinal for speech in speeches)
        yield Account(sha, source.path, source.authority, source.at, each.day, spoken, each in prevailing)


def _headings(
    bureau: Bureau, placed: Sequence[_Placed], told: Sequence[shown.Telling], words: _Words, size: int
) -> Iterator[Heading]:
    under = Counter((each.telling, each.element.item) for each in placed if isinstance(each.element, Speech))
    ranks = [{item.id: rank for rank, item in enumerate(bureau.view(each.seen).proceedings.items)} for each in told]
    for at, each in enumerate(placed):
        if isinstance(each.element, Item):
            shown_item = words.of(each)
            assert isinstance(shown_item, ItemView), "an item is shown as one"
            speeches = under[each.telling, ranks[each.telling][each.element.id]]
            yield Heading(shown_item, at // size + 1 if size else 1, speeches)


def _rows(register: Register, sitting: str) -> Iterator[Row]:
    """What the register has of one sitting."""
    groups: tuple[Sequence[Row], ...] = (register.motions, register.votes, register.decisions, register.actions)
    return (row for group in groups for row in group if row.sitting == sitting)


def _item_shown(bureau: Bureau, shown_items: Collection[str], identity: str) -> str:
    """The item on the page that is another version of an item, if it is not shown itself; else empty."""
    if not identity or identity in shown_items:
        return identity
    versions = bureau.catalog.versions(bureau.catalog.resolve(identity))
    return next((each for each in sorted(versions) if each in shown_items), "")


def _business(registered: Registered, rows: Sequence[Row]) -> Business:
    return Business(
        tuple(registered.motion(row) for row in rows if isinstance(row, Motion)),
        tuple(registered.vote(row) for row in rows if isinstance(row, Vote)),
        tuple(registered.decision(row) for row in rows if isinstance(row, Decision)),
        tuple(registered.action(row) for row in rows if isinstance(row, Action)),
    )
