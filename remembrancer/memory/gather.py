"""From a reading to the passages that search finds: every speech, heading and text, in parts of bounded length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from remembrancer.memory.around import windows
from remembrancer.memory.passages import cut
from remembrancer.model import (
    Authority,
    Item,
    Passage,
    PassageKind,
    PlaceRun,
    Proceedings,
    Sha256,
    Span,
    Speech,
    Text,
    Visibility,
)
from remembrancer.read.dates import date_of
from remembrancer.saying import remark


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
    """Every passage of a reading, in the order speeches, headings, texts; ``at`` is that of their words."""
    found = list(_passages(proceedings, origin))
    in_order = sorted(range(len(found)), key=lambda number: found[number].spans[0])
    around = windows([found[number] for number in in_order], _words(proceedings))
    placed = {number: (at, window) for at, (number, window) in enumerate(zip(in_order, around, strict=True))}
    return (passage._replace(at=placed[number][0], window=placed[number][1]) for number, passage in enumerate(found))


def _words(proceedings: Proceedings) -> Iterator[tuple[Visibility, Span]]:
    """Every span of every element, with the element's class."""
    elements: tuple[Item | Speech | Text, ...] = (*proceedings.items, *proceedings.speeches, *proceedings.texts)
    for element in elements:
        label = element.label if isinstance(element, Speech) else ()
        yield from ((element.visibility, span) for span in (*label, *element.spans))


def _passages(proceedings: Proceedings, origin: Origin) -> Iterator[Passage]:
    around = _Around(proceedings, origin)
    for speech in proceedings.speeches:
        person = origin.persons.get((speech.sitting, speech.speaker, speech.name), speech.name)
        yield from around.passages("speech", speech, speech.section, around.item(speech.item), speech.speaker, person)
    for item in proceedings.items:
        yield from around.passages("item", item, "heading", (item.id, item.title))
    for text in proceedings.texts:
        yield from around.passages("text", text, text.section, around.item(text.item))


class _Around:
    """What the passages of one reading have in common, made ready once."""

    def __init__(self, proceedings: Proceedings, origin: Origin) -> None:
        self.origin = origin
        self.language = proceedings.language
        self.items = [(item.id, item.title) for item in proceedings.items]
        dates = (date_of(sitting) for sitting in proceedings.sittings)
        self.sittings = list(zip(origin.sitting_ids, dates, strict=True))

    def item(self, index: int | None) -> tuple[str, str]:
        """Id and title of the item an element stands under."""
        return ("", "") if index is None else self.items[index]

    def passages(
        self,
        kind: PassageKind,
        element: Item | Speech | Text,
        section: str,
        item: tuple[str, str],
        speaker: str = "",
        person: str = "",
    ) -> Iterator[Passage]:
        """The parts of one element."""
        origin = self.origin
        sitting = ("", "") if element.sitting is None else self.sittings[element.sitting]
        source = (kind, origin.body, origin.source, origin.rendition)
        for number, part in enumerate(cut(origin.data, element.spans, self.language)):
            place = element.place if number == 0 else self.place(part[0].start, element.place)
            where = (*source, part, place, speaker, person, *sitting, *item, section)
            seen = (element.visibility, self.language, origin.path)
            label = element.label if isinstance(element, Speech) and number == 0 else ()
            extent = Span(min(span.start for span in (*label, *part)), max(span.end for span in part))
            yield Passage(element.id, number, *where, origin.authority, *seen, window=extent)

    def place(self, start: int, place: str) -> str:
        """The place of a later part of an element."""
        if self.origin.places:
            at = bisect_right(self.place_starts, start) - 1
            return self.origin.places[at].label if at >= 0 else place
        return remark("line %(n)s", n=bisect_right(self.line_starts, start))

    @cached_property
    def place_starts(self) -> list[int]:
        return [run.start for run in self.origin.places]

    @cached_property
    def line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(b"\n", self.origin.data))]
