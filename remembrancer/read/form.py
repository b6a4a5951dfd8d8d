"""The form every reader fills in: character ranges go in, Proceedings with byte spans come out.

A reader claims ranges of its text for items, speeches and texts and marks what is only markup. ``finish``
holds the law of reading: every letter ends up in exactly one element. What two elements claim belongs to the
one that starts first; markup inside a claim splits its span; letters nobody claimed become texts in place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from remembrancer.model import (
    Attendee,
    Dated,
    Finding,
    Item,
    PlaceRun,
    Proceedings,
    Section,
    Sitting,
    Span,
    Spans,
    Speech,
    Text,
    Visibility,
)
from remembrancer.plain import plain
from remembrancer.saying import remark

Claimed = TypeVar("Claimed", Item, Speech, Text)
Range = tuple[int, int]
Ranges = Sequence[Range]
"""Half-open character ranges of the reader's text."""

LETTER = re.compile(r"[^\W_]")
"""One letter or digit: exactly the characters for which ``str.isalnum`` holds."""


def beyond(lead: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> int:
    """Where a text goes on after what may stand before it; at ``start`` where nothing does."""
    found = lead.match(text, start, len(text) if end is None else end)
    return found.end() if found else start


@dataclass(slots=True)
class Form:
    """Collects what a reader finds in ``text``; all offsets given to it are character offsets.

    ``places``: (character offset, label) in ascending order, for text without meaningful lines.
    Returned integers are references to be passed on as ``sitting``, ``item`` or ``parent``.
    """

    text: str
    places: Sequence[tuple[int, str]] = ()
    language: str = ""
    _sittings: list[Sitting] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)
    _speeches: list[Speech] = field(default_factory=list)
    _texts: list[Text] = field(default_factory=list)
    _markup: list[Range] = field(default_factory=list)
    _findings: list[Finding] = field(default_factory=list)

    def sitting(self, title: str = "", ranges: Ranges = (), venue: str = "", key: str = "") -> int:
        """Open a sitting; ``ranges`` are where its title stands (they are not claimed)."""
        self._sittings.append(Sitting(title=title, spans=_spans(ranges), venue=venue, key=key))
        return len(self._sittings) - 1

    def describe(self, sitting: int, title: str = "", venue: str = "") -> None:
        """Set the title or the venue of a sitting."""
        known = self._sittings[sitting]
        self._sittings[sitting] = replace(known, title=title or known.title, venue=venue or known.venue)

    def dated(self, sitting: int, value: str, origin: Literal["text", "path", "field"], ranges: Ranges = ()) -> None:
        """Add a date (EDTF) to a sitting, unless it has it already."""
        known = self._sittings[sitting]
        if value not in {date.value for date in known.dates}:
            self._sittings[sitting] = replace(known, dates=(*known.dates, Dated(value, origin, _spans(ranges))))

    def attends(self, sitting: int, attendee: Attendee, ranges: Ranges = ()) -> None:
        """Add a line of attendance; ``ranges`` are where it stands (they are not claimed)."""
        known = self._sittings[sitting]
        line = replace(attendee, spans=_spans(ranges))
        self._sittings[sitting] = replace(known, attendance=(*known.attendance, line))

    def sitting_so_far(self, sitting: int) -> Sitting:
        """What is known of a sitting; its spans are character ranges until ``finish``."""
        return self._sittings[sitting]

    def replace_attendance(self, sitting: int, attendance: Iterable[Attendee]) -> None:
        """Put a revised attendance list (character spans, as from ``sitting_so_far``) in place of the old."""
        self._sittings[sitting] = replace(self._sittings[sitting], attendance=tuple(attendance))

    def item(
        self,
        heading: Ranges,
        number: str = "",
        level: int = 1,
        parent: int | None = None,
        sitting: int | None = None,
        visibility: Visibility = "open",
    ) -> int:
        """Claim a heading that opens an item. Its title is made from the words of the heading."""
        self._items.append(
            Item("", _spans(heading), number, level, sitting, parent, visibility),
        )
        return len(self._items) - 1

    def speech(
        self,
        speaker: str,
        ranges: Ranges,
        label: Ranges = (),
        name: str = "",
        sitting: int | None = None,
        item: int | None = None,
        section: Section = "text",
        time: str = "",
        visibility: Visibility = "open",
    ) -> int:
        """Claim words and the label that names their speaker."""
        self._speeches.append(
            Speech(speaker, _spans(ranges), _spans(label), name, sitting, item, section, time, visibility)
        )
        return len(self._speeches) - 1

    def text_at(
        self,
        ranges: Ranges,
        section: Section = "text",
        sitting: int | None = None,
        item: int | None = None,
        visibility: Visibility = "open",
    ) -> None:
        """Claim anything else that is read by people."""
        self._texts.append(Text(_spans(ranges), sitting, item, section, visibility))

    def markup(self, start: int, end: int) -> None:
        """Letters that are not read by people: a link target, an entity, a tag, a timestamp."""
        self._markup.append((start, end))

    def finding(
        self,
        code: str,
        message: str,
        advice: str = "",
        at: Range | None = None,
        holds: bool = False,
    ) -> None:
        """Notice something; ``holds`` when the letters under ``at`` are left to the finding alone."""
        self._findings.append(Finding(code, message, advice, None if at is None else Span(*at), "", holds))

    def finish(self) -> Proceedings:
        """The Proceedings, in byte offsets of ``text.encode()``."""
        return _Finisher(self).proceedings()


def _spans(ranges: Ranges) -> Spans:
    return tuple(map(Span._make, ranges))


def places_in_bytes(text: str, places: Sequence[tuple[int, str]]) -> tuple[PlaceRun, ...]:
    """The place runs of a rendition from a reader's (character offset, label) pairs."""
    at = _byte_offsets(text, (start for start, _ in places))
    return tuple(PlaceRun(at[start], label) for start, label in places)


def _byte_offsets(text: str, offsets: Iterable[int]) -> dict[int, int]:
    wanted = sorted(set(offsets))
    if text.isascii():
        return {offset: offset for offset in wanted}
    found: dict[int, int] = {}
    position = total = 0
    for offset in wanted:
        total += len(text[position:offset].encode())
        found[offset] = total
        position = offset
    return found


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


class _Held(NamedTuple, Generic[Claimed]):
    """A claimed element and the ranges it got, in characters."""

    element: Claimed
    spans: Spans
    label: Spans = ()


class _Finisher:
    """One pass over the claims of a form. Kept apart so that ``Form`` stays a list of verbs."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.text = form.text
        self.same = form.text.isascii()
        self.findings = _apart(form._findings)
        self.markup = _merged(form._markup)
        self.held = _merged((each.span.start, each.span.end) for each in self.findings if each.holds and each.span)
        self.barriers = _merged([*self.markup, *self.held])
        self.barrier_starts = [start for start, _ in self.barriers]
        self.cursor = 0
        self.covered: list[Range] = []
        self.line_starts: list[int] = []
        self.place_starts = [start for start, _ in form.places]

    def proceedings(self) -> Proceedings:
        items, speeches, texts = self._claimed()
        texts += self._unclaimed(items)
        claimed = self.form._items  # ordered by what was claimed: a heading of markup alone has no spans left
        order = sorted(range(len(items)), key=lambda index: (_start(claimed[index].spans), index))
        rank: dict[int | None, int | None] = {old: new for new, old in enumerate(order)}
        rank[None] = None
        self.bytes_at = _byte_offsets(self.text, self._offsets([*items, *speeches, *texts]))
        return Proceedings(
            sittings=tuple(self._sitting(sitting) for sitting in self.form._sittings),
            items=tuple(self._item(items[index], rank) for index in order),
            speeches=tuple(self._speech(speech, rank) for speech in sorted(speeches, key=_position)),
            texts=tuple(self._text(text, rank) for text in sorted(texts, key=_position)),
            markup=self._to_bytes(_spans(self._markup_with_letters())),
            findings=tuple(self._finding(finding) for finding in self.findings),
            language=self.form.language,
        )

    def _claimed(self) -> tuple[list[_Held[Item]], list[_Held[Speech]], list[_Held[Text]]]:
        """What each claim got, in the order of starts; a speech or text that got nothing is left out."""
        form = self.form
        items = [_Held(item, ()) for item in form._items]
        speeches: list[_Held[Speech]] = []
        texts: list[_Held[Text]] = []
        claims = [
            *((_start(item.spans), 0, index) for index, item in enumerate(form._items)),
            *((_start(speech.label or speech.spans), 1, index) for index, speech in enumerate(form._speeches)),
            *((_start(text.spans), 2, index) for index, text in enumerate(form._texts)),
        ]
        for _, kind, index in sorted(claims):
            if kind == 0:
                items[index] = _Held(form._items[index], self._take(form._items[index].spans))
            elif kind == 1:
                speech = form._speeches[index]
                label = self._take(speech.label)
                speeches.append(_Held(speech, self._take(speech.spans), label))
            else:
                texts.append(_Held(form._texts[index], self._take(form._texts[index].spans)))
        return items, [each for each in speeches if each.spans or each.label], [each for each in texts if each.spans]

    def _take(self, spans: Spans) -> Spans:
        """What is still free of these ranges, split at markup, trimmed of white space at both ends."""
        taken: list[Range] = []
        for start, end in spans:
            free_from = max(start, self.cursor)
            if free_from < end:
                taken += self._between_barriers(free_from, end)
                self.cursor = end
        while taken and not self.text[slice(*taken[0])].strip():
            taken.pop(0)
        while taken and not self.text[slice(*taken[-1])].strip():
            taken.pop()
        if taken:
            first, last = taken[0], taken[-1]
            taken[0] = (_skip_space(self.text, *first), first[1])
            taken[-1] = (taken[-1][0], _skip_space_back(self.text, taken[-1][0], last[1]))
        self.covered += taken
        return _spans(taken)

    def _between_barriers(self, start: int, end: int) -> list[Range]:
        free: list[Range] = []
        index = max(bisect_right(self.barrier_starts, start) - 1, 0)
        while index < len(self.barriers) and self.barriers[index][0] < end:
            barrier = self.barriers[index]
            if barrier[1] > start:
                if barrier[0] > start:
                    free.append((start, barrier[0]))
                start = barrier[1]
            index += 1
        if start < end:
            free.append((start, end))
        return free

    def _unclaimed(self, items: list[_Held[Item]]) -> list[_Held[Text]]:
        """Letters that no element, markup or finding holds, as texts of the item they follow."""
        opened = sorted((_start(item.spans), index) for index, item in enumerate(items) if item.spans)
        starts = [start for start, _ in opened]
        covered = _merged([*self.covered, *self.barriers])
        gaps = pairwise([(0, 0), *covered, (len(self.text), len(self.text))])
        found: list[_Held[Text]] = []
        for (_, start), (end, _) in gaps:
            if end > start and LETTER.search(self.text, start, end):
                index = bisect_right(starts, start) - 1
                item = opened[index][1] if index >= 0 else None
                first = _skip_space(self.text, start, end)
                spans = _spans([(first, _skip_space_back(self.text, first, end))])
                found.append(_Held(self._text_of(item, items), spans))
        return found

    def _text_of(self, item: int | None, items: list[_Held[Item]]) -> Text:
        """A text of an item, in its sitting and of its class."""
        if item is None:
            return Text((), self._only_sitting())
        return Text((), items[item].element.sitting, item, visibility=items[item].element.visibility)

    def _only_sitting(self) -> int | None:
        return 0 if self.form._sittings else None

    def _markup_with_letters(self) -> list[Range]:
        held = _merged(self.held)
        if not held:
            return self.markup
        outside: list[Range] = []
        for start, end in self.markup:
            position = start
            for held_start, held_end in held:
                if held_start < end and held_end > position:
                    if held_start > position:
                        outside.append((position, held_start))
                    position = max(position, held_end)
            if position < end:
                outside.append((position, end))
        return outside

    def _offsets(self, held: Iterable[_Held[Any]]) -> Iterable[int]:
        groups: list[Spans] = [part for each in held for part in (each.spans, each.label)]
        for sitting in self.form._sittings:
            groups += [
                sitting.spans,
                *(d.spans for d in sitting.dates),
                *(a.spans for a in sitting.attendance),
            ]
        groups += [(finding.span,) for finding in self.findings if finding.span]
        groups.append(_spans(self._markup_with_letters()))
        return (offset for group in groups for span in group for offset in span)

    def _to_bytes(self, spans: Spans) -> Spans:
        if self.same:
            return spans
        return tuple(Span(self.bytes_at[start], self.bytes_at[end]) for start, end in spans)

    def _place(self, start: int) -> str:
        if self.form.places:
            index = bisect_right(self.place_starts, start) - 1
            return self.form.places[max(index, 0)][1]
        if not self.line_starts:
            self.line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return remark("line %(n)s", n=bisect_right(self.line_starts, start))

    def _sitting(self, sitting: Sitting) -> Sitting:
        return replace(
            sitting,
            spans=self._to_bytes(sitting.spans),
            dates=tuple(replace(date, spans=self._to_bytes(date.spans)) for date in sitting.dates),
            attendance=tuple(replace(line, spans=self._to_bytes(line.spans)) for line in sitting.attendance),
        )

    def _item(self, held: _Held[Item], rank: dict[int | None, int | None]) -> Item:
        item, spans = held.element, held.spans
        title = plain([self.text[start:end] for start, end in spans])
        place = self._place(_start(spans))
        around = (item.number, item.level, item.sitting, rank[item.parent], item.visibility, place)
        return Item(title, self._to_bytes(spans), *around)

    def _speech(self, held: _Held[Speech], rank: dict[int | None, int | None]) -> Speech:
        speech, place = held.element, self._place(_position(held))
        said = (speech.speaker, self._to_bytes(held.spans), self._to_bytes(held.label), speech.name)
        return Speech(*said, speech.sitting, rank[speech.item], speech.section, speech.time, speech.visibility, place)

    def _text(self, held: _Held[Text], rank: dict[int | None, int | None]) -> Text:
        text, place = held.element, self._place(_position(held))
        where = (text.sitting, rank[text.item], text.section, text.visibility, place)
        return Text(self._to_bytes(held.spans), *where)

    def _finding(self, finding: Finding) -> Finding:
        if finding.span is None:
            return finding
        place = self._place(finding.span.start)
        return replace(finding, place=place, span=self._to_bytes((finding.span,))[0])


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """The findings so that no two hold the same letters: the one that starts first holds them."""
    apart = list(findings)
    end_of_last = 0
    for _, index in sorted((each.span, index) for index, each in enumerate(findings) if each.holds and each.span):
        start, end = findings[index].span or Span(0, 0)
        free = max(start, end_of_last)
        apart[index] = (
            replace(findings[index], span=Span(free, end)) if free < end else replace(findings[index], holds=False)
        )
        end_of_last = max(end_of_last, end)
    return apart


def _start(spans: Spans) -> int:
    return spans[0].start if spans else 0


def _position(held: _Held[Any]) -> int:
    return _start(held.label or held.spans)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _skip_space_back(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
