"""What is shown of a reading: its elements in their own words, with the spans that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from remembrancer.model import (
    Authority,
    Finding,
    Item,
    Proceedings,
    Quote,
    Sha256,
    Spans,
    Speech,
    Text,
    Visibility,
)
from remembrancer.plain import plain


@dataclass(frozen=True, slots=True)
class AttendeeView:
    """A line of attendance; ``person`` is an id, ``since`` and ``until`` as in ``model.Attendee``."""

    label: str
    person: str
    role: str
    affiliation: str
    present: bool | None
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item. Of one the reader may only know to exist: a public title and ground, and no spans."""

    id: str
    number: str
    title: str
    level: int
    parent: str
    visibility: Visibility
    ground: str
    place: str
    spans: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SpeechView:
    """A speech; ``item`` and ``person`` are ids or empty."""

    id: str
    item: str
    speaker: str
    person: str
    time: str
    text: str
    place: str
    spans: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """Any other text of the document."""

    id: str
    item: str
    section: str
    text: str
    place: str
    spans: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; ``span`` quotes its place where it has one."""

    id: str
    code: str
    source: Sha256
    path: str
    place: str
    span: Quote | None
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as somebody may see it; ``gone`` when its bytes were lawfully removed."""

    id: Sha256
    path: str
    authority: Authority
    size: int
    media: str
    recorded: str
    visibility: Visibility
    gone: bool
    reader: str
    rendition: Sha256
    sittings: tuple[str, ...]
    not_extracted: tuple[str, ...]
    account: dict[str, int]


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A sitting in a list; ``sources`` are the documents that tell it."""

    id: str
    title: str
    dates: tuple[str, ...]
    venue: str
    items: int
    speeches: int
    authority: Authority
    sources: tuple[Sha256, ...]


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting as its strongest sources tell it; ``sources`` are all that do, weaker ones too."""

    id: str
    title: str
    dates: tuple[str, ...]
    venue: str
    authority: Authority
    attendance: tuple[AttendeeView, ...]
    items: tuple[ItemView, ...]
    speeches: tuple[SpeechView, ...]
    texts: tuple[TextView, ...]
    sources: tuple[Sha256, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody named in the record; ``sittings`` counts those that list them, other than as absent."""

    id: str
    name: str
    labels: tuple[str, ...]
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    sittings: int
    speeches: int


@dataclass(frozen=True, slots=True)
class Revision:
    """An element of another version of the document: the one this revises, or one that revises this."""

    id: str
    source: Sha256
    authority: Authority


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element in its place: what it is, what it says, and the other versions of it."""

    kind: str
    element: ItemView | SpeechView | TextView
    sitting: str
    date: str
    source: Sha256
    path: str
    authority: Authority
    revises: tuple[Revision, ...]
    revised_by: tuple[Revision, ...]
    under: tuple[SpeechView | TextView, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A rendition to quote from."""

    source: Sha256
    rendition: Sha256
    data: bytes

    def quotes(self, spans: Spans) -> tuple[Quote, ...]:
        return tuple(
            Quote(self.source, self.rendition, start, end, self.data[start:end].decode()) for start, end in spans
        )


def item_view(item: Item, proceedings: Proceedings, words: Words, grounds: Mapping[str, str]) -> ItemView:
    parent = "" if item.parent is None else proceedings.items[item.parent].id
    quotes = words.quotes(item.spans)
    ground = grounds.get(item.id, "") if not quotes else ""
    named = (item.id, item.number, item.title, item.level, parent)
    return ItemView(*named, item.visibility, ground, item.place, quotes)


def speech_view(speech: Speech, proceedings: Proceedings, words: Words, person: str) -> SpeechView:
    quotes = words.quotes(speech.spans)
    text = plain([quote.quote for quote in quotes])
    item = _item_id(speech, proceedings)
    return SpeechView(speech.id, item, speech.speaker, person, speech.time, text, speech.place, quotes)


def text_view(text: Text, proceedings: Proceedings, words: Words) -> TextView:
    quotes = words.quotes(text.spans)
    said = plain([quote.quote for quote in quotes])
    return TextView(text.id, _item_id(text, proceedings), text.section, said, text.place, quotes)


def finding_views(findings: Iterable[Finding], words: Words, path: str) -> list[FindingView]:
    return [
        FindingView(
            id=finding.id,
            code=finding.code,
            source=words.source,
            path=path,
            place=finding.place,
            span=words.quotes((finding.span,))[0] if finding.span else None,
            message=finding.message,
            advice=finding.advice,
        )
        for finding in findings
    ]


def _item_id(element: Speech | Text, proceedings: Proceedings) -> str:
    return "" if element.item is None else proceedings.items[element.item].id
