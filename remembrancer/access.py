"""Who may see and do what: one pure policy, asked by every read and every action.

Classes, from the widest circle to the narrowest:

``open``       everyone reads it
``existence``  everyone sees a public title and ground and nothing else; members read it
``members``    members read it; to others it is not there
``role:NAME``  holders of that role read it
``hidden``     the owner reads it

The owner may do everything. What nobody was granted is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from remembrancer.model import Exit, Fault, Principal, Visibility

Action = Literal["know", "read", "write"]
"""``know``: see that it exists, by public title and ground; ``read``: its content; ``write``: change the record."""

MEMBER_ROLES = frozenset(("member", "chair", "clerk"))
"""Roles whose holders sit with the members behind closed doors."""

_CLASS = re.compile(r"open|existence|members|hidden|role:[a-z][a-z0-9-]*")
_PRINCIPAL = re.compile(r"public|owner|role:[a-z][a-z0-9-]*|member:\S.*")


def may(principal: Principal, action: Action, thing: Visibility) -> bool:
    """Whether ``principal`` may do ``action`` to something of class ``thing``."""
    if principal.name == "owner":
        return True
    if action == "write":
        return False
    if thing == "open" or (thing == "existence" and action == "know"):
        return True
    if thing in ("existence", "members"):
        return _is_member(principal)
    if thing.startswith("role:"):
        return thing.removeprefix("role:") in _roles(principal)
    return False


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
        f"{text!r} is no class.",
        "Use open, existence, members, role:NAME (lower case) or hidden.",
    )


def parse_principal(text: str) -> Principal:
    """A principal as typed (roles granted by the record are added by the office); Fault (usage) if it is none."""
    if _PRINCIPAL.fullmatch(text):
        return Principal(text)
    raise Fault(Exit.USAGE, f"{text!r} is no principal.", "Use public, member:PERSON, role:NAME or owner.")


def _is_member(principal: Principal) -> bool:
    return principal.name.startswith("member:") or not MEMBER_ROLES.isdisjoint(_roles(principal))


def _roles(principal: Principal) -> frozenset[str]:
    own = {principal.name.removeprefix("role:")} if principal.name.startswith("role:") else set()
    return principal.roles | own
