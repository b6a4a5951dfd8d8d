"""A document as the register reads it: its elements in order as statements, with their words and their place.

A statement is one heading, speech or text. Its ``text`` is what stands there without markers of emphasis, quotation and
lists, with line breaks and table pipes kept; ``mark`` leads from characters of it back to bytes of the rendition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal, NamedTuple, TypeVar

from sentencex import segment

from remembrancer.access import strictest
from remembrancer.model import Authority, Mark, PlaceRun, Proceedings, Sha256, Span, Spans, Visibility
from remembrancer.read import read
from remembrancer.read.dates import date_of
from remembrancer.read.house import House, authority_of
from remembrancer.record.readings import identify, named_id
from remembrancer.register.facts import Fact
from remembrancer.register.vocabulary import language_of
from remembrancer.saying import remark

_MARKERS = re.compile(
    r"^[ \t]*(?:>(?!=)[ \t]?)+[ \t]*(?:#{1,6}[ \t]+|[-*+•][ \t]+)?|^[ \t]*(?:#{1,6}[ \t]+|[-*+•][ \t]+)"
    r"|\*+|`+|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)",
    re.MULTILINE,
)
_LINK = re.compile(rb"https?://[^\s<>\"'\])|]+")

_SAMPLE = 40_000

AnyFact = TypeVar("AnyFact", bound=Fact)


class Piece(NamedTuple):
    """A run of a statement's text that stands unbroken in the rendition from byte ``start`` on."""

    at: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One element. ``sitting`` and ``item`` index the proceedings; ``speaker`` is empty unless it is a speech, and
    ``label`` are the bytes that name the speaker."""

    id: str
    kind: Literal["item", "speech", "text"]
    section: str
    text: str
    pieces: tuple[Piece, ...]
    sitting: int | None = None
    item: int | None = None
    speaker: str = ""
    name: str = ""
    visibility: Visibility = "open"
    place: str = ""
    label: Spans = ()

    def spans(self, start: int = 0, end: int | None = None) -> Spans:
        """The bytes of the characters ``start:end`` of ``text``, joined where they touch."""
        stop = len(self.text) if end is None else end
        found: list[Span] = []
        for piece in self.pieces:
            first, last = max(start - piece.at, 0), min(stop - piece.at, len(piece.text))
            if first < last:
                begin = piece.start + len(piece.text[:first].encode())
                span = Span(begin, begin + len(piece.text[first:last].encode()))
                if found and found[-1].end == span.start:
                    found[-1] = Span(found[-1].start, span.end)
                else:
                    found.append(span)
        return tuple(found)


class Cell(NamedTuple):
    """A value of a structured file (JSON, YAML, CSV, TSV): ``address`` as ``[0].votes[3].name``."""

    address: str
    text: str
    span: Span


@dataclass(frozen=True)
class Document:
    """One reading, for one circle of readers. ``sitting_ids`` are the ids its sittings are known by, in order."""

    source: Sha256
    rendition: Sha256
    data: bytes
    proceedings: Proceedings
    places: tuple[PlaceRun, ...] = ()
    path: str = ""
    authority: Authority = "notes"
    sitting_ids: tuple[str, ...] = ()
    house: House = field(default_factory=House)

    @cached_property
    def language(self) -> str:
        """The language, as ``en``: the document's, else the house's, else told by its words, else empty."""
        named = (self.proceedings.language or self.house.language).split("-")[0].lower()
        return named or language_of(self.data[:_SAMPLE].decode(errors="replace"))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every heading, speech and text, in the order of the document."""
        proceedings = self.proceedings
        made: list[tuple[int, Statement]] = []
        for index, item in enumerate(proceedings.items):
            common = {"sitting": item.sitting, "item": index, "visibility": item.visibility, "place": item.place}
            made.append((_first(item.spans), self._statement(item.id, "item", "heading", item.spans, **common)))
        for speech in proceedings.speeches:
            who = {"speaker": speech.speaker, "name": speech.name, "label": speech.label}
            made.append(
                (
                    _first(speech.spans),
                    self._statement(
                        speech.id,
                        "speech",
                        speech.section,
                        speech.spans,
                        sitting=speech.sitting,
                        item=speech.item,
                        visibility=speech.visibility,
                        place=speech.place,
                        **who,
                    ),
                )
            )
        for text in proceedings.texts:
            made.append(
                (
                    _first(text.spans),
                    self._statement(
                        text.id,
                        "text",
                        text.section,
                        text.spans,
                        sitting=text.sitting,
                        item=text.item,
                        visibility=text.visibility,
                        place=text.place,
                    ),
                )
            )
        return tuple(statement for _, statement in sorted(made, key=lambda pair: pair[0]))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The values of a structured file in order; none where the rendition has no node paths."""
        starts = [run.start for run in self.places] + [len(self.data)]
        return tuple(
            Cell(
                run.label,
                (text := self.data[run.start : end].rstrip(b"\n")).decode(),
                Span(run.start, run.start + len(text)),
            )
            for run, end in zip(self.places, starts[1:], strict=True)
        )

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The EDTF date of each sitting: its only one, an interval over several, or empty."""
        return tuple(date_of(sitting) for sitting in self.proceedings.sittings)

    def under(self, item: int | None) -> tuple[Statement, ...]:
        """The statements of one item, its heading first, without those of items below it."""
        return self._by_item.get(item, ())

    @cached_property
    def _by_item(self) -> dict[int | None, tuple[Statement, ...]]:
        grouped: dict[int | None, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(statement.item, []).append(statement)
        return {item: tuple(group) for item, group in grouped.items()}

    def ancestors(self, item: int | None) -> Iterator[int]:
        """The item and those above it, from the innermost."""
        while item is not None:
            yield item
            item = self.proceedings.items[item].parent

    def links(self, start: int, end: int) -> list[tuple[str, Span]]:
        """The web addresses that stand in bytes ``start:end``, also in what is markup."""
        return [
            (match[0].decode(errors="replace").rstrip(".,;:*"), Span(start + match.start(), start + match.end()))
            for match in _LINK.finditer(self.data[start:end])
        ]

    def marks(self, statement: Statement, start: int = 0, end: int | None = None) -> tuple[Mark, ...]:
        """The evidence of characters ``start:end`` of a statement."""
        return self.marks_of(statement.spans(start, end), statement.place)

    def marks_of(self, spans: Iterable[Span], place: str = "") -> tuple[Mark, ...]:
        """Spans of this rendition as evidence; the place is worked out where it is not given."""
        return tuple(Mark(self.source, self.rendition, *span, place or self.place(span.start)) for span in spans)

    def fact(
        self,
        kind: type[AnyFact],
        statement: Statement,
        /,
        rule: str,
        start: int = 0,
        end: int | None = None,
        more: Sequence[Mark] = (),
        nth: int = 0,
        **said: Any,
    ) -> AnyFact:
        """A fact of characters ``start:end`` of a statement; ``more`` is further evidence, ``nth`` tells apart
        several of one kind that begin at one character. Of a speech the words that name the speaker are evidence."""
        where = f"{start}" if nth == 0 else f"{start} {nth}"
        spans = statement.spans(start, end) or statement.spans()
        return kind(
            id=named_id(kind.KIND, statement.id, where),
            rule=rule,
            marks=(
                *self.marks_of(spans, statement.place if start == 0 else ""),
                *more,
                *self.marks_of(statement.label, statement.place),
            ),
            source=self.source,
            element=statement.id,
            position=spans[0].start if spans else 0,
            authority=self.authority,
            visibility=strictest((statement.visibility,)),
            **{**self.where(statement.sitting, statement.item), **said},
        )

    def where(self, sitting: int | None, item: int | None) -> dict[str, str]:
        """The ids of a sitting and an item, and the sitting's date."""
        return {
            "sitting": "" if sitting is None else self.sitting_ids[sitting],
            "date": "" if sitting is None else self.dates[sitting],
            "item": "" if item is None else self.proceedings.items[item].id,
        }

    def place(self, start: int) -> str:
        """Where a byte is, for a person."""
        if self.places:
            at = bisect_right(self._place_starts, start) - 1
            return self.places[at].label if at >= 0 else ""
        return remark("line %(n)s", n=bisect_right(self._line_starts, start))

    @cached_property
    def _place_starts(self) -> list[int]:
        return [run.start for run in self.places]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(b"\n", self.data))]

    def _statement(
        self, identity: str, kind: Literal["item", "speech", "text"], section: str, spans: Spans, **rest: Any
    ) -> Statement:
        text, pieces = _words(self.data, spans)
        return Statement(identity, kind, section, text, pieces, **rest)


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The sentences of a text as half-open ranges of characters, without surrounding white space."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in segment(language or "en", text):
        start = text.find(part, at)
        start = at if start < 0 else start
        at = min(start + len(part), len(text))
        inner = text[start:at]
        found.append((start + len(inner) - len(inner.lstrip()), at - len(inner) + len(inner.rstrip())))
    return [(start, end) for start, end in found if start < end]


def lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text that are not blank, as ranges of characters without surrounding white space."""
    return [match.span() for match in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text)]


def read_document(data: bytes, path: str, house: House) -> Document:
    """A file read on its own, outside any record: its sittings are known by the ids they have in it."""
    reading = read(data, path, house)
    source = sha256(data).hexdigest()
    proceedings = identify(reading.proceedings, source)
    return Document(
        source,
        sha256(reading.rendition.data).hexdigest(),
        reading.rendition.data,
        proceedings,
        reading.rendition.places,
        path,
        authority_of(path, house) or "notes",
        tuple(sitting.id for sitting in proceedings.sittings),
        house,
    )


def _words(data: bytes, spans: Spans) -> tuple[str, tuple[Piece, ...]]:
    """The text of spans without markers, and where its pieces stand."""
    pieces: list[Piece] = []
    length, last = 0, ""
    for span in spans:
        raw = data[span.start : span.end].decode()
        if last.isalnum() and raw[:1].isalnum():
            pieces.append(Piece(length, -1, " "))
            length += 1
        last = raw[-1:] or last
        done, byte = 0, span.start
        for marker in [*((match.start(), match.end()) for match in _MARKERS.finditer(raw)), (len(raw), len(raw))]:
            kept = raw[done : marker[0]]
            if kept:
                pieces.append(Piece(length, byte, kept))
                length += len(kept)
            byte += len(raw[done : marker[1]].encode())
            done = marker[1]
    return "".join(piece.text for piece in pieces), tuple(piece for piece in pieces if piece.start >= 0)


def _first(spans: Spans) -> int:
    return spans[0].start if spans else -1
