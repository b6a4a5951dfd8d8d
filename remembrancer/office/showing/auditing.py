"""What shows that the record holds: its log, its blobs and its renditions made again, as a principal may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from typing import Literal, NamedTuple

from remembrancer.access import is_owner, may
from remembrancer.model import Exit, Fault, Principal, Sha256, Visibility
from remembrancer.office.bureau import Bureau, Progress, Seen, require
from remembrancer.office.registers.registrar import knows
from remembrancer.office.registers.settling import SETTLED
from remembrancer.read import house as houses
from remembrancer.record.canonical import Json
from remembrancer.record.catalog import ReadingRow, SourceRow
from remembrancer.record.circles import WHOLE, restrict
from remembrancer.record.entries import Entry, blobs_of
from remembrancer.saying import Sentence


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of the log; ``payload`` is None where it is closed to who asks, or was removed."""

    number: int
    kind: str
    at: str
    by: str
    visibility: Visibility
    state: Literal["shown", "closed", "removed"]
    payload: dict[str, Json] | None


class Unchecked(NamedTuple):
    """A rendition that could not be made again, or came out otherwise, and why."""

    source: Sha256
    path: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Extraction:
    """How many renditions were made again and came out the same, which did not, and which could not be."""

    checked: int
    different: tuple[Unchecked, ...]
    unchecked: tuple[Unchecked, ...]


def log_lines(bureau: Bureau, principal: Principal, start: int = 0, end: int | None = None) -> Iterator[LogLine]:
    """The entries ``start:end``. Envelopes are public, payloads are for those who may see them."""
    visible = visible_entries(bureau, principal)
    for entry in bureau.log.entries(start, end):
        state: Literal["shown", "closed", "removed"] = "shown" if visible(entry) else "closed"
        if entry.payload is None:
            state = "removed"
        payload = entry.payload if state == "shown" else None
        yield LogLine(entry.number, entry.kind, entry.at, entry.by, entry.visibility, state, payload)


def visible_entries(bureau: Bureau, principal: Principal) -> Callable[[Entry], bool]:
    """Whether a principal may see an entry's payload, by the classes as they are now: what nothing allows is denied."""
    seen, knows_all = cache(partial(bureau.seen_source, principal)), knows(bureau, principal)

    def visible(entry: Entry) -> bool:
        if is_owner(principal):
            return True
        if not may(principal, "read", entry.visibility):
            return False
        if entry.kind in SETTLED:
            return knows_all(entry.payload or {})
        source = str((entry.payload or {}).get("source", ""))
        if not source:
            return True
        of_source = seen(source)
        return of_source is not None and _of_circle(entry, of_source.row)

    return visible


def _of_circle(entry: Entry, row: ReadingRow) -> bool:
    """Of a document seen only in part nobody sees more than their circle's rendition and its reading."""
    if row.circle == WHOLE or entry.number == row.entry:
        return True
    payload = entry.payload or {}
    return entry.kind == "rendition" and (payload.get("rendition"), payload.get("circle")) == (
        row.rendition,
        row.circle,
    )


def blob(bureau: Bureau, principal: Principal, name: Sha256) -> bytes:
    """A blob that some entry the principal may see names; of the owner any. A Fault (refused) else."""
    visible = visible_entries(bureau, principal)
    if is_owner(principal) or any(name in blobs_of(each) and visible(each) for each in bureau.log.entries()):
        try:
            return bureau.log.blob(name)
        except KeyError:
            pass
    what = Sentence("There is no blob %(blob)s that %(who)s may see.", blob=name, who=principal.name)
    raise Fault(Exit.REFUSED, what, Sentence("The spans that search --json prints name blobs as rendition."))


def extracted_again(bureau: Bureau, principal: Principal, progress: Progress | None = None) -> Extraction:
    """Make every rendition again from its source, where the reader that made it is the one installed."""
    require(principal, "audit", Sentence("verify what is closed"))
    rows = bureau.catalog.readings()
    checked, different, unchecked = 0, list[Unchecked](), list[Unchecked]()
    for done, row in enumerate(rows, 1):
        source = bureau.catalog.source(row.source)
        path = source.path if source else ""
        made = _made_again(bureau, source, row)
        if isinstance(made, Sentence):
            unchecked.append(Unchecked(row.source, path, made))
        elif sha256(made).hexdigest() != row.rendition:
            different.append(
                Unchecked(row.source, path, Sentence("%(reader)s now makes another text of it", reader=row.reader))
            )
        else:
            checked += 1
        if progress:
            progress("extracting again", done, len(rows))
    return Extraction(checked, tuple(different), tuple(unchecked))


def _made_again(bureau: Bureau, source: SourceRow | None, row: ReadingRow) -> bytes | Sentence:
    """The rendition, or why it cannot be made."""
    from remembrancer import read

    if source is None or source.gone or not bureau.log.blobs.has(row.source):
        return Sentence("its source was removed")
    toml = bureau.catalog.house_toml(row.house) if row.house else ""
    if toml is None:
        return Sentence("its house is not in the record")
    if row.circle != WHOLE:
        return _circle_again(bureau, source, row)
    reading = read.read(bureau.log.blob(row.source), source.path, houses.parse(toml))
    if (reading.reader, reading.rendition.extractor) != (row.reader, row.extractor):
        return Sentence("it was read by %(reader)s; installed is %(other)s", reader=row.reader, other=reading.reader)
    return reading.rendition.data


def _circle_again(bureau: Bureau, source: SourceRow, row: ReadingRow) -> bytes | Sentence:
    whole = bureau.catalog.reading(row.source)
    if whole is None:
        return Sentence("its source was removed")
    readable = set(row.circle.split("+"))
    view = bureau.view(Seen(source, whole))
    return restrict(view, lambda each: each in readable, bureau.catalog.rulings()).data
