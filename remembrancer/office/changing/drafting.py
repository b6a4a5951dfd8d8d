"""A house while it is being written: what is wrong with it and where, what it would change, and those that held before.

Nothing here is recorded: documents of the record are read again under the draft, and what comes of it is counted.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from remembrancer import read
from remembrancer.model import Exit, Fault, Principal, Proceedings, Sha256
from remembrancer.office.bureau import Bureau, Seen, require
from remembrancer.read import house as houses
from remembrancer.read.house import House
from remembrancer.record.circles import classified
from remembrancer.register import vocabulary
from remembrancer.rules.checked import Lines
from remembrancer.saying import Sentence

SAMPLES = 3
"""Documents that a draft is tried on, where none is named."""

LARGEST = 2_000_000
"""Bytes of a document that a draft is tried on while somebody waits."""

_AT_LINE = re.compile(r"at line (\d+)")
_AT_FIELD = re.compile(r"`\$\.([^`]+)`")


class Wrong(NamedTuple):
    """What is wrong with a draft, and what to do; ``line`` from 1, 0 where it is in no line."""

    line: int
    what: str
    advice: str


class Counts(NamedTuple):
    """What a reading of a document found."""

    sittings: int
    items: int
    speeches: int
    attendance: int
    closed: int
    findings: int


class Effect(NamedTuple):
    """What a document is read as now, and what it would be under the draft."""

    source: Sha256
    path: str
    now: Counts
    then: Counts

    @property
    def changes(self) -> list[tuple[str, int, int]]:
        """Each count by its name, before and after."""
        return list(zip(Counts._fields, self.now, self.then, strict=True))


class Version(NamedTuple):
    """A house that was put in force by an entry, and how many lines it added and took away."""

    entry: int
    at: str
    by: str
    added: int
    removed: int
    in_force: bool


def wrong(toml: str) -> Wrong | None:
    """What is wrong with a draft of a house, the first thing first; None where nothing is."""
    try:
        house = houses.parse(toml)
        vocabulary.check(house)
        houses.check_timezone(house)
    except Fault as fault:
        return Wrong(_line_of(toml, fault.what), fault.what, fault.advice)
    return None


def _line_of(toml: str, what: str) -> int:
    if told := _AT_LINE.search(what):
        return int(told[1])
    if told := _AT_FIELD.search(what):
        parts = re.findall(r"[\w-]+", told[1])
        return Lines(toml).of(tuple(int(part) if part.isdigit() else part for part in parts))
    return 0


def samples(bureau: Bureau, principal: Principal, most: int = 100) -> list[Seen]:
    """Documents that a draft can be tried on, the latest first."""
    found = [seen for seen in bureau.all_seen(principal) if not seen.source.gone]
    return found[::-1][:most]


def effects(bureau: Bureau, principal: Principal, toml: str, source: Sha256 = "") -> list[Effect]:
    """What a draft would change on one document, or on the latest few. A Fault where it is no house."""
    require(principal, "convene", Sentence("set the house"))
    vocabulary.check(houses.parse(toml))
    chosen = [seen for seen in samples(bureau, principal) if source in ("", seen.source.sha)]
    return list(_effects(bureau, chosen, bureau.house(), houses.parse(toml)))


def _effects(bureau: Bureau, chosen: Sequence[Seen], now: House, then: House) -> Iterator[Effect]:
    left = SAMPLES
    for seen in chosen:
        data = _bytes_of(bureau, seen)
        if data is not None and left:
            path = seen.source.path
            left -= 1
            yield Effect(seen.source.sha, path, _counts(data, path, now), _counts(data, path, then))


def _bytes_of(bureau: Bureau, seen: Seen) -> bytes | None:
    """The document as it came; None where it is gone, or too large to be waited for."""
    try:
        data = bureau.log.blob(seen.source.sha)
    except KeyError:
        return None
    return data if len(data) <= LARGEST else None


def _counts(data: bytes, path: str, house: House) -> Counts:
    told = read.read(data, path, house).proceedings
    return Counts(
        len(told.sittings),
        len(told.items),
        len(told.speeches),
        sum(len(sitting.attendance) for sitting in told.sittings),
        _closed(told),
        len(told.findings),
    )


def _closed(told: Proceedings) -> int:
    """How many items the document itself, by the house's marks, says are not open."""
    return sum(item.visibility != "open" for item in classified(told, "open", {}).items)


def versions(bureau: Bureau) -> list[Version]:
    """The houses that were put in force, the newest first."""
    found: list[Version] = []
    before = ""
    for number in bureau.numbers_of("house"):
        entry = bureau.log.entry(number)
        payload = entry.payload or {}
        if payload.get("current"):
            toml = str(payload["toml"])
            signs = [line[0] for line in changes(before, toml)]
            found.append(Version(number, entry.at, entry.by, signs.count("+"), signs.count("-"), False))
            before = toml
    return [each._replace(in_force=at == 0) for at, each in enumerate(reversed(found))]


def version(bureau: Bureau, number: int) -> tuple[str, str]:
    """The TOML of a house that an entry put in force, and of the one before it. A Fault where it is none."""
    tomls = [(each.entry, _toml(bureau, each.entry)) for each in versions(bureau)]
    for at, (entry, toml) in enumerate(tomls):
        if entry == number:
            return toml, tomls[at + 1][1] if at + 1 < len(tomls) else ""
    raise Fault(
        Exit.REFUSED,
        Sentence("Entry %(n)s put no house in force.", n=number),
        Sentence("See the versions of the house."),
    )


def _toml(bureau: Bureau, number: int) -> str:
    return str((bureau.log.entry(number).payload or {}).get("toml", ""))


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """The lines of two texts, each with ``+``, ``-`` or a space; of what stayed, three lines around a change."""
    told = difflib.unified_diff(before.splitlines(), after.splitlines(), n=3, lineterm="")
    return [(line[:1], line[1:]) for line in list(told)[2:] if not line.startswith("@@")]
