"""Who holds which role, and for which term: granted and revoked by entries in the record.

The payload of a grant is of class ``members``: ``{"principal", "role", "from", "to", "name"}``, days or empty, ``name``
what the holder is called. Another entry of the kind, ``{"revokes": NUMBER}``, ends it from its own day on. Days begin
and end where the body is, in the time zone of its house.
"""

from __future__ import annotations

from dataclasses import dataclass

from remembrancer.access import may_do, parse_class, parse_principal
from remembrancer.model import Exit, Fault, Principal
from remembrancer.office.bureau import Bureau, require
from remembrancer.office.changing.keeping import check_day
from remembrancer.record.canonical import Json
from remembrancer.record.catalog import Grant
from remembrancer.record.entries import Draft
from remembrancer.saying import Day, Sentence, Term

HOLDERS = ("member:", "account:")
"""How the names of principals begin who may hold a role."""


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant: ``holds`` says whether it does so today; ``since`` and ``until`` are days (inclusive) or empty."""

    entry: int
    principal: str
    name: str
    role: str
    since: str
    until: str
    at: str
    by: str
    holds: bool

    def held(self, day: str) -> bool:
        """Whether the role was held on a day."""
        return (self.since or day) <= day <= (self.until or day)


def grant(
    bureau: Bureau, principal: Principal, holder: str, role: str, since: str = "", until: str = "", name: str = ""
) -> int:
    """Record that a member or an account holds a role on the days from ``since`` to ``until``; the entry's number."""
    require(principal, "grant", Sentence("grant a role"))
    whose = parse_principal(holder).name
    if not whose.startswith(HOLDERS):
        raise Fault(
            Exit.USAGE,
            Sentence("%(holder)s cannot hold a role.", holder=holder),
            Sentence("Grant it to member:PERSON or account:ID."),
        )
    check_term(role, since, until)
    if role == "owner" and not whose.startswith("account:"):
        raise Fault(Exit.USAGE, Sentence("Only an account can be an owner."), Sentence("Grant it to account:ID."))
    payload: dict[str, Json] = {"principal": whose, "role": role, "from": since, "to": until, "name": name}
    return bureau.log.append([Draft("grant", payload, principal.name, "members")]).start


def check_term(role: str, since: str = "", until: str = "") -> None:
    """A Fault (usage) where nobody can hold such a role, or not for such a term."""
    parse_class(f"role:{role}")
    if role == "public":
        raise Fault(
            Exit.USAGE,
            Sentence("%(role)s is no role to be granted.", role=Term("held", role)),
            Sentence("Roles are such as chair, clerk or auditor."),
        )
    for day in (since, until):
        if day:
            check_day(day)
    if since and until and until < since:
        raise Fault(
            Exit.USAGE,
            Sentence("The term ends on %(until)s, before %(since)s.", until=Day(until), since=Day(since)),
            Sentence("Give the first day, then the last."),
        )


def revoke(bureau: Bureau, principal: Principal, number: int) -> int:
    """Record that a grant ends, today being the first day without it; the entry's number. A Fault if there
    is no such grant or it has ended."""
    require(principal, "grant", Sentence("revoke a role"))
    held = {each.entry: each for each in bureau.grants() if each.holds(bureau.today())}
    if number not in held:
        raise Fault(
            Exit.REFUSED,
            Sentence("Entry %(n)s is no grant that holds.", n=number),
            Sentence("See grants for the numbers of those that do."),
        )
    return bureau.log.append([Draft("grant", {"revokes": number}, principal.name, "members")]).start


def grants(bureau: Bureau, principal: Principal, all_of_them: bool = False) -> list[GrantView]:
    """The grants that hold today, or all there were; those of the principal alone where it may not audit."""
    day = bureau.today()
    rows = (row for row in bureau.grants() if all_of_them or row.holds(day))
    audits = may_do(principal, "audit")
    return [_view(row, day) for row in rows if audits or row.principal == principal.name]


def owners(bureau: Bureau) -> list[str]:
    """The accounts that hold the role of owner today."""
    day = bureau.today()
    return [row.principal for row in bureau.grants() if row.role == "owner" and row.holds(day)]


def _view(row: Grant, day: str) -> GrantView:
    return GrantView(row.entry, row.principal, row.name, row.role, row.since, row.until, row.at, row.by, row.holds(day))
