"""What feeds and calendars tell: sittings, decisions, and what a watch finds, as their reader may see it.

When something became known is when the newest document was recorded that tells it and that the reader sees, so that
what is closed to them never shows, not even by a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from remembrancer.memory.cite import Hit
from remembrancer.memory.views import SittingLine
from remembrancer.model import Decision, Principal, Sha256
from remembrancer.office.asking import answering, watching
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registered import Registered, Wanted
from remembrancer.office.showing import course
from remembrancer.office.working import Watch, Work
from remembrancer.queries import Filters
from remembrancer.write.atom import NEVER, Entry
from remembrancer.write.calendar import Held

LATEST = 50
"""Entries of a feed."""

Link = Callable[[str], str]
"""From an id to its permanent address."""


def sittings(bureau: Bureau, principal: Principal, link: Link) -> tuple[Entry, ...]:
    """The latest sittings, newest first."""
    dated = [line for line in course.calendar(bureau, principal) if line.dates]
    marks = course.marks(bureau, principal)
    return tuple(_sitting(bureau, line, marks.get(line.id, ""), link) for line in reversed(dated[-LATEST:]))


def _sitting(bureau: Bureau, line: SittingLine, mark: str, link: Link) -> Entry:
    text = "\n".join(filter(None, (*line.dates, line.venue, line.authority)))
    title = f"{_called(bureau, line, mark)}, {line.dates[0]}"
    return Entry(f"{bureau.slug}/{line.id}", title, link(line.id), _recorded(bureau, line.sources), text)


def _called(bureau: Bureau, line: SittingLine, mark: str) -> str:
    """What a sitting is called; with its mark where others are called so on its day."""
    return ", ".join(dict.fromkeys(filter(None, (line.title or bureau.name(), mark))))


def decisions(bureau: Bureau, principal: Principal, link: Link) -> tuple[Entry, ...]:
    """The latest decisions that are stated or confirmed, newest first."""
    registered = Registered(bureau, principal)
    rows = [row for row in registered.wanted(Wanted()) if row.date][-LATEST:]
    return tuple(_decision(bureau, registered, row, link) for row in reversed(rows))


def _decision(bureau: Bureau, registered: Registered, row: Decision, link: Link) -> Entry:
    view = registered.decision(row)
    called = view.title or (view.matter.title if view.matter else "") or view.kind
    title = ", ".join(filter(None, (view.number, called, view.date)))
    return Entry(f"{bureau.slug}/{row.id}", title, link(row.id), _recorded(bureau, [row.source]), view.text)


def watched(
    bureau: Bureau, work: Work, principal: Principal, number: int, link: Link
) -> tuple[Watch, tuple[Entry, ...]]:
    """A watch of the principal's by its number, and what it finds: passages of a search; of a question the answer,
    which is another entry when it changes. A Fault (refused) where they have none of that number."""
    kept = watching.numbered(bureau, work, principal, number)
    find = _answer if kept.kind == "ask" else _passages
    return kept, find(bureau, principal, kept, link)


def _passages(bureau: Bureau, principal: Principal, kept: Watch, link: Link) -> tuple[Entry, ...]:
    filters: Mapping[str, Any] = kept.filters
    hits = bureau.search(principal, kept.query, Filters(**filters), LATEST)
    found = (_passage(bureau, hit, link) for hit in hits)
    return tuple({each.about: each for each in found}.values())


def _passage(bureau: Bureau, hit: Hit, link: Link) -> Entry:
    """A passage, which is another entry when its words are other ones."""
    words = sha256(hit.text.encode()).hexdigest()[:16]
    title = ", ".join(filter(None, (hit.speaker, hit.date, hit.place))) or hit.path
    recorded = _recorded(bureau, [hit.spans[0].source])
    return Entry(f"{bureau.slug}/{hit.id}/{words}", title, link(hit.id), recorded, hit.text)


def _answer(bureau: Bureau, principal: Principal, kept: Watch, link: Link) -> tuple[Entry, ...]:
    told = answering.ask(bureau, principal, kept.query)
    if told.status == "silent":
        return ()
    said = sha256(repr((told.status, told.value, told.sentence)).encode()).hexdigest()[:16]
    sources = [hit.spans[0].source for hit in told.answer if hit.spans]
    where = next((hit.id for hit in told.answer if hit.id), "")
    about = f"{bureau.slug}/watch/{kept.id}/{said}"
    return (Entry(about, kept.query, link(where), _recorded(bureau, sources), told.sentence),)


def held(bureau: Bureau, principal: Principal, link: Link) -> list[Held]:
    """Every dated sitting, for a calendar."""
    marks = course.marks(bureau, principal)
    return [
        Held(
            f"{line.id}@{bureau.slug}",
            _called(bureau, line, marks.get(line.id, "")),
            line.dates,
            line.venue,
            link(line.id),
            _recorded(bureau, line.sources),
        )
        for line in course.calendar(bureau, principal)
        if line.dates
    ]


def _recorded(bureau: Bureau, sources: Iterable[Sha256]) -> str:
    found = (bureau.catalog.source(sha) for sha in sources)
    return max((each.at for each in found if each), default=NEVER)
