"""The whole policy as one table: principals by classes, deny by default."""

from __future__ import annotations

from typing import get_args

import pytest

from remembrancer.access import DEEDS, Deed, may, may_do, parse_class, parse_principal
from remembrancer.model import OWNER, PUBLIC, Fault, Principal

READS = {
    "public": {"open"},
    "member:jo": {"open", "existence", "members"},
    "role:clerk": {"open", "existence", "members", "role:clerk"},
    "role:chair": {"open", "existence", "members"},
    "role:auditor": {"open", "role:auditor"},
    "owner": {"open", "existence", "members", "role:clerk", "role:auditor", "hidden"},
}
CLASSES = ("open", "existence", "members", "role:clerk", "role:auditor", "hidden")


@pytest.mark.parametrize("principal", READS)
@pytest.mark.parametrize("visibility", CLASSES)
def test_who_reads_what(principal: str, visibility: str) -> None:
    assert may(Principal(principal), "read", visibility) == (visibility in READS[principal])


@pytest.mark.parametrize("principal", READS)
@pytest.mark.parametrize("visibility", CLASSES)
def test_everybody_knows_of_what_exists_publicly_and_readers_of_what_they_read(principal: str, visibility: str) -> None:
    knows = visibility in READS[principal] or visibility == "existence"
    assert may(Principal(principal), "know", visibility) == knows


DOES = {
    "public": set(),
    "member:jo": set(),
    "role:chair": set(),
    "role:officer": set(),
    "role:auditor": {"audit", "inspect"},
    "role:clerk": {"take-in", "settle", "classify", "convene", "hold", "dispose", "request", "audit"},
    "owner": set(get_args(Deed)),
}


@pytest.mark.parametrize("deed", get_args(Deed))
@pytest.mark.parametrize("principal", DOES)
def test_who_does_what(principal: str, deed: Deed) -> None:
    assert may_do(Principal(principal), deed) == (deed in DOES[principal])


def test_every_deed_has_its_row_and_no_other_has_one() -> None:
    assert DEEDS.keys() == set(get_args(Deed))
    assert not may_do(Principal("role:clerk"), "abolish")  # type: ignore[arg-type]


def test_who_is_granted_the_role_of_owner_may_all_and_who_calls_themselves_so_may_nothing() -> None:
    assert may_do(Principal("account:abcdefghijklmnop", frozenset({"owner"})), "redact")
    assert not may_do(Principal("role:owner"), "redact")
    assert not may(Principal("role:owner"), "read", "hidden")


def test_a_class_nobody_knows_is_denied() -> None:
    assert not may(PUBLIC, "read", "secret")
    assert not may(Principal("member:jo"), "read", "secret")
    assert may(OWNER, "read", "secret")


def test_a_role_granted_reads_as_the_role_does() -> None:
    holder = Principal("member:jo", frozenset({"clerk"}))
    assert may(holder, "read", "role:clerk")
    assert not may(holder, "read", "role:auditor")


@pytest.mark.parametrize("text", ["", "Open", "role:", "role:Two Words", "member"])
def test_what_is_no_class_or_principal_gets_the_choices(text: str) -> None:
    with pytest.raises(Fault, match="is no class") as fault:
        parse_class(text)
    assert "members" in fault.value.advice
    with pytest.raises(Fault, match="is no principal"):
        parse_principal(text)
