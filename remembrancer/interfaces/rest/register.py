"""Operations: the register - decisions, matters, motions, votes, actions, what is wrong in it."""

from __future__ import annotations

from typing import Any

from ninja import P, QueryEx, Router

from remembrancer.interfaces.rest.operations import operation
from remembrancer.interfaces.rest.parameters import (
    After,
    As_known,
    As_of,
    Called,
    Day,
    Decided,
    Forced,
    Limit,
    Since,
    Text,
    Until,
)
from remembrancer.interfaces.rest.replies import Bytes, Page, page
from remembrancer.interfaces.web.admitting.asking import Asking
from remembrancer.model import Decision, Matter, Motion, Person, Vote
from remembrancer.office.registers.registered import Registered, Wanted
from remembrancer.office.registers.registrar import Scope
from remembrancer.office.showing import certified, locating, shown
from remembrancer.office.showing import evidence as proving

router = Router()
TAG = "Register"
InForceOn = QueryEx[Day | None, P(description="Only what was in force on this day.")]


@operation(router, "GET", "/{body}/decisions", "decisions")
def decisions(
    asking: Asking,
    in_force_on: InForceOn = None,
    matter: Text = "",
    person: Text = "",
    kind: Decided = "",
    force: Forced = "",
    inferred: QueryEx[bool, P(description="Also what was worked out from prose.")] = False,
    since: Since = None,
    until: Until = None,
    as_of: As_of = None,
    as_known: As_known = None,
    limit: Limit = 100,
    after: After = "",
) -> Any:
    """List what the body decided, earliest first; what is stated or confirmed alone, unless more is asked for."""
    registered = _registered(asking, in_force_on or as_of, as_known)
    if person:
        _check_followed(asking, registered, person)
    wanted = Wanted(matter, person, kind, "in-force" if in_force_on else force, inferred)
    rows = [row for row in registered.wanted(wanted) if _within(row.date, since or "", until or "")]
    return _shown(page(rows, after, limit), registered.decision)


@operation(router, "GET", "/{body}/decisions/{identity}", "decision")
def decision(asking: Asking, identity: Called, as_of: As_of = None, as_known: As_known = None) -> Any:
    """Tell a decision: its words, its vote, what it does to others and whether it is in force."""
    registered = _registered(asking, as_of, as_known)
    return registered.decision(registered.one(Decision, identity))


@operation(router, "GET", "/{body}/decisions/{identity}/extract", "extract")
def extract(asking: Asking, identity: Called) -> Any:
    """Give the certified extract of a decision, with the proof that the record holds it."""
    return certified.extract(asking.bureau, asking.principal, _registered(asking), identity)


@operation(router, "GET", "/{body}/decisions/{identity}/evidence", "evidence")
def evidence(asking: Asking, identity: Called) -> Any:
    """Give the certified extract with all that proves it, and a script that checks it without the office: a .zip."""
    made = extract(asking, identity)
    return Bytes(b"".join(proving.evidence(asking.bureau, asking.principal, made)), f"{made.decision.id}.zip")


@operation(router, "GET", "/{body}/matters", "matters")
def matters(
    asking: Asking, as_of: As_of = None, as_known: As_known = None, limit: Limit = 100, after: After = ""
) -> Any:
    """List what the body follows over years, and where each stands."""
    return page(_registered(asking, as_of, as_known).matters(), after, limit)


@operation(router, "GET", "/{body}/matters/{identity}", "matter")
def matter(asking: Asking, identity: Called, as_of: As_of = None, as_known: As_known = None) -> Any:
    """Tell the whole story of a matter: its rungs, dates, decisions and debates."""
    registered = _registered(asking, as_of, as_known)
    return registered.matter(registered.one(Matter, identity))


@operation(router, "GET", "/{body}/motions", "motions")
def motions(
    asking: Asking, as_of: As_of = None, as_known: As_known = None, limit: Limit = 100, after: After = ""
) -> Any:
    """List what was put to the body."""
    registered = _registered(asking, as_of, as_known)
    return _shown(page(registered.register.motions, after, limit), registered.motion)


@operation(router, "GET", "/{body}/motions/{identity}", "motion")
def motion(asking: Asking, identity: Called) -> Any:
    """Tell a motion: its words, who moved and seconded it, what came of it."""
    registered = _registered(asking)
    return registered.motion(registered.one(Motion, identity))


@operation(router, "GET", "/{body}/votes", "votes")
def votes(asking: Asking, as_of: As_of = None, as_known: As_known = None, limit: Limit = 100, after: After = "") -> Any:
    """List the votes, with their numbers and what came of them."""
    registered = _registered(asking, as_of, as_known)
    return _shown(page(registered.register.votes, after, limit), registered.vote)


@operation(router, "GET", "/{body}/votes/{identity}", "vote")
def vote(asking: Asking, identity: Called) -> Any:
    """Tell a vote: each member's ballot, what was declared, what the rules make of it."""
    registered = _registered(asking)
    return registered.vote(registered.one(Vote, identity))


@operation(router, "GET", "/{body}/actions", "actions")
def actions(
    asking: Asking,
    owner: Text = "",
    pending: QueryEx[bool, P(description="Only those not known to be done.")] = False,
    limit: Limit = 100,
    after: After = "",
) -> Any:
    """List who promised what by when."""
    return page(_registered(asking).actions(owner, pending), after, limit)


@operation(router, "GET", "/{body}/notices", "notices")
def notices(asking: Asking, limit: Limit = 100, after: After = "") -> Any:
    """List what is wrong in the register, worst first."""
    return page(_registered(asking).notices(), after, limit)


def _registered(asking: Asking, as_of: str | None = None, as_known: str | None = None) -> Registered:
    return Registered(asking.bureau, asking.principal, Scope(as_of or "", as_known or ""))


def _check_followed(asking: Asking, registered: Registered, person: str) -> None:
    """What the public did is not told together: of such a person there is nothing, as of nobody."""
    if not locating.is_followed(registered.one(Person, person)):
        raise shown.nothing(asking.bureau, asking.principal, person)


def _shown(found: Page, show: Any) -> Page:
    return found._replace(rows=[show(row) for row in found.rows])


def _within(date: str, since: str, until: str) -> bool:
    return (not since or date[: len(since)] >= since) and (not until or date[: len(until)] <= until)
