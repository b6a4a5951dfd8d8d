"""What waits for the clerk, beside the questions of the register: everything that was noticed, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from remembrancer.access import may_do
from remembrancer.model import Principal, Quote
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing import keeping
from remembrancer.office.desk import requests
from remembrancer.office.desk.requests import Request
from remembrancer.office.registers.registered import Registered
from remembrancer.office.showing.shown import findings
from remembrancer.plain import plain
from remembrancer.record.retention import Due

AROUND = 400
"""Bytes of a document shown before and after the words that a question is about."""


NEVER = "9999-12-31"
"""When a request is due that has no due date."""


class Noticed(NamedTuple):
    """A finding of a reader, or one of the register: ``severity`` is empty for what a reader noticed. ``sitting`` is
    that of the register's, ``path`` the document of a reader's."""

    id: str
    code: str
    severity: str
    message: str
    advice: str
    path: str
    source: str
    place: str
    date: str
    sitting: str
    spans: tuple[Quote, ...]


class Piece(NamedTuple):
    """Words of a document; ``marked`` where they are what it is about."""

    text: str
    marked: bool


class Around(NamedTuple):
    """Quotations that stand near one another, with what stands around them in their document; ``first`` to ``last``."""

    pieces: tuple[Piece, ...]
    first: Quote
    last: Quote


class DueView(NamedTuple):
    """A source whose time has come or comes: its path is empty for who may not see it."""

    source: str
    path: str
    authority: str
    period: str
    since: str
    day: str


class Waiting(NamedTuple):
    """What waits beside the questions: what was ``noticed``, the register's worst first and then what readers noticed
    by document; the open ``requests``, the most urgent first; and how many sources are ``due`` to go."""

    noticed: tuple[Noticed, ...]
    requests: tuple[Request, ...]
    due: int


def waiting(bureau: Bureau, principal: Principal, registered: Registered) -> Waiting:
    """What waits for a principal today; of what they may not do nothing."""

    def made() -> Waiting:
        noticed = (*_of_register(registered), *_of_readers(bureau, principal))
        due = len(keeping.due(bureau)) if may_do(principal, "dispose") else 0
        return Waiting(noticed, tuple(_open_requests(bureau, principal)), due)

    return bureau.remembered(("desk", principal, bureau.today()), made)


def _open_requests(bureau: Bureau, principal: Principal) -> list[Request]:
    if not may_do(principal, "request"):
        return []
    found = [each for each in requests.requests(bureau, principal) if not each.outcome]
    return sorted(found, key=lambda each: each.due or NEVER)


def by_code(found: Sequence[Noticed]) -> list[tuple[str, int]]:
    """Each code with how many there are, the most frequent first."""
    return sorted(Counter(each.code for each in found).items(), key=lambda pair: (-pair[1], pair[0]))


def _of_register(registered: Registered) -> list[Noticed]:
    return [
        Noticed(
            each.id,
            each.code,
            each.severity,
            each.message,
            each.advice,
            "",
            each.spans[0].source if each.spans else "",
            each.place,
            each.date,
            each.sitting,
            each.spans,
        )
        for each in registered.notices()
    ]


def _of_readers(bureau: Bureau, principal: Principal) -> list[Noticed]:
    return [
        Noticed(
            each.id,
            each.code,
            "",
            each.message,
            each.advice,
            each.path,
            each.source,
            each.place,
            "",
            "",
            (each.span,) if each.span and each.span.quote.strip() else (),
        )
        for each in findings(bureau, principal)
    ]


def around(bureau: Bureau, quotes: Sequence[Quote]) -> list[Around]:
    """Quotations of what a principal may see, with the words before and after them; those near one another at once."""
    near: list[list[Quote]] = []
    for quote in sorted(
        set(quotes), key=lambda each: (quotes[0].rendition != each.rendition, each.rendition, each.start)
    ):
        last = near[-1][-1] if near else None
        if last and last.rendition == quote.rendition and quote.start - last.end < AROUND:
            near[-1].append(quote)
        else:
            near.append([quote])
    return [_around(bureau.renditions.get(group[0].rendition), group) for group in near]


def _around(data: bytes, quotes: Sequence[Quote]) -> Around:
    first, last = quotes[0], quotes[-1]
    pieces = [Piece(_words(data[max(0, first.start - AROUND) : first.start], cut="front"), False)]
    at = first.start
    for quote in quotes:
        if quote.end > at:
            pieces += [
                Piece(_text(data[at : quote.start]), False),
                Piece(_text(data[max(at, quote.start) : quote.end]), True),
            ]
            at = quote.end
    pieces.append(Piece(_words(data[at : at + AROUND], cut="back"), False))
    return Around(tuple(each for each in pieces if each.text), first, last)


def _words(data: bytes, cut: Literal["front", "back"]) -> str:
    """Whole words of bytes, where the first or the last may be cut."""
    text = _text(data)
    if len(data) < AROUND:
        return text
    return f"… {text.partition(' ')[2]}" if cut == "front" else f"{text.rpartition(' ')[0]} …"


def _text(data: bytes) -> str:
    """What a person reads, still apart from what stands before and after."""
    written = data.decode("utf-8", "ignore").strip("*_`")
    before, after = (" " if each.isspace() else "" for each in (written[:1], written[-1:]))
    return f"{before}{plain([written])}{after}"


def due_views(bureau: Bureau, principal: Principal, plan: Sequence[Due]) -> list[DueView]:
    """What is due, as it is shown to somebody."""
    views = []
    for one in plan:
        seen = bureau.seen_source(principal, one.source)
        path = seen.source.path if seen else ""
        told = one.schedule
        views.append(DueView(one.source if seen else "", path, told.authority, told.period, told.since, str(one.day)))
    return views
