"""The part of a quotation that answers, where there is no room for all of it.

``excerpt("... a long speech in which £42,500 is allocated to the bridge ...", places)`` gives
``[…] “in which £42,500 is allocated” […]``. Between the quotation marks stand exactly the record's words, cut only
between words; what is left out is marked outside of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from remembrancer.memory.asking.passages import named
from remembrancer.memory.cite import letters
from remembrancer.memory.lookup import marks
from remembrancer.memory.stopwords import STOP, spoken
from remembrancer.model import Quote
from remembrancer.plain import plain
from remembrancer.queries import Group

SHORT = 160
"""Characters of a quotation that is not shown whole."""

LEFT_OUT = "[…]"

SEAM = "\x1f"
"""Stands in a text where words are left out: a space that ``plain`` never leaves."""

NEAR = 4
"""Bytes between two spans that can hold no words: a line's end, an indentation."""

TARGET = (("[", "(", "<"), ("]", ")", ">"))
"""What the spans before and after the target of a link end and begin with: it is nobody's words."""

VALUE, WORD = 4, 1
"""What a place counts for: the value itself more than any word of the question."""


class Place(NamedTuple):
    """Characters of a text that answer, and what they count for."""

    start: int
    end: int
    weight: int = WORD


def excerpt(text: str, places: Iterable[Place] = (), room: int = SHORT) -> str:
    """The text in quotation marks: whole where there is room, else the part with the places that count for most."""
    start, end = part(text, sorted(places), room)
    before, after = (LEFT_OUT if cut else "" for cut in (start > 0, end < len(text)))
    words = text[start:end].strip().replace(SEAM, f"” {LEFT_OUT} “")
    return " ".join(filter(None, (before, f"“{words}”", after)))


def part(text: str, places: Sequence[Place], room: int) -> tuple[int, int]:
    """Where the part to show begins and ends: between words, and at most ``room`` characters apart unless one word
    is longer."""
    if len(text) <= room:
        return 0, len(text)
    first = max([0, *(place.start for place in places)], key=lambda at: (_held(places, at, at + room), -at))
    last = max((place.end for place in places if place.start >= first and place.end <= first + room), default=first)
    if not first or last <= room:
        return 0, _word_end(text, room)
    start = _word_start(text, max(0, min(first - (room - last + first) // 2, len(text) - room)), first)
    return start, _word_end(text, start + room)


def _held(places: Sequence[Place], start: int, end: int) -> int:
    return sum(place.weight for place in places if start <= place.start and place.end <= end)


def _word_start(text: str, at: int, latest: int) -> int:
    """Where the first word begins that begins at or after ``at``, and no later than ``latest``."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = text.find(" ", at, latest)
    return space + 1 if space >= 0 else latest


def _word_end(text: str, at: int) -> int:
    """Where the last word ends that ends at or before ``at``; where there is none the word is cut."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    space = text.rfind(" ", 0, at)
    return space if space > 0 else at


def places_of(text: str, question: str, values: Iterable[str] = ()) -> list[Place]:
    """Where the words of a question and the values of its answer stand in a text."""
    written = re.findall(r"\w+", question)
    terms = tuple(term.query for term in named(question, frozenset(STOP)))
    words = marks(text, Group(may=terms), spoken(written, STOP)) if terms else []
    found = (match for value in values if value for match in re.finditer(_whole(value), text))
    return [*(Place(*word) for word in words), *(Place(match.start(), match.end(), VALUE) for match in found)]


def _whole(value: str) -> str:
    return rf"(?<!\w){re.escape(' '.join(value.split()))}(?!\w)"


def proof(spans: Sequence[Quote]) -> str:
    """What the spans say, with a seam where words stand between them that none of them holds."""
    pieces: list[list[str]] = []
    for before, span in zip([None, *spans], spans, strict=False):
        gap = _between(before, span) if before else None
        if gap is None:
            pieces.append([])
        pieces[-1] += [gap or "", span.quote]
    return SEAM.join(filter(letters, (plain(piece) for piece in pieces)))


def _between(before: Quote, after: Quote) -> str | None:
    """What stands between two spans, as far as a reader goes: a space, nothing, or None for words left out."""
    if before.quote.endswith(TARGET[0]) and after.quote.startswith(TARGET[1]):
        return ""
    near = before.rendition == after.rendition and 0 <= after.start - before.end <= NEAR
    return " " if near else None
