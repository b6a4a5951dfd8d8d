"""A source beside its text, a page at a time: as it came where a principal sees the whole of it, and at the place that
is looked for.

Whoever may not read all classes of a source is shown the rendition of their circle and nothing else: neither its bytes
nor pictures of its pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from remembrancer.memory.views import SourceView
from remembrancer.model import PlaceRun, Principal, Proceedings, Sha256, Span, Spans
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.showing import shown
from remembrancer.read.pages import Sheet
from remembrancer.record.circles import WHOLE, View

LEAF = 16_000
"""Bytes of a text on one page, to the end of a line."""

_PAGE = re.compile(r"page (\d+)")

Form = Literal["pdf", "html", "text"]
"""How a source can be shown besides its text: pictures of its pages, a page without what could act, or not."""

Kind = Literal["", "heading", "speaker"]


class Run(NamedTuple):
    """Words of a rendition: a heading, a speaker's label or any others; ``marked`` where they are looked for, and
    ``first`` where they are the first of these on the page."""

    text: str
    kind: Kind
    marked: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One page of a source. ``runs`` are its text; ``place`` where it begins. ``sheet`` is the size of the page's
    picture with boxes around what is looked for, ``html`` the whole page as it came without what could act; each empty
    where ``form`` is another. ``found``: what was looked for stands on this page. ``whole``: nothing is left out of it
    for this principal."""

    source: SourceView
    form: Form
    page: int
    pages: int
    place: str
    runs: tuple[Run, ...]
    found: bool
    whole: bool
    language: str
    sheet: Sheet | None = None
    html: str = ""


class _Leaf(NamedTuple):
    number: int
    of: int
    span: Span


def beside(bureau: Bureau, principal: Principal, sha: Sha256, spans: Spans = (), page: int = 0) -> Beside:
    """A page of a source: by its number, else the one on which the first of ``spans`` begins. A Fault (refused) where
    there is no such source that the principal may see."""
    seen = _seen(bureau, principal, sha)
    view = bureau.view(seen)
    marked = tuple(sorted(span for span in spans if _is_within(view.data, span)))
    form = _form(seen) if _is_whole(bureau, seen) else "text"
    data = bureau.log.blob(sha) if form != "text" else None
    leaf = _leaf(view, form, data, marked, page)
    words = tuple(_runs(view, leaf.span, marked))
    return Beside(
        source=shown.source_view(bureau, principal, seen),
        form=form,
        page=leaf.number,
        pages=leaf.of,
        place=_place(view.places, leaf.span.start),
        runs=words,
        found=any(run.marked for run in words),
        whole=seen.row.circle == WHOLE,
        language=view.proceedings.language,
        sheet=_sheet(data, view, leaf, marked) if data is not None and form == "pdf" else None,
        html=_html(data, view, marked) if data is not None and form == "html" else "",
    )


def page_picture(bureau: Bureau, principal: Principal, sha: Sha256, number: int) -> bytes | None:
    """A page of a PDF as PNG, for who sees the whole of it; None where there is none."""
    seen = _seen(bureau, principal, sha)
    if _form(seen) != "pdf" or not _is_whole(bureau, seen):
        return None
    from remembrancer.read import pages

    return pages.picture(bureau.log.blob(sha), number)


def is_whole(bureau: Bureau, principal: Principal, sha: Sha256) -> bool:
    """Whether a principal sees a source as it came. A Fault (refused) where they see nothing of it."""
    return _is_whole(bureau, _seen(bureau, principal, sha))


def _is_whole(bureau: Bureau, seen: Seen) -> bool:
    return seen.row.circle == WHOLE and not seen.source.gone and bureau.log.blobs.has(seen.source.sha)


def _seen(bureau: Bureau, principal: Principal, sha: Sha256) -> Seen:
    seen = bureau.seen_source(principal, sha)
    if seen is None:
        raise shown.nothing(bureau, principal, sha)
    return seen


def _form(seen: Seen) -> Form:
    name = seen.row.reader.partition("/")[0]
    return "pdf" if name == "pdf" else "html" if name == "html" else "text"


def _is_within(data: bytes, span: Span) -> bool:
    """Whether a span lies in a rendition and neither begins nor ends inside a character."""
    return 0 <= span.start < span.end <= len(data) and all(
        at == len(data) or data[at] & 0xC0 != 0x80 for at in (span.start, span.end)
    )


def _leaf(view: View, form: Form, data: bytes | None, marked: Spans, page: int) -> _Leaf:
    """Which page is shown, of how many, and what of the rendition stands on it."""
    leaves = _pages_of_pdf(view, data) if form == "pdf" and data is not None else _leaves(view.data)
    if not page and marked:
        page = next((number for number, leaf in enumerate(leaves, 1) if leaf.start <= marked[0].start < leaf.end), 1)
    number = max(1, min(page or 1, len(leaves)))
    return _Leaf(number, len(leaves), leaves[number - 1])


def _leaves(data: bytes) -> list[Span]:
    """A text in pages, each to the end of a line; a line that is very long is cut between characters."""
    found: list[Span] = []
    start = 0
    while len(data) - start > LEAF + LEAF // 4:
        end = data.find(b"\n", start + LEAF, start + 2 * LEAF) + 1 or start + LEAF
        while data[end] & 0xC0 == 0x80:
            end += 1
        found.append(Span(start, end))
        start = end
    return [*found, Span(start, len(data))]


def _pages_of_pdf(view: View, data: bytes) -> list[Span]:
    """What of the rendition stands on each page; nothing on a page without text."""
    from remembrancer.read import pages

    starts = [(int(told[1]), run.start) for run in view.places if (told := _PAGE.fullmatch(run.label))]
    ends = [start for _, start in starts[1:]] + [len(view.data)]
    found = {number: Span(start, end) for (number, start), end in zip(starts, ends, strict=True)}
    last = max([pages.count(data), *found, 1])
    return [found.get(number, Span(0, 0)) for number in range(1, last + 1)]


def _place(places: Sequence[PlaceRun], start: int) -> str:
    at = bisect_right([run.start for run in places], start)
    return places[at - 1].label if at else ""


def _runs(view: View, leaf: Span, marked: Spans) -> Iterator[Run]:
    """The words of a page in order, cut where a heading, a label or what is looked for begins or ends."""
    told = [each for each in _told(view.proceedings) if each[0].start < leaf.end and leaf.start < each[0].end]
    marked = tuple(span for span in marked if span.start < leaf.end and leaf.start < span.end)
    spans = [*(span for span, _ in told), *marked]
    edges = sorted({leaf.start, leaf.end, *(at for span in spans for at in span if leaf.start < at < leaf.end)})
    starts, any_marked = [span.start for span, _ in told], False
    for start, end in pairwise(edges):
        at = bisect_right(starts, start) - 1
        kind: Kind = told[at][1] if at >= 0 and start < told[at][0].end else ""
        is_marked = any(span.start <= start < span.end for span in marked)
        yield Run(view.data[start:end].decode(), kind, is_marked, is_marked and not any_marked)
        any_marked = any_marked or is_marked


def _told(proceedings: Proceedings) -> list[tuple[Span, Kind]]:
    """Where headings and speakers' labels stand."""
    found: list[tuple[Span, Kind]] = [(span, "heading") for item in proceedings.items for span in item.spans]
    found += [(span, "speaker") for speech in proceedings.speeches for span in speech.label]
    return sorted(found)


def _sheet(data: bytes, view: View, leaf: _Leaf, marked: Spans) -> Sheet | None:
    from remembrancer.read import pages

    start, end = leaf.span
    on_page = [Span(max(span.start, start), min(span.end, end)) for span in marked]
    wanted = [
        pages.Wanted(view.data[start : span.start].decode(), view.data[span.start : span.end].decode())
        for span in on_page
        if span.start < span.end
    ]
    return pages.sheet(data, leaf.number, wanted)


def _html(data: bytes, view: View, marked: Spans) -> str:
    """The page with those blocks marked in which something stands that is looked for."""
    from remembrancer.read.cleaned import cleaned

    starts = [run.start for run in view.places]
    blocks = {
        view.places[at].label
        for span in marked
        for at in range(max(bisect_right(starts, span.start) - 1, 0), bisect_right(starts, span.end - 1))
    }
    return cleaned(data, blocks)
