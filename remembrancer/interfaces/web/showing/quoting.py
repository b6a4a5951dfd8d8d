"""Quotations as a page shows them: the part that answers, its words marked, and what stands around it.

Between the quotation marks stand exactly the record's words; what is left out is marked outside of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from remembrancer.interfaces.cli.excerpts import SEAM, Place, part, places_of, proof
from remembrancer.memory.cite import Hit
from remembrancer.memory.query import words
from remembrancer.model import Quote
from remembrancer.plain import plain
from remembrancer.queries import Query

LONG = 560
"""Characters of a quotation that is shown whole."""


class Piece(NamedTuple):
    """Words of the record; ``marked`` where they are what was asked for."""

    text: str
    marked: bool


class Excerpt(NamedTuple):
    """The part of a quotation that is shown: runs of words, with something left out between them, and whether some is
    left out ``before`` and ``after``."""

    runs: tuple[tuple[Piece, ...], ...]
    before: bool
    after: bool


class Context(NamedTuple):
    """What stands around a quotation in its document."""

    before: str
    text: str
    after: str


class Shown(NamedTuple):
    """A quotation with where it stands: ``title`` is that of the item or the row it is about."""

    excerpt: Excerpt
    hit: Hit
    title: str = ""
    context: Context | None = None


def found(hit: Hit, query: Query | None, title: str = "") -> Shown:
    """A passage that a search found."""
    question = " ".join(word.text for word in words(query)) if query else ""
    return Shown(_excerpt(hit.text, places_of(hit.text, question), LONG), hit, title, _around(hit))


def answered(hit: Hit, question: str, title: str = "") -> Shown:
    """A passage that answers a question."""
    return Shown(_excerpt(hit.text, places_of(hit.text, question), LONG), hit, title, _around(hit))


def proving(hit: Hit, question: str, values: Iterable[str], title: str = "") -> Shown:
    """The words that prove facts with these values."""
    return Shown(quoted(hit.spans, question, values), hit, title)


def quoted(spans: Sequence[Quote], question: str = "", values: Iterable[str] = ()) -> Excerpt:
    """The words of spans, or the part of them with the values."""
    text = proof(spans)
    return _excerpt(text, places_of(text, question, values), LONG)


def whole(text: str) -> Excerpt:
    """The beginning of a text, all of it where there is room."""
    return _excerpt(text, (), LONG)


def _excerpt(text: str, places: Sequence[Place], room: int) -> Excerpt:
    start, end = part(text, sorted(places), room)
    runs: list[tuple[Piece, ...]] = []
    at = start
    for run in text[start:end].split(SEAM):
        runs.append(tuple(_pieces(text, at, at + len(run), places)))
        at += len(run) + len(SEAM)
    return Excerpt(tuple(run for run in runs if run), start > 0, end < len(text))


def _pieces(text: str, start: int, end: int, places: Iterable[Place]) -> Iterator[Piece]:
    """The words between two characters, those in a place apart."""
    at = start
    for place in sorted(places):
        first, last = max(at, place.start), min(end, place.end)
        if first < last:
            if at < first:
                yield Piece(text[at:first], False)
            yield Piece(text[first:last], True)
            at = last
    if at < end:
        yield Piece(text[at:end], False)


def _around(hit: Hit) -> Context | None:
    """The window of a hit, without its own words; None where nothing else stands in it."""
    if hit.window is None:
        return None
    data, start = hit.window.quote.encode(), hit.window.start
    before = _lines(data[: hit.spans[0].start - start].decode())
    after = _lines(data[hit.spans[-1].end - start :].decode())
    return Context(before, hit.text, after) if before or after else None


def _lines(text: str) -> str:
    """A text as a person reads it, line by line as its document has it."""
    return "\n".join(filter(None, (plain([line]) for line in text.splitlines())))
