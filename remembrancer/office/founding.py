"""The bodies of an office as its owners change them: another is added, one is renamed."""

from __future__ import annotations

from remembrancer.access import is_owner
from remembrancer.model import OWNER, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau, require
from remembrancer.office.changing import granting
from remembrancer.saying import Sentence

LONGEST = 200
"""Characters of a body's name."""


def require_everywhere(office: Office, principal: Principal, what: Sentence) -> None:
    """A Fault (refused) unless the principal owns every body of the office."""
    for bureau in office:
        require(bureau.principal(Principal(principal.name)), "found", what)


def owns_all(office: Office, principal: Principal) -> bool:
    """Whether the principal owns every body of the office."""
    return all(is_owner(bureau.principal(Principal(principal.name))) for bureau in office)


def found(office: Office, principal: Principal, name: str, holder: str = "", house: str = "") -> Bureau:
    """Begin the record of another body. Who founds it with an account owns it, called ``holder``; founded at the
    machine, it is owned by the accounts that own all others, which could not open it otherwise."""
    require_everywhere(office, principal, Sentence("add a body"))
    owners = {principal.name: holder} if principal.name.startswith("account:") else _owners(office)
    bureau = office.add_body(_checked(name), house)
    for account, called in owners.items():
        granting.grant(bureau, OWNER, account, "owner", name=called)
    return bureau


def _owners(office: Office) -> dict[str, str]:
    """The accounts that own every body of the office today, with what they are called."""
    held = [
        {row.principal: row.name for row in bureau.grants() if row.role == "owner" and row.holds(bureau.today())}
        for bureau in office
    ]
    return {who: name for who, name in held[0].items() if all(who in each for each in held)} if held else {}


def rename(office: Office, bureau: Bureau, principal: Principal, name: str) -> int:
    """Call a body otherwise from now on; its addresses stay. The entry's number."""
    require(principal, "found", Sentence("rename a body"))
    number = bureau.rename(principal, _checked(name))
    office.enter(bureau.slug, bureau.name())
    return number


def _checked(name: str) -> str:
    told = " ".join(name.split())
    if not told or len(told) > LONGEST:
        raise Fault(
            Exit.USAGE,
            Sentence("This is no name for a body."),
            Sentence("Give it one of up to %(n)s letters.", n=LONGEST),
        )
    return told
