"""Who may see and do what: one pure policy, asked by every read and every action.

Classes, from the widest circle to the narrowest:

``open``       everyone reads it
``existence``  everyone sees a public title and ground and nothing else; members read it
``members``    members read it; to others it is not there
``role:NAME``  holders of that role read it
``hidden``     the owner reads it

Principals: ``public``; ``member:PERSON``; ``account:ID``, somebody known to the office's accounts; ``role:NAME``, any
holder of a role; ``owner``. The record grants roles to members and accounts for a term; see
``office.changing.granting``.

Deeds change the record, or see what no class guards; ``DEEDS`` says whose each is. The owner, and who is granted that
role, may do everything. What nobody was granted is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from remembrancer.model import Exit, Fault, Principal, Visibility
from remembrancer.saying import Sentence

Action = Literal["know", "read"]
"""``know``: see that it exists, by public title and ground; ``read``: its content."""

Deed = Literal[
    "take-in",
    "settle",
    "classify",
    "convene",
    "hold",
    "dispose",
    "request",
    "audit",
    "inspect",
    "schedule",
    "redact",
    "grant",
    "found",
    "export",
    "embed",
]

ROLES = ("public", "member", "officer", "chair", "clerk", "auditor", "owner")
"""The roles that the pages speak of; a body may grant others, which read what is classed for them."""

MEMBER_ROLES = frozenset(("member", "officer", "chair", "clerk"))
"""Roles whose holders sit with the members behind closed doors."""

DEEDS: Mapping[Deed, frozenset[str]] = {
    "take-in": frozenset(("clerk",)),  # read documents into the record
    "settle": frozenset(("clerk",)),  # confirm, dismiss and correct facts; join and part people
    "classify": frozenset(("clerk",)),
    "convene": frozenset(("clerk",)),  # the house and the rules of procedure
    "hold": frozenset(("clerk",)),  # what is not disposed of
    "dispose": frozenset(("clerk",)),  # what the schedules say is due
    "request": frozenset(("clerk",)),  # requests for information
    "audit": frozenset(("auditor", "clerk")),  # verify also what is closed, see who holds which role
    "inspect": frozenset(("auditor",)),  # see who signed in and who was refused
    "schedule": frozenset(),
    "redact": frozenset(),
    "grant": frozenset(),
    "found": frozenset(),  # add, import, name a body
    "export": frozenset(),  # what is closed too
    "embed": frozenset(),
}
"""Each deed and the roles whose holders may do it; the owner may do all."""

_CLASS = re.compile(r"open|existence|members|hidden|role:[a-z][a-z0-9-]*")
_PRINCIPAL = re.compile(r"public|owner|role:[a-z][a-z0-9-]*|member:\S.*|account:[a-z2-7]{16}")


def may(principal: Principal, action: Action, thing: Visibility) -> bool:
    """Whether ``principal`` may do ``action`` to something of class ``thing``."""
    if is_owner(principal):
        return True
    if thing == "open" or (thing == "existence" and action == "know"):
        return True
    if thing in ("existence", "members"):
        return _is_member(principal)
    if thing.startswith("role:"):
        return thing.removeprefix("role:") in _roles(principal)
    return False


def may_do(principal: Principal, deed: Deed) -> bool:
    """Whether ``principal`` may do a deed; one that nobody knows is the owner's."""
    return is_owner(principal) or not DEEDS.get(deed, frozenset()).isdisjoint(_roles(principal))


def is_owner(principal: Principal) -> bool:
    """Whether ``principal`` is the owner, or is granted that role."""
    return principal.name == "owner" or "owner" in principal.roles


def strictest(classes: Iterable[Visibility]) -> Visibility:
    """The class only those may read who may read each of ``classes``; two different roles, or a class that
    nobody knows, make it hidden."""
    found = set(classes)
    if not all(map(_CLASS.fullmatch, found)):
        return "hidden"
    roles = {each for each in found if each.startswith("role:")}
    if "hidden" in found or len(roles) > 1:
        return "hidden"
    if roles:
        return roles.pop()
    return next((each for each in ("members", "existence") if each in found), "open")


def parse_class(text: str) -> Visibility:
    """A class as typed; Fault (usage) with the choices if it is none."""
    if _CLASS.fullmatch(text):
        return text
    raise Fault(
        Exit.USAGE,
        Sentence("%(text)s is no class.", text=repr(text)),
        Sentence("Use open, existence, members, role:NAME (lower case) or hidden."),
    )


def parse_principal(text: str) -> Principal:
    """A principal as typed (roles granted by the record are added by the office); Fault (usage) if it is none."""
    if _PRINCIPAL.fullmatch(text):
        return Principal(text)
    raise Fault(
        Exit.USAGE,
        Sentence("%(text)s is no principal.", text=repr(text)),
        Sentence("Use public, member:PERSON, role:NAME, account:ID or owner."),
    )


def _is_member(principal: Principal) -> bool:
    return principal.name.startswith("member:") or not MEMBER_ROLES.isdisjoint(_roles(principal))


def _roles(principal: Principal) -> frozenset[str]:
    own = {principal.name.removeprefix("role:")} if principal.name.startswith("role:") else set()
    return principal.roles | own
