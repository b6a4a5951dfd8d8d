"""From a reading to the passages that search finds: every speech, heading and text, in parts of bounded length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remembrancer.memory.passages import cut
from remembrancer.model import (
    Authority,
    Item,
    Passage,
    PassageKind,
    PlaceRun,
    Proceedings,
    Sha256,
    Sitting,
    Spans,
    Speech,
    Text,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where passages come from. ``sitting_ids`` are the ids the reading's sittings are known by, in order;
    ``persons`` the names that speakers' labels mean, by (sitting, label, name as expanded)."""

    body: str
    source: Sha256
    rendition: Sha256
    path: str
    authority: Authority
    data: bytes
    places: tuple[PlaceRun, ...]
    sitting_ids: tuple[str, ...]
    persons: dict[tuple[int | None, str, str], str]


def passages(proceedings: Proceedings, origin: Origin) -> Iterator[Passage]:
    """Every passage of a reading, in the order speeches, headings, texts."""
    for speech in proceedings.speeches:
        person = origin.persons.get((speech.sitting, speech.speaker, speech.name), speech.name)
        base = _base("speech", speech, proceedings, origin)
        yield from _parts(base._replace(speaker=speech.speaker, person=person), speech.spans, origin)
    for item in proceedings.items:
        base = _base("item", item, proceedings, origin)
        yield from _parts(base._replace(item=item.id, item_title=item.title), item.spans, origin)
    for text in proceedings.texts:
        yield from _parts(_base("text", text, proceedings, origin), text.spans, origin)


def date_of(sitting: Sitting) -> str:
    """A sitting's date in EDTF: its only one, an interval over several, or empty."""
    days = sorted({part for date in sitting.dates for part in date.value.split("/")})
    if not days:
        return ""
    return days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}"


def _base(kind: PassageKind, element: Item | Speech | Text, proceedings: Proceedings, origin: Origin) -> Passage:
    at = element.sitting
    item = None if isinstance(element, Item) or element.item is None else proceedings.items[element.item]
    return Passage(
        id=element.id,
        number=0,
        kind=kind,
        body=origin.body,
        source=origin.source,
        rendition=origin.rendition,
        spans=(),
        place=element.place,
        sitting=origin.sitting_ids[at] if at is not None else "",
        date=date_of(proceedings.sittings[at]) if at is not None else "",
        item=item.id if item else "",
        item_title=item.title if item else "",
        section="heading" if isinstance(element, Item) else element.section,
        authority=origin.authority,
        visibility=element.visibility,
        language=proceedings.language,
        path=origin.path,
    )


def _parts(base: Passage, spans: Spans, origin: Origin) -> Iterator[Passage]:
    for number, part in enumerate(cut(origin.data, spans, base.language)):
        place = base.place if number == 0 else _place(part[0].start, base.place, origin)
        yield base._replace(number=number, spans=part, place=place)


def _place(start: int, place: str, origin: Origin) -> str:
    """The place of a later part of an element."""
    if origin.places:
        return next((run.label for run in reversed(origin.places) if run.start <= start), place)
    lines = origin.data.count(b"\n", 0, start)
    return f"line {lines + 1}"
