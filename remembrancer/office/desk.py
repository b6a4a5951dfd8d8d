"""What waits for the clerk, beside the questions of the register: everything that was noticed, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from remembrancer.model import Principal, Quote
from remembrancer.office.bureau import Bureau
from remembrancer.office.registered import Registered
from remembrancer.office.shown import findings
from remembrancer.plain import plain
from remembrancer.record.retention import Due

AROUND = 400
"""Bytes of a document shown before and after the words that a question is about."""


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


class Around(NamedTuple):
    """A quotation with what stands around it in its document."""

    quote: Quote
    before: str
    text: str
    after: str


class DueView(NamedTuple):
    """A source whose time has come or comes: its path is empty for who may not see it."""

    source: str
    path: str
    authority: str
    period: str
    since: str
    day: str


def noticed(bureau: Bureau, principal: Principal, registered: Registered) -> tuple[Noticed, ...]:
    """Everything that was noticed, the register's worst first, then what readers noticed by document."""
    return bureau.remembered(
        ("noticed", principal),
        lambda: (*_of_register(registered), *_of_readers(bureau, principal)),
    )


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


def around(bureau: Bureau, quote: Quote) -> Around:
    """A quotation of what a principal may see, with the words before and after it."""
    data = bureau.renditions.get(quote.rendition)
    before, after = data[max(0, quote.start - AROUND) : quote.start], data[quote.end : quote.end + AROUND]
    return Around(quote, _words(before, first=False), plain([quote.quote]), _words(after, first=True))


def _words(data: bytes, first: bool) -> str:
    """Whole words of bytes that were cut at the end, or at the beginning."""
    text = plain([data.decode("utf-8", "ignore")])
    if len(data) < AROUND:
        return text
    return text.rpartition(" ")[0] if first else text.partition(" ")[2]


def due_views(bureau: Bureau, principal: Principal, plan: Sequence[Due]) -> list[DueView]:
    """What is due, as it is shown to somebody."""
    views = []
    for one in plan:
        seen = bureau.seen_source(principal, one.source)
        path = seen.source.path if seen else ""
        told = one.schedule
        views.append(DueView(one.source if seen else "", path, told.authority, told.period, told.since, str(one.day)))
    return views
