"""The words of the house as frozen types; this file imports nothing of ours.

Offsets are byte offsets into a rendition (UTF-8), half open. Dates are EDTF level 0 strings, so that a
date carries its precision: ``2024-03-07``, ``2024-03``, ``2024``, ``2024-03-07/2024-03-09``. Times of day
are ``HH:MM`` as the document gives them, in the body's time zone; times in a recording are ``HH:MM:SS.mmm``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

Sha256 = str
"""Lower-case hex of a SHA-256."""

Authority = Literal["recording", "notes", "draft", "circulated", "approved", "signed"]
AUTHORITIES: tuple[Authority, ...] = ("recording", "notes", "draft", "circulated", "approved", "signed")
"""From weakest to strongest: where two sources of one sitting differ, the later in this list prevails."""

Visibility = str
"""``open``, ``existence``, ``members``, ``role:NAME`` or ``hidden``; see ``access.py``."""

Section = Literal[
    "title", "heading", "attendance", "agenda", "summary", "conclusion", "actions", "motion", "vote", "text"
]
"""What part of the proceedings a text stands in; ``text`` when no convention says more."""


class Span(NamedTuple):
    """Bytes ``start:end`` of one rendition."""

    start: int
    end: int


Spans = tuple[Span, ...]


class Exit(IntEnum):
    """Exit codes of the one error type."""

    CHECK_FAILED = 1
    USAGE = 2
    REFUSED = 3
    UNREADABLE = 4


class Fault(Exception):
    """The one error that reaches a person: what is wrong, and what to do about it.

    Faults in a body's documents are never raised; they are ``Finding`` values.
    """

    def __init__(self, exit_code: Exit, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.exit_code = exit_code
        self.what = what
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader or a pass noticed.

    ``code`` is a stable lower-case name with hyphens (``no-date``, ``not-extracted``). ``holds`` says that
    the letters under ``span`` are in no element: the finding itself keeps their place in the account.
    """

    code: str
    message: str
    advice: str = ""
    span: Span | None = None
    place: str = ""
    holds: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its precision and how it is known: from a span of text, the path, or a field."""

    value: str
    origin: Literal["text", "path", "field"]
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of an attendance list, or one stay of a person who came and went (then there are several).

    ``label`` is the name as written. ``present`` is None where the document lists a person without saying.
    ``since`` and ``until`` are times of day, or the number of the item at which the person came or left, or
    the document's own words where it gives neither (``second half``, ``joined``).
    """

    label: str
    present: bool | None = True
    abbreviation: str = ""
    affiliation: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting as one document tells it. ``key`` joins documents of the same sitting (days, revisions)."""

    title: str = ""
    dates: tuple[Dated, ...] = ()
    venue: str = ""
    attendance: tuple[Attendee, ...] = ()
    key: str = ""
    spans: Spans = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A point on the order of business; ``spans`` are its heading. ``parent`` indexes ``Proceedings.items``."""

    title: str
    spans: Spans
    number: str = ""
    level: int = 1
    sitting: int | None = None
    parent: int | None = None
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """One person's uninterrupted words. ``spans`` are the words, ``label`` the spans that name the speaker.

    ``speaker`` is the label as written (``AWB``, ``Cllr Jones``), ``name`` what the document itself expands
    it to, or the empty string. Several speakers at once (``MM, WH:``) stay one speech with one label.
    """

    speaker: str
    spans: Spans
    label: Spans = ()
    name: str = ""
    sitting: int | None = None
    item: int | None = None
    section: Section = "text"
    time: str = ""
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Everything else a document says, in its place."""

    spans: Spans
    sitting: int | None = None
    item: int | None = None
    section: Section = "text"
    visibility: Visibility = "open"
    place: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What one rendition says. Every letter of the rendition is in exactly one of: a speech (or its label),
    an item's heading, a text, ``markup``, or a finding that ``holds`` it. Elements are in document order."""

    sittings: tuple[Sitting, ...] = ()
    items: tuple[Item, ...] = ()
    speeches: tuple[Speech, ...] = ()
    texts: tuple[Text, ...] = ()
    markup: Spans = ()
    findings: tuple[Finding, ...] = ()
    language: str = ""


Element = Sitting | Item | Speech | Text


@dataclass(frozen=True, slots=True)
class PlaceRun:
    """From byte ``start`` of the rendition on, the place is ``label`` (``page 3``, ``00:12:31``, a node path)."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text of a source. ``data`` is UTF-8. ``extractor`` is empty where ``data`` is the source's own bytes.

    ``places`` is empty for text formats, whose places are line numbers. ``not_extracted`` names each part of
    the source that is not in ``data``: ``word/media/image1.png: an image of 20 kB``.
    """

    data: bytes
    extractor: str = ""
    places: tuple[PlaceRun, ...] = ()
    not_extracted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one source. ``reader`` is its name and version, as ``markdown/1``."""

    reader: str
    rendition: Rendition
    proceedings: Proceedings


@dataclass(frozen=True, slots=True)
class Account:
    """Where the letters and digits of a rendition went; the parts sum to ``letters``."""

    letters: int
    in_speech: int
    in_item: int
    other: int
    markup: int
    in_findings: int


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: ``public``, ``member:PERSON``, ``role:NAME`` or ``owner``, with the roles held on the day."""

    name: str
    roles: frozenset[str] = frozenset()


OWNER = Principal("owner")
PUBLIC = Principal("public")


@dataclass(frozen=True, slots=True)
class Quote:
    """A span with the proof of what it says: ``rendition`` bytes ``start:end`` decode to ``quote``."""

    source: Sha256
    rendition: Sha256
    start: int
    end: int
    quote: str


PassageKind = Literal["speech", "item", "text"]


class Passage(NamedTuple):
    """What search finds: an element, or the ``number``-th part of a long one, never across speakers.

    ``id`` is the element's; ``sitting`` and ``item`` are ids or empty; ``date`` is EDTF, empty when unknown;
    ``speaker`` is the label as written and ``person`` the expanded name. The words themselves are only in
    the rendition, under ``spans``.
    """

    id: str
    number: int
    kind: PassageKind
    body: str
    source: Sha256
    rendition: Sha256
    spans: Spans
    place: str = ""
    speaker: str = ""
    person: str = ""
    sitting: str = ""
    date: str = ""
    item: str = ""
    item_title: str = ""
    section: str = "text"
    authority: Authority = "notes"
    visibility: Visibility = "open"
    language: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A filter: the passage's field ``name`` has ``value``; it never changes a score."""

    name: Literal["speaker", "item", "sitting", "kind", "section", "body", "source", "date"]
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """All of ``must``, none of ``never``, and the more of ``may`` the better; at least one of ``may`` where
    ``must`` is empty. An empty group is every passage."""

    must: tuple[Query, ...] = ()
    may: tuple[Query, ...] = ()
    never: tuple[Query, ...] = ()


Query = Word | Phrase | Field | Group


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must satisfy besides the query; an empty string filters nothing.

    Dates are EDTF. A passage is within ``since`` and ``until`` when its date overlaps them, and known as of
    ``as_of`` when its date lies wholly up to it, so that an undated one is not. ``without_sitting`` leaves
    one sitting out; ``visible`` are the visibility classes that the principal may see.
    """

    body: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    speaker: str = ""
    item: str = ""
    sitting: str = ""
    without_sitting: str = ""
    kind: str = ""
    section: str = ""
    visible: frozenset[Visibility] = frozenset({"open"})
