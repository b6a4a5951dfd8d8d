"""The whole policy as one table: principals by classes, deny by default."""

from __future__ import annotations

import pytest

from remembrancer.access import may, parse_class, parse_principal
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


@pytest.mark.parametrize("principal", READS)
def test_only_the_owner_writes(principal: str) -> None:
    assert may(Principal(principal), "write", "open") == (principal == "owner")


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
