"""Who sat, who spoke, and what is said of the quorum.

The readers have found the attendance lists; here each becomes a roll, and each speaker's label a fact of its own.
Sentences about the quorum are found in every document::

    Quorum was NOT reached.      12 of 19 voting members were present; a quorum being present, ...
    The meeting was inquorate.   Die Beschlussfähigkeit wird festgestellt: 12 von 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from remembrancer.access import strictest
from remembrancer.model import Attendee, Item, Mark, Sitting, Span, Visibility
from remembrancer.read.attendance import Coming, comings
from remembrancer.record.persons import fold, may_be, name_of
from remembrancer.record.readings import named_id
from remembrancer.register.document import Document, Statement, sentences
from remembrancer.register.facts import AnyFact, QuorumSaid, Roll, Spoke, Stay
from remembrancer.register.vocabulary import Words, words

_BESIDE = 240
"""Characters around a verdict on the quorum in which its numbers may stand."""


def find(document: Document, found: Sequence[AnyFact]) -> Iterable[AnyFact]:
    """The rolls, the speakers and the words about the quorum of a document."""
    yield from rolls(document)
    yield from speakers(document)
    yield from quorums(document)


def rolls(document: Document) -> Iterator[Roll]:
    """The attendance list of each sitting that has one."""
    for index, sitting in enumerate(document.proceedings.sittings):
        if sitting.attendance:
            yield _roll(document, index, sitting)


def _roll(document: Document, index: int, sitting: Sitting) -> Roll:
    stays = _placed(document, index, tuple(_stays(document, index, sitting)))
    marks = tuple(dict.fromkeys(stay.marks[0] for stay in stays if stay.marks))
    items = [item for item in document.proceedings.items if item.sitting == index]
    return Roll(
        id=named_id("roll", document.source, f"{sitting.id} {document.dates[index]}"),
        rule="attendance.list",
        marks=marks,
        source=document.source,
        element=sitting.id,
        position=marks[0].start if marks else 0,
        authority=document.authority,
        visibility=_class_of(document, index, marks),
        stays=stays,
        title=sitting.title,
        venue=sitting.venue,
        items=tuple((item.id, item.number) for item in items),
        sitting=document.sitting_ids[index],
        date=document.dates[index],
    )


def _class_of(document: Document, index: int, marks: Sequence[Mark]) -> Visibility:
    """The strictest class of what the lines stand in; of the whole sitting where they have no place."""
    told = [each for each in document.statements if each.sitting == index]
    if all(each.visibility == "open" for each in told):
        return "open"
    starts = {mark.start for mark in marks}
    held = [each for each in told if any(a <= at < b for a, b in each.spans() for at in starts)]
    return strictest(each.visibility for each in held or told)


def _stays(document: Document, index: int, sitting: Sitting) -> Iterator[Stay]:
    """The lines of a roll, each with where its comings stand in the course of the business."""
    starts = sorted(
        _first(item)
        for item in document.proceedings.items
        if item.sitting == index and not _holds_roll(document, item, sitting.attendance)
    )
    before: set[tuple[str, str]] = set()
    for line in sitting.attendance:
        again = (line.label, line.affiliation) in before
        told = _told(line, again)
        before.add((line.label, line.affiliation))
        came, went = (span.start if span and starts and span.start > starts[0] else -1 for span in told)
        if came >= 0 and not again and told[0] and _comes_back(document, told[0]):
            came = -1
        yield Stay(
            label=line.label,
            present=line.present,
            abbreviation=line.abbreviation,
            affiliation=line.affiliation,
            role=line.role,
            since=line.since,
            until=line.until,
            came=came,
            went=went,
            marks=document.marks_of(line.spans),
        )


def _placed(document: Document, index: int, stays: tuple[Stay, ...]) -> tuple[Stay, ...]:
    """The stays, with the place in the business of comings that the list itself gives the times of."""
    if not any(_lacks_place(stay) for stay in stays):
        return stays
    told: list[tuple[Coming, int]] = []
    for statement in document.statements:
        if statement.sitting == index and statement.kind == "text" and statement.item is not None:
            for coming in comings(statement.text, 0, len(statement.text)):
                if not _words(document).pattern("back").search(coming.verb):
                    told += [(coming, span.start) for span in statement.spans(coming.start)[:1]]
    return tuple(_with_places(stay, told) if _lacks_place(stay) else stay for stay in stays)


def _lacks_place(stay: Stay) -> bool:
    return bool((stay.since and stay.came < 0) or (stay.until and stay.went < 0))


def _with_places(stay: Stay, told: Sequence[tuple[Coming, int]]) -> Stay:
    """The stay with the bytes of the one coming and the one going of that person at that time."""
    alike = [(coming, at) for coming, at in told if _is_of(stay, coming)]
    came = [at for coming, at in alike if coming.kind == "arrives" and coming.when == stay.since]
    went = [at for coming, at in alike if coming.kind == "leaves" and coming.when == stay.until]
    return msgspec.structs.replace(
        stay,
        came=came[0] if stay.came < 0 and stay.since and len(came) == 1 else stay.came,
        went=went[0] if stay.went < 0 and stay.until and len(went) == 1 else stay.went,
    )


def _is_of(stay: Stay, coming: Coming) -> bool:
    """Whether a sentence tells of the person of a stay."""
    listed, named = name_of(stay.label), name_of(coming.label)
    beside = fold(stay.affiliation) or listed.qualifier
    noted = fold(coming.note) or named.qualifier
    apart = noted and beside and not noted.startswith(beside) and not beside.startswith(noted)
    return not apart and (named.key == listed.key or may_be(named.key, listed.key))


def _told(line: Attendee, again: bool) -> tuple[Span | None, Span | None]:
    """The spans that tell of the coming and the going: those after the line itself, and all of a later stay."""
    events = list(line.spans if again else line.spans[1:])
    went = events.pop() if line.until and events else None
    came = events.pop() if (line.since or again) and events else None
    return came, went


def _comes_back(document: Document, told: Span) -> bool:
    """Whether a coming may be a return, of somebody whose leaving was not minuted: then nothing is known of before."""
    return _words(document).pattern("back").search(document.data[told.start : told.end].decode()) is not None


def _holds_roll(document: Document, item: Item, attendance: Sequence[Attendee]) -> bool:
    """Whether the list itself stands under an item, as ``1. Attendance``."""
    first = min((line.spans[0].start for line in attendance if line.spans), default=-1)
    return _first(item) <= first and all(
        _first(other) <= _first(item) or _first(other) > first for other in document.proceedings.items
    )


def _first(item: Item) -> int:
    return item.spans[0].start if item.spans else 0


def speakers(document: Document) -> Iterator[Spoke]:
    """Each label by which somebody speaks at a sitting, at its first open speech."""
    said: dict[tuple[int | None, str, str], list[Statement]] = {}
    for statement in document.statements:
        if statement.kind == "speech":
            said.setdefault((statement.sitting, statement.speaker, statement.name), []).append(statement)
    public = _public_items(document)
    for (_, label, name), speeches in said.items():
        shown = next((each for each in speeches if each.visibility == "open"), speeches[0])
        yield document.fact(
            Spoke,
            shown,
            "attendance.speaker",
            label=label,
            name=name,
            speeches=len(speeches),
            public=all(each.item in public for each in speeches),
        )


def _public_items(document: Document) -> frozenset[int]:
    """The items in which the public may speak, with those below them."""
    heading = _words(document).pattern("public")
    items = document.proceedings.items
    found = {index for index, item in enumerate(items) if heading.search(item.title)}
    return frozenset(index for index in range(len(items)) if not found.isdisjoint(document.ancestors(index)))


def quorums(document: Document) -> Iterator[QuorumSaid]:
    """What the document says of the quorum, each sentence apart."""
    said = _words(document)
    for statement in document.statements:
        if statement.sitting is not None and statement.kind != "item" and said.pattern("hint").search(statement.text):
            yield from _said(document, statement, said)


def _said(document: Document, statement: Statement, said: Words) -> Iterator[QuorumSaid]:
    text = statement.text
    for start, end in sentences(text, document.language):
        if not said.pattern("hint").search(text, start, end):
            continue
        met = _verdict(text[start:end], said)
        numbers = _numbers(text[max(0, start - _BESIDE) : end + _BESIDE // 2], said)
        if met is None and "present" not in _numbers(text[start:end], said):
            continue
        yield document.fact(
            QuorumSaid,
            statement,
            "attendance.quorum",
            start,
            end,
            stated=statement.kind != "speech",
            met=met,
            text=" ".join(text[start:end].split()),
            present=numbers.get("present"),
            required=numbers.get("required"),
            of=numbers.get("of"),
        )


def _verdict(sentence: str, said: Words) -> bool | None:
    """Whether a sentence says that there is a quorum, that there is none, or neither."""
    folded = " ".join(sentence.split())
    unmet, met = said.pattern("unmet").search(folded), said.pattern("met").search(folded)
    match = unmet or met
    if match is None or folded.endswith("?") or said.pattern("supposed").search(folded, 0, match.end()):
        return None
    return unmet is None


def _numbers(text: str, said: Words) -> dict[str, int]:
    """How many were present, of how many, and how many it takes, where the text says so."""
    found: dict[str, int] = {}
    folded = " ".join(text.split())
    for expression in said["numbers"]:
        match = _with_numbers(expression, said["counting"]).search(folded)
        for name, value in match.groupdict().items() if match else ():
            if value and name not in found:
                found[name] = _value(value, said)
    return found


@lru_cache(maxsize=256)
def _with_numbers(expression: str, counting: tuple[str, ...]) -> re.Pattern[str]:
    number = "|".join((r"\d{1,3}", *counting))
    return re.compile(rf"(?<!\w){expression.replace('#', f'(?:{number})')}(?!\w)", re.IGNORECASE)


def _value(written: str, said: Words) -> int:
    if written.isdigit():
        return int(written)
    fitting = (at for at, word in enumerate(said["counting"], 1) if re.fullmatch(word, written, re.IGNORECASE))
    return next(fitting)


def _words(document: Document) -> Words:
    return words("attendance", document.language, document.house)
