"""What lawfully goes, and how: ordered redaction, scheduled disposal, and holds that suspend schedules.

The entry that says so goes first, then payloads and blobs; whoever opens the log after an interruption
completes it. Payloads of the kinds that stand here::

    schedule    {"authority": "notes", "period": "P6M", "from": "approval"}
    hold        {"sources": [SHA256...], "authorities": ["recording"], "everything": false, "reason": "..."}
    release     {"hold": 12}
    redaction   {"authority": "order 7/2026", "what": ["a name"], "ids": [ID...], "blobs": [REPLACEMENT...],
                 "removes": {"entries": [3, 5], "blobs": [SHA256...]}}
    disposal    as a redaction, with "schedule": the number of the schedule's entry, or null for a default

A schedule speaks of every source of one authority: ``period`` is an ISO 8601 duration of years, months and
days, or ``permanent``; it runs from the day the source was recorded, or with ``"from": "approval"`` from the
day its sitting's minutes were approved. The newest schedule of an authority holds. An entry belongs to a
source by its payload's ``source``. A blob that an entry which stays needs is never disposed of.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from remembrancer.model import Exit, Fault, Sha256, Visibility
from remembrancer.record.canonical import Json
from remembrancer.record.entries import Entry, blobs_of, texts_of
from remembrancer.record.log import Log
from remembrancer.record.verify import REMOVALS, removed_by
from remembrancer.saying import Sentence

PERMANENT = "permanent"
_is_period = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?").fullmatch


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long sources of one authority stay. ``entry`` is its number, or None for a default."""

    authority: str
    period: str
    since: str = "recorded"
    entry: int | None = None


DEFAULT_SCHEDULES = (
    Schedule("recording", "P0D", "approval"),
    Schedule("notes", "P0D", "approval"),
    Schedule("draft", "P0D", "approval"),
)
"""Working papers go once the minutes are approved; what has no schedule is permanent."""


@dataclass(frozen=True, slots=True)
class Due:
    """One source whose time has come: the payloads and blobs that go, and the schedule that says so."""

    source: Sha256
    entries: tuple[int, ...]
    blobs: tuple[Sha256, ...]
    schedule: Schedule
    day: date


@dataclass
class _Holdings:
    """What the log holds, as far as retention asks."""

    sources: dict[Sha256, Entry] = field(default_factory=dict)
    derived: dict[Sha256, list[Entry]] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    holds: dict[int, Entry] = field(default_factory=dict)
    needed: Counter[Sha256] = field(default_factory=Counter)


def parse_period(period: str) -> tuple[int, int] | None:
    """Months and days of an ISO 8601 duration; None for ``permanent``. A Fault for anything else."""
    if period == PERMANENT:
        return None
    match = _is_period(period)
    if match is None:
        raise Fault(
            Exit.USAGE,
            Sentence("%(period)s is not a period.", period=repr(period)),
            Sentence("Write P2Y, P6M, P90D or a mix of these, or permanent."),
        )
    years, months, days = (int(number or 0) for number in match.groups())
    return years * 12 + months, days


def end_of(period: str, since: date) -> date | None:
    """The day a period that began on ``since`` is over; None if never. A short month ends on its last day."""
    length = parse_period(period)
    if length is None:
        return None
    month = since.year * 12 + since.month - 1 + length[0]
    year, month = month // 12, month % 12 + 1
    day = min(since.day, monthrange(year, month)[1]) if year <= date.max.year else 1
    return date(year, month, day) + timedelta(days=length[1]) if year <= date.max.year else None


def due(entries: Iterable[Entry], today: date, approved: Mapping[Sha256, date] | None = None) -> list[Due]:
    """The sources to dispose of today, in the order they were recorded. Nothing is done.

    ``approved`` gives, for a source, the day the minutes of its sitting were approved: without one, a period
    that runs from approval has not begun.
    """
    holdings = _take_stock(entries)
    found = []
    for source, entry in holdings.sources.items():
        schedule = holdings.schedules.get(_authority(entry))
        if schedule is None or _is_held(source, entry, holdings.holds.values()):
            continue
        since = (approved or {}).get(source) if schedule.since == "approval" else _day(entry)
        day = end_of(schedule.period, since) if since else None
        if day is not None and day <= today:
            gone = holdings.derived[source]
            numbers = tuple(entry.number for entry in gone)
            found.append(Due(source, numbers, _only_needed_by(gone, holdings.needed), schedule, day))
    return found


def _take_stock(entries: Iterable[Entry]) -> _Holdings:
    holdings = _Holdings(schedules={schedule.authority: schedule for schedule in DEFAULT_SCHEDULES})
    for entry in entries:
        if entry.payload is None:
            continue
        holdings.needed.update(set(blobs_of(entry)))
        source = entry.payload.get("source")
        if isinstance(source, str):
            holdings.derived.setdefault(source, []).append(entry)
            if entry.kind == "source":
                holdings.sources[source] = entry
        elif entry.kind == "schedule":
            schedule = schedule_of(entry)
            holdings.schedules[schedule.authority] = schedule
        elif entry.kind == "hold":
            holdings.holds[entry.number] = entry
        elif entry.kind == "release":
            holdings.holds.pop(_number(entry.payload.get("hold")), None)
    return holdings


def _number(value: Json) -> int:
    return value if isinstance(value, int) else -1


def schedule_of(entry: Entry) -> Schedule:
    """The schedule that an entry of that kind sets."""
    payload = entry.payload or {}
    authority, period = str(payload.get("authority", "")), str(payload.get("period", PERMANENT))
    return Schedule(authority, period, str(payload.get("from", "recorded")), entry.number)


def _authority(entry: Entry) -> str:
    return str((entry.payload or {}).get("authority", ""))


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.at[:10])


def _is_held(source: Sha256, entry: Entry, holds: Iterable[Entry]) -> bool:
    return any(
        (hold.payload or {}).get("everything") is True
        or source in texts_of(hold, "sources")
        or _authority(entry) in texts_of(hold, "authorities")
        for hold in holds
    )


def _only_needed_by(gone: Sequence[Entry], needed: Counter[Sha256]) -> tuple[Sha256, ...]:
    by_these = Counter(name for entry in gone for name in set(blobs_of(entry)))
    return tuple(name for name, times in by_these.items() if times == needed[name])


def dispose(log: Log, plan: Iterable[Due], by: str) -> list[int]:
    """Carry out what ``due`` found, one ``disposal`` for each source; the numbers of these entries."""
    return [_dispose(log, one, by) for one in plan]


def _dispose(log: Log, one: Due, by: str) -> int:
    schedule = one.schedule
    authority = f"schedule: {schedule.authority} {schedule.period} from {schedule.since}"
    payload: Mapping[str, Json] = {
        "authority": authority,
        "what": [schedule.authority],
        "ids": [one.source],
        "schedule": schedule.entry,
        "removes": {"entries": list(one.entries), "blobs": list(one.blobs)},
        "blobs": [],
    }
    return _remove(log, "disposal", payload, by, "open")


def redact(
    log: Log,
    entries: Sequence[int],
    blobs: Sequence[Sha256],
    *,
    authority: str,
    what: Sequence[str],
    by: str,
    replacements: Sequence[bytes] = (),
    ids: Sequence[str] = (),
    classes: Mapping[str, Visibility] = MappingProxyType({}),
    visibility: Visibility = "open",
) -> int:
    """Remove payloads and blobs as somebody with ``authority`` ordered; the number of the entry that says so.

    ``what`` says what kinds of thing go, never the thing. ``replacements`` are kept as blobs of the new entry;
    ``ids`` are what went was known by, so that who asks for one of them is told; ``classes`` who may be told so of
    which, where that is not who may see the entry.
    A blob goes also from other entries that name it. Refused with a Fault: no authority, an entry that is
    not there, or one that itself says what was removed.
    """
    if not authority.strip():
        raise Fault(Exit.USAGE, Sentence("A redaction needs the authority under which it is made."))
    for number in entries:
        _refuse_unless_removable(log, number)
    payload: Mapping[str, Json] = {
        "authority": authority,
        "what": list(what),
        "ids": list(ids),
        "classes": dict(classes),
        "removes": {"entries": sorted(set(entries)), "blobs": sorted(set(blobs))},
        "blobs": [log.put(replacement) for replacement in replacements],
    }
    return _remove(log, "redaction", payload, by, visibility)


def _refuse_unless_removable(log: Log, number: int) -> None:
    if not 0 <= number < log.size():
        raise Fault(Exit.USAGE, Sentence("There is no entry %(n)s.", n=number))
    if log.entry(number).kind in REMOVALS:
        raise Fault(Exit.REFUSED, Sentence("Entry %(n)s says what was removed; it cannot itself be removed.", n=number))


def _remove(log: Log, kind: str, payload: Mapping[str, Json], by: str, visibility: Visibility) -> int:
    with log.removal():
        number = log.add(kind, payload, by, visibility)
        _carry_out(log, log.entry(number), keep=frozenset())
    return number


def _carry_out(log: Log, entry: Entry, keep: frozenset[Sha256]) -> None:
    removed = removed_by(entry)
    for number in removed.entries:
        log.store.remove_payload(number)
    for name in removed.blobs:
        if name not in keep:
            log.blobs.remove(name)


def complete(log: Log) -> None:
    """Carry out again whatever the log says was removed; a blob that a later entry brought back stays."""
    removals, last_named = [], dict[Sha256, int]()
    for entry in log.entries():
        if entry.kind in REMOVALS and entry.payload is not None:
            removals.append(entry)
        last_named.update(dict.fromkeys(blobs_of(entry), entry.number))
    for entry in removals:
        keep = frozenset(name for name, number in last_named.items() if number > entry.number)
        _carry_out(log, entry, keep)
