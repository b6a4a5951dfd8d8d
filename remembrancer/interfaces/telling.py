"""Values of the office with the members that their published shapes have, for the command line and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from remembrancer.office.desk.requests import Request
    from remembrancer.office.working import Watch
    from remembrancer.record.intake import Taken

REQUEST = ("number", "kind", "requester", "text", "about", "received", "due", "closed", "note", "searched", "files")
WATCH = ("name", "kind", "query", "filters", "made", "ran")
FILE = ("path", "source", "reader", "new", "readable", "sittings", "items", "speeches", "attendance")
FINDING = ("id", "code", "place", "message", "advice")


def request(found: Request) -> Mapping[str, Any]:
    """A request for information."""
    held = () if found.outcome else dict.fromkeys(sha for shas in found.holds.values() for sha in shas)
    counts = {"passages": len(found.elements), "determined": found.determined}
    return _members(found, REQUEST) | counts | {"outcome": found.outcome or None, "held": [*held]}


def watch(kept: Watch) -> Mapping[str, Any]:
    """A watch."""
    return _members(kept, WATCH)


def file(taken: Taken) -> Mapping[str, Any]:
    """What came of a file that was read."""
    return _members(taken, FILE) | {"findings": [_members(each, FINDING) for each in taken.findings]}


def _members(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
