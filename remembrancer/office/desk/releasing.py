"""From a document and what was determined of its passages to what goes out of it, and nothing else of it.

A released document is made of the words of released passages. What was withheld between them becomes one numbered
mark, ``[closed 3]``, whatever its length and however many passages it was; what was not asked for becomes ``[...]``.
Neither bytes nor lengths, lines, ids or hashes of what stays closed go into it: two documents that differ in nothing
else are released as the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from remembrancer.model import Sitting, Span, Speech
from remembrancer.office.asking.wording import letters_of, merged, places_of, without
from remembrancer.office.desk.considering import Element, in_order, spans_of
from remembrancer.office.desk.requests import Determination
from remembrancer.plain import plain
from remembrancer.read.dates import date_of
from remembrancer.record.circles import View
from remembrancer.saying import remark

OUTSIDE = b"[...]"
NEWLINE = b"\n"


class Why(NamedTuple):
    """Why something stays closed; what meets for one reason has one number."""

    reason: str
    ground: str


class Piece(NamedTuple):
    """Bytes of a rendition: kept words of a passage, closed ones, or ones outside the request."""

    span: Span
    state: Literal["kept", "closed", "outside"]
    element: str
    why: Why | None = None


class Closed(NamedTuple):
    """A numbered mark: the document it stands in, its place in the document's text, and why."""

    number: int
    document: int
    start: int
    end: int
    why: Why


class Quotation(NamedTuple):
    """Words that are released: bytes ``start:end`` of the document's text."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is released, all or in part. ``speaker``, ``date`` and ``place`` are empty where they are not
    known or stay closed; ``parts`` are its words as people read them, and the numbers of marks where words are gone."""

    number: int
    kind: str
    speaker: str
    date: str
    place: str
    parts: tuple[str | int, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """What goes out of one document: its text, the passages in it and the marks. ``elements``, the ids of the
    passages, and ``kept`` and ``closed``, bytes of the rendition, do not go out."""

    data: bytes
    passages: tuple[Passage, ...]
    marks: tuple[Closed, ...]
    elements: tuple[str, ...]
    kept: tuple[Span, ...]
    closed: tuple[Span, ...]


def released(view: View, determinations: Mapping[str, Determination], document: int, first: int) -> Released:
    """What is released of a document, by the determinations of its elements' ids; marks are numbered from ``first``."""
    pieces = [piece for element in in_order(view.proceedings) for piece in _pieces(view, element, determinations)]
    closed = merged(piece.span for piece in pieces if piece.state == "closed")
    text = _Writing(view.data, document, first)
    last = Piece(Span(0, 0), "outside", "")
    between: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: each.span):
        if piece.state == "kept":
            text.pass_over(last, between, piece)
            text.keep(piece)
            last, between = piece, []
        else:
            between.append(piece)
    text.pass_over(last, between, None)
    data = text.written()
    kept = merged(text.source.values())
    passages = tuple(_passages(view, text, data, closed))
    return Released(data, passages, tuple(text.marks), tuple(text.kept), tuple(kept), tuple(closed))


def _pieces(view: View, element: Element, determinations: Mapping[str, Determination]) -> Iterator[Piece]:
    spans, said = spans_of(element), determinations.get(element.id)
    if said is None:
        yield from (Piece(span, "outside", element.id) for span in spans)
        return
    letters = letters_of(view.data, spans)
    places = {part: places_of(part.words, letters) for part in said.parts}
    if said.action == "withhold" or not all(places.values()):
        # Words that go from another version and stand otherwise in this one cannot be told apart here.
        yield from (Piece(span, "closed", element.id, Why(said.reason, said.ground)) for span in spans)
        return
    taken: list[Span] = []
    for part, found in places.items():
        yield from (
            Piece(span, "closed", element.id, Why(part.reason, part.ground)) for span in without(found, merged(taken))
        )
        taken = merged([*taken, *found])
    yield from (Piece(span, "kept", element.id) for span in without(spans, taken))


class _Writing:
    """The text of a released document as it grows."""

    def __init__(self, data: bytes, document: int, first: int) -> None:
        self._data = data
        self._document = document
        self._first = first
        self._parts: list[bytes] = []
        self._length = 0
        self.marks: list[Closed] = []
        self.kept: dict[str, list[Quotation | Closed]] = {}
        self.source: dict[int, Span] = {}

    def written(self) -> bytes:
        return b"".join(self._parts)

    def keep(self, piece: Piece) -> None:
        """Words that go out."""
        words = self._data[piece.span.start : piece.span.end]
        quotation = Quotation(self._length, self._length + len(words), words.decode())
        self.kept.setdefault(piece.element, []).append(quotation)
        self.source[self._length] = piece.span
        self._write(words)

    def pass_over(self, last: Piece, between: Sequence[Piece], after: Piece | None) -> None:
        """What stands for everything between two kept pieces, or before the first, or after the last."""
        inside = after is not None and last.element == after.element
        whose: dict[Why, str] = {}
        for piece in between:
            if piece.why is not None:
                beside = piece.element in (last.element, after.element if after else "")
                whose[piece.why] = whose.get(piece.why) or (piece.element if beside else "")
        if whose:
            edge = b"" if inside else b"\n"
            for why, element in whose.items():
                self._write(edge)
                self._mark(why, element)
                self._write(edge)
        elif between:
            self._write(b"\n" + OUTSIDE + b"\n")
        elif after is not None and last.element:
            self._write(self._joint(self._data[last.span.end : after.span.start], inside))

    def _joint(self, gap: bytes, inside: bool) -> bytes:
        """What stands between kept words and belongs to none of them: kept where it is not words."""
        if not any(map(str.isalnum, gap.decode(errors="replace"))):
            return gap
        return b" " if inside else b"\n"

    def _mark(self, why: Why, element: str) -> None:
        number = self._first + len(self.marks)
        words = f"[closed {number}]".encode()
        mark = Closed(number, self._document, self._length, self._length + len(words), why)
        self.marks.append(mark)
        if element:
            self.kept.setdefault(element, []).append(mark)
        self._write(words)

    def _write(self, words: bytes) -> None:
        self._parts.append(words)
        self._length += len(words)


def _passages(view: View, text: _Writing, data: bytes, closed: Sequence[Span]) -> Iterator[Passage]:
    elements = {each.id: each for each in in_order(view.proceedings)}
    for number, (identity, parts) in enumerate(text.kept.items(), 1):
        element = elements[identity]
        quotations = tuple(part for part in parts if isinstance(part, Quotation))
        yield Passage(
            number,
            type(element).__name__.lower(),
            _speaker(view, element, closed),
            _date(view, element, closed),
            _place(element.place, data, quotations[0].start),
            tuple(part for part in _shown(parts, view, element, text) if part),
            quotations,
        )


def _shown(kept: Sequence[Quotation | Closed], view: View, element: Element, text: _Writing) -> Iterator[str | int]:
    """A passage as people read it; its speaker's label stands apart from it."""
    label = merged(element.label) if isinstance(element, Speech) else []
    for closed, group in groupby(kept, lambda part: isinstance(part, Closed)):
        if closed:
            yield from (part.number for part in group if isinstance(part, Closed))
        else:
            words = without([text.source[part.start] for part in group], label)
            yield plain([view.data[start:end].decode() for start, end in words])


def _speaker(view: View, element: Element, closed: Sequence[Span]) -> str:
    """The speaker's label, where nothing of it stays closed."""
    if not isinstance(element, Speech) or meet(element.label, closed):
        return ""
    return plain([view.data[start:end].decode() for start, end in element.label])


def _date(view: View, element: Element, closed: Sequence[Span]) -> str:
    """The date of the passage's sitting, but where words that say it stay closed."""
    if element.sitting is None:
        return ""
    dates = view.proceedings.sittings[element.sitting].dates
    return date_of(Sitting(dates=tuple(date for date in dates if not meet(date.spans, closed))))


def meet(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether any of these bytes are among the others."""
    return any(one.start < other.end and other.start < one.end for one in spans for other in others)


def _place(place: str, data: bytes, start: int) -> str:
    """The page or the time of a passage; else its line in the text that goes out, since lines count what is closed."""
    if place.startswith("page ") or (place[:2].isdigit() and ":" in place):
        return place
    line = data.count(NEWLINE, 0, start) + 1
    return remark("line %(n)s", n=line)
