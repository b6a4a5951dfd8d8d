"""Schedules and holds: how long sources stay, and what suspends it. Only the owner sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from remembrancer.access import may, strictest
from remembrancer.model import Authority, Exit, Fault, Principal, Sha256
from remembrancer.office.bureau import Bureau, require
from remembrancer.record.canonical import Json
from remembrancer.record.entries import Draft, Entry, texts_of
from remembrancer.record.retention import DEFAULT_SCHEDULES, Schedule, parse_period, schedule_of
from remembrancer.saying import Sentence


@dataclass(frozen=True, slots=True)
class Hold:
    """Sources that nothing is disposed of while the hold lasts; ``entry`` is the number it is released by."""

    entry: int
    at: str
    sources: tuple[Sha256, ...]
    authorities: tuple[str, ...]
    everything: bool
    reason: str


def hold(
    bureau: Bureau,
    principal: Principal,
    reason: str,
    sources: Sequence[Sha256] = (),
    authorities: Sequence[str] = (),
    everything: bool = False,
) -> int:
    """Suspend the schedules for some sources, for whole kinds of source, or for everything; the entry's number."""
    require(principal, "hold", Sentence("hold sources"))
    if not (sources or authorities or everything):
        raise Fault(
            Exit.USAGE, Sentence("A hold needs what it holds."), Sentence("Add --source, --authority or --everything.")
        )
    if not reason.strip():
        raise Fault(Exit.USAGE, Sentence("A hold needs its reason."), Sentence("Add --reason."))
    for sha in sources:
        if bureau.seen_source(principal, sha) is None:
            raise Fault(
                Exit.REFUSED, Sentence("There is no source %(sha)s.", sha=sha), Sentence("See remembrancer sources.")
            )
    for authority in authorities:
        _check_authority(authority)
    payload: dict[str, Json] = {"sources": list(sources), "authorities": list(authorities)}
    payload |= {"everything": everything, "reason": reason}
    held = (source.visibility for sha in sources if (source := bureau.catalog.source(sha)) is not None)
    return bureau.log.append([Draft("hold", payload, principal.name, strictest(("members", *held)))]).start


def release(bureau: Bureau, principal: Principal, number: int) -> int:
    """End a hold; the entry's number. A Fault where no hold of that number lasts."""
    require(principal, "hold", Sentence("release a hold"))
    if number not in {each.entry for each in holds(bureau, principal)}:
        raise Fault(
            Exit.REFUSED,
            Sentence("Entry %(n)s is no hold that lasts.", n=number),
            Sentence("See remembrancer hold list."),
        )
    return bureau.log.append([Draft("release", {"hold": number}, principal.name, "members")]).start


def holds(bureau: Bureau, principal: Principal) -> list[Hold]:
    """The holds that last, as far as the principal may see them."""
    lasting: dict[int, Entry] = {}
    for entry in bureau.log.entries():
        if entry.payload is None or not may(principal, "read", entry.visibility):
            continue
        if entry.kind == "hold":
            lasting[entry.number] = entry
        elif entry.kind == "release":
            lasting.pop(int(str(entry.payload.get("hold", -1))), None)
    return [_hold_of(entry) for entry in lasting.values()]


def _hold_of(entry: Entry) -> Hold:
    payload = entry.payload or {}
    return Hold(
        entry=entry.number,
        at=entry.at,
        sources=tuple(texts_of(entry, "sources")),
        authorities=tuple(texts_of(entry, "authorities")),
        everything=payload.get("everything") is True,
        reason=str(payload.get("reason", "")),
    )


def set_schedule(bureau: Bureau, principal: Principal, authority: str, period: str, since: str) -> int:
    """Say how long sources of an authority stay, and from when it runs; the entry's number."""
    require(principal, "schedule", Sentence("set a schedule"))
    _check_authority(authority)
    parse_period(period)
    if since not in ("recorded", "approval"):
        raise Fault(
            Exit.USAGE, Sentence("%(word)s is no beginning.", word=repr(since)), Sentence("Use recorded or approval.")
        )
    payload: dict[str, Json] = {"authority": authority, "period": period, "from": since}
    return bureau.log.append([Draft("schedule", payload, principal.name)]).start


def schedules(bureau: Bureau) -> list[Schedule]:
    """The schedules in force, the defaults among them; of an authority without one sources are permanent."""
    found = {schedule.authority: schedule for schedule in DEFAULT_SCHEDULES}
    for entry in bureau.log.entries():
        if entry.kind == "schedule" and entry.payload is not None:
            schedule = schedule_of(entry)
            found[schedule.authority] = schedule
    return list(found.values())


def _check_authority(authority: str) -> None:
    known = get_args(Authority)
    if authority not in known:
        raise Fault(
            Exit.USAGE,
            Sentence("%(authority)s is no authority.", authority=repr(authority)),
            Sentence("Use %(list)s.", list=", ".join(known)),
        )
