"""Circles: what one circle of readers may see of a document that mixes classes.

Each circle gets a rendition of its own, in which every closed range is replaced by one fixed mark, and a
reading of its own with spans mapped to it. A closed range reaches from the end of the last open element to
the start of the next one, so that markup, link targets and white space around closed words go with them.
A circle is named by the classes it reads, as ``members+open``; ``all`` is the whole document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from remembrancer.access import strictest
from remembrancer.model import (
    Finding,
    Item,
    PlaceRun,
    Proceedings,
    Sitting,
    Span,
    Spans,
    Speech,
    Text,
    Visibility,
)
from remembrancer.saying import remark

WHOLE = "all"
CLOSED_MARK = "\n[closed]\n"
REDACTED_MARK = "\n[redacted]\n"

Element = Sitting | Item | Speech | Text


class Ruling(NamedTuple):
    """What ``classify`` said of one id. ``title`` and ``ground`` are public, for ``existence``."""

    visibility: Visibility
    title: str = ""
    ground: str = ""


class View(NamedTuple):
    """A rendition for one circle, the places of its runs and its reading."""

    data: bytes
    places: tuple[PlaceRun, ...]
    proceedings: Proceedings


def circle_name(classes: Iterable[Visibility], reads: Callable[[Visibility], bool]) -> str | None:
    """The circle of somebody who ``reads`` some of a document's ``classes``; None who reads nothing of it."""
    every = set(classes) or {"open"}
    read = {each for each in every if reads(each)}
    if not read:
        return None
    return WHOLE if read == every else "+".join(sorted(read))


def classified(proceedings: Proceedings, whole: Visibility, rulings: Mapping[str, Ruling]) -> Proceedings:
    """The reading with the effective class of each element: the strictest of the document's, the sitting's,
    the items' it stands under, and its own. A ruling on an element replaces the mark the document carries."""
    if whole == "open" and not rulings and not _marked(proceedings):
        return proceedings
    sittings = [strictest((whole, _ruled(each, "open", rulings))) for each in proceedings.sittings]
    items: list[Visibility] = []
    for item in proceedings.items:
        above = whole if item.parent is None or item.parent >= len(items) else items[item.parent]
        own = _ruled(item, item.visibility, rulings)
        items.append(strictest((above, own, *_of(sittings, item.sitting))))

    def effective(element: Speech | Text) -> Visibility:
        own = _ruled(element, element.visibility, rulings)
        return strictest((whole, own, *_of(sittings, element.sitting), *_of(items, element.item)))

    return replace(
        proceedings,
        items=tuple(replace(item, visibility=each) for item, each in zip(proceedings.items, items, strict=True)),
        speeches=tuple(replace(speech, visibility=effective(speech)) for speech in proceedings.speeches),
        texts=tuple(replace(text, visibility=effective(text)) for text in proceedings.texts),
    )


def _marked(proceedings: Proceedings) -> bool:
    return any(element.visibility != "open" for element in _elements(proceedings))


def classes_in(proceedings: Proceedings, whole: Visibility) -> set[Visibility]:
    """The classes a classified reading mixes; that of the document where it has no elements."""
    return {element.visibility for element in _elements(proceedings)} or {whole}


def restrict(
    view: View,
    reads: Callable[[Visibility], bool],
    rulings: Mapping[str, Ruling],
    mark: str = CLOSED_MARK,
) -> View:
    """The document for a circle that ``reads`` only some classes; ``view`` is whole and classified. A sitting of which
    it reads nothing is not there."""
    closed = closed_ranges(view.proceedings, len(view.data), reads)
    part = cut(view, closed, mark, lambda element: _left_of(element, reads, rulings))
    emptied = _told_in(view.proceedings) - _told_in(part.proceedings)
    return part._replace(proceedings=_without_sittings(part.proceedings, emptied)) if emptied else part


def _told_in(proceedings: Proceedings) -> set[int]:
    """The sittings in which something stands, by their place in the reading."""
    return {each.sitting for each in _elements(proceedings) if each.sitting is not None}


def _without_sittings(proceedings: Proceedings, gone: set[int]) -> Proceedings:
    kept = [at for at in range(len(proceedings.sittings)) if at not in gone]
    rank: dict[int | None, int] = {at: new for new, at in enumerate(kept)}
    return replace(
        proceedings,
        sittings=tuple(proceedings.sittings[at] for at in kept),
        items=tuple(replace(each, sitting=rank.get(each.sitting)) for each in proceedings.items),
        speeches=tuple(replace(each, sitting=rank.get(each.sitting)) for each in proceedings.speeches),
        texts=tuple(replace(each, sitting=rank.get(each.sitting)) for each in proceedings.texts),
    )


def cut(
    view: View,
    ranges: Sequence[Span],
    mark: str,
    left_of: Callable[[Item], Item | None] = lambda item: None,
) -> View:
    """The document with ``ranges`` replaced by ``mark`` and what lay in them gone from its reading;
    ``left_of`` says what, if anything, remains of an item whose heading is gone."""
    mapping = _Mapping(ranges, len(mark.encode()))
    data = mapping.apply(view.data, mark.encode())
    places = tuple(PlaceRun(mapping.moved(run.start), run.label) for run in view.places if mapping.open_at(run.start))
    return View(data, places, _mapped(view.proceedings, mapping, data, bool(places), left_of))


def marks_of(ranges: Sequence[Span], mark: str) -> list[Span]:
    """Where ``cut`` puts its marks."""
    mapping = _Mapping(ranges, len(mark.encode()))
    starts = [span.start + shift for span, shift in zip(ranges, mapping.shift, strict=False)]
    return [Span(start, start + mapping.mark) for start in starts]


def closed_ranges(proceedings: Proceedings, length: int, reads: Callable[[Visibility], bool]) -> list[Span]:
    """The byte ranges a circle may not see."""
    placed = sorted(
        (span, reads(element.visibility)) for element in _elements(proceedings) for span in _spans_of(element)
    )
    ranges: list[Span] = []
    start, in_closed = 0, False
    for span, visible in placed:
        if visible and in_closed:
            ranges.append(Span(start, span.start))
        if visible:
            start = span.end
        in_closed = not visible
    return [*ranges, Span(start, length)] if in_closed else ranges


def own_lines(view: View, ranges: Sequence[Span], gone: Callable[[Visibility], bool]) -> list[Span]:
    """Closed ranges cut back to the lines their words stand on: what the lines of the neighbours hold besides
    words, such as a time or the tag of a speaker, stays."""
    words = sorted(span for each in _elements(view.proceedings) if gone(each.visibility) for span in _spans_of(each))
    kept: list[Span] = []
    for start, end in ranges:
        inside = [span for span in words if start <= span.start and span.end <= end]
        begun = view.data.rfind(b"\n", start, inside[0].start) + 1
        ended = view.data.find(b"\n", inside[-1].end, end)
        kept.append(Span(max(start, begun), end if ended < 0 else ended))
    return kept


class _Mapping:
    def __init__(self, ranges: Sequence[Span], mark: int) -> None:
        self.ranges = ranges
        self.starts = [span.start for span in ranges]
        self.mark = mark
        self.shift = [0]
        for start, end in ranges:
            self.shift.append(self.shift[-1] + mark - (end - start))

    def open_at(self, offset: int) -> bool:
        index = bisect_right(self.starts, offset) - 1
        return index < 0 or offset >= self.ranges[index].end

    def moved(self, offset: int) -> int:
        """Where an offset outside the ranges, or at the edge of one, lies afterwards."""
        passed = bisect_right([span.end for span in self.ranges], offset)
        return offset + self.shift[passed]

    def spans(self, spans: Spans) -> Spans:
        return tuple(Span(self.moved(a), self.moved(a) + b - a) for a, b in spans if a == b or self.open_at(a))

    def apply(self, data: bytes, mark: bytes) -> bytes:
        parts: list[bytes] = []
        position = 0
        for start, end in self.ranges:
            parts += [data[position:start], mark]
            position = end
        return b"".join([*parts, data[position:]])


def _mapped(
    proceedings: Proceedings,
    mapping: _Mapping,
    data: bytes,
    placed: bool,
    left_of: Callable[[Item], Item | None],
) -> Proceedings:
    line = _line_counter(data)

    def place(label: str, spans: Spans) -> str:
        return (
            label
            if placed or not spans or not label.startswith("line ")
            else remark("line %(n)s", n=line(spans[0].start))
        )

    items: list[Item] = []
    rank: dict[int | None, int] = {}
    for index, item in enumerate(proceedings.items):
        spans = mapping.spans(item.spans)
        left = item if spans or not item.spans else left_of(item)
        if left is not None:
            rank[index] = len(items)
            where = place(item.place, spans) if spans else ""
            items.append(replace(left, spans=spans, place=where, parent=rank.get(item.parent)))

    def kept(element: Speech | Text) -> Speech | Text | None:
        spans = mapping.spans(element.spans)
        label = mapping.spans(element.label) if isinstance(element, Speech) else ()
        if not spans and not label:
            return None
        moved = replace(element, spans=spans, item=rank.get(element.item), place=place(element.place, label or spans))
        return replace(moved, label=label) if isinstance(moved, Speech) else moved

    return replace(
        proceedings,
        sittings=tuple(_sitting(sitting, mapping) for sitting in proceedings.sittings),
        items=tuple(items),
        speeches=tuple(each for speech in proceedings.speeches if isinstance(each := kept(speech), Speech)),
        texts=tuple(each for text in proceedings.texts if isinstance(each := kept(text), Text)),
        markup=mapping.spans(proceedings.markup),
        findings=tuple(_finding(each, mapping, place) for each in proceedings.findings if _open(each, mapping)),
    )


def _sitting(sitting: Sitting, mapping: _Mapping) -> Sitting:
    """A sitting without what stood in a closed range; facts without a span stay unless their words are gone."""
    title_gone = bool(sitting.spans) and not mapping.spans(sitting.spans)
    return replace(
        sitting,
        title="" if title_gone else sitting.title,
        spans=mapping.spans(sitting.spans),
        dates=tuple(
            replace(date, spans=mapping.spans(date.spans))
            for date in sitting.dates
            if not date.spans or mapping.spans(date.spans)
        ),
        attendance=tuple(
            replace(line, spans=mapping.spans(line.spans))
            for line in sitting.attendance
            if line.spans and mapping.spans(line.spans)
        ),
    )


def _open(finding: Finding, mapping: _Mapping) -> bool:
    return finding.span is not None and bool(mapping.spans((finding.span,)))


def _finding(finding: Finding, mapping: _Mapping, place: Callable[[str, Spans], str]) -> Finding:
    spans = mapping.spans((finding.span,)) if finding.span else ()
    return replace(finding, span=spans[0], place=place(finding.place, spans))


def _left_of(item: Item, reads: Callable[[Visibility], bool], rulings: Mapping[str, Ruling]) -> Item | None:
    """The public title of an item of class ``existence``; nothing of any other."""
    ruling = rulings.get(item.id)
    if item.visibility != "existence" or ruling is None or reads("existence"):
        return None
    return replace(item, title=ruling.title, number="")


def _ruled(element: Element, marked: Visibility, rulings: Mapping[str, Ruling]) -> Visibility:
    ruling = rulings.get(element.id)
    return ruling.visibility if ruling else marked


def _of(classes: Sequence[Visibility], index: int | None) -> tuple[Visibility, ...]:
    return () if index is None else (classes[index],)


def _elements(proceedings: Proceedings) -> Sequence[Item | Speech | Text]:
    return [*proceedings.items, *proceedings.speeches, *proceedings.texts]


def _spans_of(element: Item | Speech | Text) -> Spans:
    return (*element.label, *element.spans) if isinstance(element, Speech) else element.spans


def _line_counter(data: bytes) -> Callable[[int], int]:
    starts = [0]
    while (found := data.find(b"\n", starts[-1])) >= 0:
        starts.append(found + 1)
    return lambda offset: bisect_right(starts, offset)
