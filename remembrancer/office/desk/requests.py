"""Requests for information, from arrival to the answer: freedom of information, and what is held about a person.

A request is known by the number of the entry that opened it. Every step is an entry of kind ``request``, of class
``role:clerk`` or stricter where it names what is closed to clerks::

    asked      {"step": "asked", "from": "A. Reader", "text": "...", "about": "..."}
    open       {"step": "open", "asked": 12, "kind": "foi", "received": "2026-11-22", "due": "2026-12-20"}
    add        {"step": "add", "request": 13, "searched": ["weir"], "elements": [ID...]}
    reserve    {"step": "reserve", "request": 13}
    determine  {"step": "determine", "request": 13, "elements": [ID...], "action": "redact", "words": ["..."],
                "reason": "...", "ground": "s. 40(2)"}
    close      {"step": "close", "request": 13, "outcome": "partly", "note": "...", "files": {NAME: SHA256}}

Who asked stands in ``asked`` alone, so that its payload can go (``forget``) and the log of the answer stays. What
may answer is held while the request is open: a ``hold`` with ``request`` in its payload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from remembrancer.access import may, may_do, strictest
from remembrancer.model import Exit, Fault, Principal, Sha256, Visibility
from remembrancer.office.bureau import Bureau
from remembrancer.office.changing.keeping import check_day
from remembrancer.office.changing.retaining import holds
from remembrancer.record import retention
from remembrancer.record.canonical import Json
from remembrancer.record.entries import Draft, Entry, texts_of
from remembrancer.saying import Day, Sentence, Term, either

RequestKind = Literal["foi", "subject-access"]
Outcome = Literal["granted", "partly", "refused", "nothing-held", "withdrawn"]
Action = Literal["release", "withhold", "redact"]

CLERK: Visibility = "role:clerk"


class Part(NamedTuple):
    """Words that go from a passage, wherever they stand in it, and why."""

    words: str
    reason: str
    ground: str


@dataclass(frozen=True, slots=True)
class Determination:
    """What was determined of a passage: by whom, when, by which entry. ``parts`` are the words a redaction takes
    out; redactions add up until the passage is released or withheld as a whole."""

    action: Action
    reason: str
    ground: str
    by: str
    at: str
    entry: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its entries tell it. ``requester``, ``text`` and ``about`` are empty once they were forgotten;
    ``outcome`` is empty while it is open. ``elements`` are ids in the order they were added, ``determinations`` stand
    under their ``version_key``, and of so many elements something is ``determined``. One that is ``reserved`` holds
    what only the owner may see, who alone closes it."""

    number: int
    kind: RequestKind
    received: str
    due: str
    asked: int
    requester: str = ""
    text: str = ""
    about: str = ""
    searched: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    determinations: Mapping[str, Determination] = field(default_factory=dict)
    determined: int = 0
    holds: Mapping[int, tuple[Sha256, ...]] = field(default_factory=dict)
    reserved: bool = False
    outcome: str = ""
    closed: str = ""
    note: str = ""
    files: Mapping[str, Sha256] = field(default_factory=dict)


def require_clerk(principal: Principal) -> None:
    """A Fault (refused) unless the principal may handle requests, whatever requests there are."""
    if not may_do(principal, "request"):
        what = Sentence("%(who)s may not handle requests.", who=principal.name)
        raise Fault(Exit.REFUSED, what, Sentence("Only the owner and holders of the role clerk may."))


def requests(bureau: Bureau, principal: Principal) -> list[Request]:
    """Every request, the open ones first, each group in the order they came."""
    require_clerk(principal)
    numbers = sorted((*bureau.numbers_of("hold"), *bureau.numbers_of("request")))
    readable = (entry for entry in map(bureau.log.entry, numbers) if may(principal, "read", entry.visibility))
    key = version_key(bureau)
    found = [_counted(bureau, each, key) for each in _folded(readable, key).values()]
    return sorted(found, key=lambda each: (bool(each.outcome), each.number))


def _counted(bureau: Bureau, found: Request, key: Callable[[str], str]) -> Request:
    determined = sum(key(each) in found.determinations for each in found.elements)
    return replace(found, determined=determined, closed=bureau.day_of(found.closed) if found.closed else "")


def request(bureau: Bureau, principal: Principal, number: int) -> Request:
    """One request. A Fault (refused) where there is none of that number, or where the principal handles none."""
    found = next((each for each in requests(bureau, principal) if each.number == number), None)
    if found is None:
        raise Fault(
            Exit.REFUSED, Sentence("There is no request %(n)s.", n=number), Sentence("See remembrancer request list.")
        )
    return found


def version_key(bureau: Bureau) -> Callable[[str], str]:
    """From the id of an element to one that it shares with every version of it: what is determined of one holds for
    all, the draft and the approved minutes."""
    catalog = bureau.catalog
    return cache(lambda identity: min(catalog.versions(catalog.resolve(identity))))


def open_request(bureau: Bureau, principal: Principal, number: int) -> Request:
    """One request that is not closed yet."""
    found = request(bureau, principal, number)
    if found.outcome:
        what = Sentence(
            "Request %(n)s was closed on %(day)s: %(outcome)s.",
            n=number,
            day=Day(found.closed),
            outcome=Term("answered", found.outcome),
        )
        raise Fault(Exit.REFUSED, what, Sentence("Open another one for what is asked again."))
    return found


def open_(
    bureau: Bureau, principal: Principal, kind: str, requester: str, text: str = "", due: str = "", about: str = ""
) -> int:
    """Enter a request that arrived today; its number. Without ``due`` the house's ``[requests] days`` count from
    today, and without these it has no due date."""
    require_clerk(principal)
    if kind not in get_args(RequestKind):
        raise Fault(
            Exit.USAGE,
            Sentence("%(kind)s is no kind of request.", kind=repr(kind)),
            Sentence("Use %(list)s.", list=either(get_args(RequestKind))),
        )
    if not requester.strip():
        raise Fault(Exit.USAGE, Sentence("A request needs who asks."), Sentence("Add --from NAME."))
    if (kind == "subject-access") != bool(about.strip()):
        raise Fault(
            Exit.USAGE,
            Sentence("Subject access is about a person, and nothing else is."),
            Sentence("Give --about NAME with it."),
        )
    received = bureau.today()
    due = check_day(due).isoformat() if due else _due(received, bureau.house().requests.days)
    asked = {"step": "asked", "from": requester.strip(), "text": text.strip(), "about": about.strip()}
    first = bureau.log.append([Draft("request", asked, principal.name, CLERK)]).start
    opened: dict[str, Json] = {"step": "open", "asked": first, "kind": kind, "received": received, "due": due}
    return bureau.log.append([Draft("request", opened, principal.name, CLERK)]).start


def _due(received: str, days: int) -> str:
    return (date.fromisoformat(received) + timedelta(days=days)).isoformat() if days else ""


def enter_found(
    bureau: Bureau,
    principal: Principal,
    found: Request,
    searched: Sequence[str],
    elements: Mapping[str, Visibility],
    sources: Iterable[Sha256],
) -> int:
    """Enter what may answer a request and hold its sources; the entry's number. ``elements`` are ids that the
    request did not have, with their classes."""
    held = {sha for shas in found.holds.values() for sha in shas}
    whose = strictest((CLERK, *elements.values()))
    added: dict[str, Json] = {"searched": list(searched), "elements": list(elements)}
    drafts = [_step(principal, found.number, "add", added, whose)]
    to_hold = [sha for sha in dict.fromkeys(sources) if sha not in held]
    if to_hold:
        drafts.append(_hold(principal, found.number, to_hold, whose))
    if whose != CLERK and not found.reserved:
        drafts.append(_step(principal, found.number, "reserve", {}))
    return bureau.log.append(drafts).start


def _hold(principal: Principal, number: int, sources: Sequence[Sha256], whose: Visibility) -> Draft:
    payload: dict[str, Json] = {"sources": list(sources), "authorities": [], "everything": False}
    payload |= {"reason": f"Request {number}", "request": number}
    return Draft("hold", payload, principal.name, whose)


def _step(
    principal: Principal, number: int, step: str, payload: Mapping[str, Json], visibility: Visibility = CLERK
) -> Draft:
    return Draft("request", {"step": step, "request": number, **payload}, principal.name, visibility)


def determine(
    bureau: Bureau,
    principal: Principal,
    found: Request,
    action: Action,
    elements: Mapping[str, Visibility],
    words: Mapping[str, Sequence[str]],
    reason: str,
    ground: str = "",
) -> int:
    """Enter what was determined of passages, by id with their classes; the number of the last entry. ``words`` says
    for each what a redaction takes out; passages that lose the same words share an entry."""
    if action != "release" and not reason.strip():
        raise Fault(
            Exit.USAGE,
            Sentence("What one decides to %(action)s needs its reason.", action=Term("determined", action)),
            Sentence("Add --reason."),
        )
    alike: dict[tuple[str, ...], list[str]] = {}
    for each in elements:
        alike.setdefault(tuple(words.get(each, ())), []).append(each)
    drafts = []
    for lost, ids in alike.items():
        payload: dict[str, Json] = {"elements": ids, "action": action, "words": list(lost)}
        payload |= {"reason": reason.strip(), "ground": ground.strip()}
        whose = strictest((CLERK, *(elements[each] for each in ids)))
        drafts.append(_step(principal, found.number, "determine", payload, whose))
    return bureau.log.append(drafts)[-1]


def enter_closed(
    bureau: Bureau, principal: Principal, found: Request, outcome: Outcome, note: str, files: Mapping[str, Sha256]
) -> int:
    """Enter the answer and end the request's holds; the entry's number."""
    standing = {each.entry for each in holds(bureau, principal)}
    payload: dict[str, Json] = {"outcome": outcome, "note": note.strip(), "files": dict(files)}
    drafts = [_step(principal, found.number, "close", payload)]
    drafts += [
        Draft("release", {"hold": number}, principal.name, CLERK) for number in found.holds if number in standing
    ]
    return bureau.log.append(drafts).start


def forget(bureau: Bureau, principal: Principal, number: int, authority: str) -> int:
    """Remove who asked for what, as personal data that is no longer needed; the log of the answer stays. The number
    of the entry that says so. A Fault while the request is open."""
    found = request(bureau, principal, number)
    if not found.outcome:
        raise Fault(
            Exit.REFUSED,
            Sentence("Request %(n)s is open: its answer needs who asked.", n=number),
            Sentence("Close it first."),
        )
    if not found.requester:
        raise Fault(Exit.REFUSED, Sentence("Who made request %(n)s was forgotten before.", n=number))
    what, by = ["requester"], principal.name
    return retention.redact(bureau.log, [found.asked], [], authority=authority, what=what, by=by, visibility=CLERK)


def _folded(entries: Iterable[Entry], key: Callable[[str], str]) -> dict[int, Request]:
    asked: dict[int, dict[str, Any]] = {}
    found: dict[int, Request] = {}
    for entry in entries:
        payload: dict[str, Any] = entry.payload or {}
        if entry.kind == "hold" and payload.get("request") in found:
            number = payload["request"]
            holds = {**found[number].holds, entry.number: tuple(texts_of(entry, "sources"))}
            found[number] = replace(found[number], holds=holds)
        elif entry.kind == "request" and payload.get("step") == "asked":
            asked[entry.number] = payload
        elif entry.kind == "request" and payload.get("step") == "open":
            found[entry.number] = _opened(entry, payload, asked.get(payload["asked"], {}))
        elif entry.kind == "request" and payload.get("request") in found:
            keyed = {**payload, "keys": sorted({key(each) for each in payload.get("elements", ())})}
            found[payload["request"]] = _AFTER[payload["step"]](found[payload["request"]], entry, keyed)
    return found


def _opened(entry: Entry, payload: Mapping[str, Any], asked: Mapping[str, Any]) -> Request:
    said = (asked.get("from", ""), asked.get("text", ""), asked.get("about", ""))
    return Request(entry.number, payload["kind"], payload["received"], payload["due"], payload["asked"], *said)


def _added(found: Request, entry: Entry, payload: Mapping[str, Any]) -> Request:
    elements = dict.fromkeys((*found.elements, *payload["elements"]))
    return replace(found, searched=(*found.searched, *payload["searched"]), elements=tuple(elements))


def _reserved(found: Request, entry: Entry, payload: Mapping[str, Any]) -> Request:
    return replace(found, reserved=True)


def _determined(found: Request, entry: Entry, payload: Mapping[str, Any]) -> Request:
    whys = (payload["reason"], payload["ground"])
    now = {}
    for each in payload["keys"]:
        before = found.determinations.get(each)
        kept = before.parts if before and before.action == payload["action"] == "redact" else ()
        parts = (*kept, *(Part(words, *whys) for words in payload["words"]))
        now[each] = Determination(payload["action"], *whys, entry.by, entry.at, entry.number, parts)
    return replace(found, determinations={**found.determinations, **now})


def _closed(found: Request, entry: Entry, payload: Mapping[str, Any]) -> Request:
    said = {"outcome": payload["outcome"], "note": payload["note"], "files": payload["files"]}
    return replace(found, closed=entry.at, **said)


_AFTER = {"add": _added, "reserve": _reserved, "determine": _determined, "close": _closed}
