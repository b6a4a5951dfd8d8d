"""Where a permanent id is shown: in which sitting, which source, or as which row of the register.

An id may be former: of an older reading, of another document of the same sitting, of a row that was made of fewer
facts. Nothing is found alike where there never was anything and where there is nothing that the principal may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from remembrancer.model import (
    Action,
    Decision,
    Matter,
    Motion,
    Person,
    Principal,
    Proceedings,
    Report,
    Sha256,
    Spans,
    Vote,
)
from remembrancer.office.bureau import Bureau, Seen
from remembrancer.office.registers.naming import led_by
from remembrancer.office.registers.registrar import register_of
from remembrancer.office.showing import shown
from remembrancer.register.rows import Row

Kind = Literal["sitting", "passage", "source", "person", "matter", "decision", "motion", "vote", "action"]
ROWS: dict[type[Row], Kind] = {
    Matter: "matter",
    Decision: "decision",
    Motion: "motion",
    Vote: "vote",
    Action: "action",
}
ID = re.compile(r"[0-9a-f]{64}|[a-z]+-[a-z2-7]{16}")


class Located(NamedTuple):
    """Where something is shown. A ``passage`` stands in a ``sitting``, told by a ``source``, which is empty where it
    is told by one that prevails; a ``source`` has the ``spans`` of what was looked for in it."""

    kind: Kind
    id: str
    sitting: str = ""
    source: Sha256 = ""
    spans: Spans = ()


def locate(bureau: Bureau, principal: Principal, identity: str) -> Located | None:
    """Where a whole id is shown to a principal; None where it names nothing that they may see."""
    if not ID.fullmatch(identity):
        return None
    kind = identity.partition("-")[0]
    if kind == "person":
        return _person(bureau, principal, identity)
    if kind in ("matter", "decision", "motion", "vote", "action", "report"):
        return _row(bureau, principal, identity)
    resolved = bureau.catalog.resolve(identity)
    if kind == "sitting":
        return Located("sitting", resolved) if shown.tellings(bureau, principal, resolved) else None
    return _in_source(bureau, principal, resolved)


def is_followed(person: Person) -> bool:
    """Whether what somebody did may be told together: of the body's members and officers, and of those whom its lists
    name among its own, not of the public, of whom each speech stands in its sitting alone."""
    if person.standing in ("member", "officer") or person.memberships:
        return True
    return person.standing != "public" and any(each.offices or not each.role for each in person.presences)


def followed(bureau: Bureau, principal: Principal) -> tuple[Person, ...]:
    """Everybody whom a principal may follow through the record, by name."""
    return bureau.derived(principal, "people followed", lambda: tuple(_followed(bureau, principal)))


def _followed(bureau: Bureau, principal: Principal) -> list[Person]:
    people = (person for person in register_of(bureau, principal).people if is_followed(person))
    return sorted(people, key=lambda person: (person.name.casefold(), person.id))


def _person(bureau: Bureau, principal: Principal, identity: str) -> Located | None:
    known = led_by(bureau, principal).get(identity, identity)
    row = register_of(bureau, principal).get(known)
    if isinstance(row, Person) and is_followed(row):
        return Located("person", row.id)
    wanted = {known, identity, *((row.id, *row.formers) if isinstance(row, Person) else ())}
    return _first_speech(bureau, principal, wanted)


def _first_speech(bureau: Bureau, principal: Principal, wanted: set[str]) -> Located | None:
    """The first speech of somebody in the document that named them first."""
    for reading, source in (each for identity in sorted(wanted) for each in bureau.catalog.naming(identity)):
        seen = bureau.seen_source(principal, source)
        if seen is None or seen.row.entry != reading:
            continue
        facts = (each for each in bureau.catalog.facts(reading) if each.id in wanted and each.speeches)
        labels = {(fact.sitting, fact.label) for fact in facts}
        view = bureau.view(seen).proceedings
        for speech in view.speeches:
            sitting = view.sittings[speech.sitting].id if speech.sitting is not None else ""
            if (sitting, speech.speaker) in labels:
                return _placed(bureau, principal, seen, speech.id, speech.sitting, speech.spans)
    return None


def _row(bureau: Bureau, principal: Principal, identity: str) -> Located | None:
    row = register_of(bureau, principal).get(identity)
    if isinstance(row, Report):
        return locate(bureau, principal, row.element) or locate(bureau, principal, row.sitting)
    kind = ROWS.get(type(row)) if row else None
    return Located(kind, row.id) if row and kind else None


def _in_source(bureau: Bureau, principal: Principal, identity: str) -> Located | None:
    """A source, or an element or finding of one."""
    sha = bureau.catalog.source_of(identity) or identity
    seen = bureau.seen_source(principal, sha)
    if seen is None:
        return None
    if sha == identity:
        return Located("source", sha, source=sha)
    for own, sitting, spans in _elements(bureau.view(seen).proceedings):
        if own == identity:
            return _placed(bureau, principal, seen, identity, sitting, spans)
    return None


def _elements(view: Proceedings) -> Iterator[tuple[str, int | None, Spans]]:
    for item in view.items:
        yield item.id, item.sitting, item.spans
    for speech in view.speeches:
        yield speech.id, speech.sitting, (*speech.label, *speech.spans)
    for text in view.texts:
        yield text.id, text.sitting, text.spans
    for finding in view.findings:
        yield finding.id, None, (finding.span,) if finding.span else ()


def _placed(
    bureau: Bureau, principal: Principal, seen: Seen, identity: str, sitting: int | None, spans: Spans
) -> Located:
    """An element in its sitting; one of no sitting in its source."""
    sha = seen.source.sha
    if sitting is None:
        return Located("source", sha, source=sha, spans=spans)
    resolved = bureau.catalog.resolve(bureau.view(seen).proceedings.sittings[sitting].id)
    prevailing = shown.prevailing(bureau, shown.tellings(bureau, principal, resolved))
    told = "" if _tells(prevailing, sha) else sha
    return Located("passage", identity, resolved, told, spans)


def _tells(told: Sequence[shown.Telling], sha: Sha256) -> bool:
    return any(each.seen.source.sha == sha for each in told)


def spans_of(bureau: Bureau, principal: Principal, identity: str, source: Sha256) -> Spans:
    """The spans of an element in its source, as a principal sees it; none where it does not stand in that source."""
    resolved = bureau.catalog.resolve(identity)
    seen = bureau.seen_source(principal, source)
    if seen is None or bureau.catalog.source_of(resolved) != source:
        return ()
    elements = _elements(bureau.view(seen).proceedings)
    return next((spans for own, _, spans in elements if own == resolved), ())
