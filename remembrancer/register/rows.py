"""The register of one body, as one principal may see it: rows of ``model``, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from remembrancer.model import (
    Action,
    Decision,
    Matter,
    Motion,
    Notice,
    Person,
    Quorum,
    Report,
    Vote,
)

Row = Person | Matter | Motion | Vote | Decision | Action | Report


@dataclass(frozen=True)
class Register:
    """Every list is ordered by date, then as the documents have it; ``day`` is the EDTF date the register answers for,
    or empty."""

    people: tuple[Person, ...] = ()
    matters: tuple[Matter, ...] = ()
    motions: tuple[Motion, ...] = ()
    votes: tuple[Vote, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    reports: tuple[Report, ...] = ()
    quorums: tuple[Quorum, ...] = ()
    notices: tuple[Notice, ...] = ()
    day: str = ""

    def rows(self) -> Iterator[Row]:
        """Every row that has an id of its own."""
        for group in (self.people, self.matters, self.motions, self.votes, self.decisions, self.actions, self.reports):
            yield from group

    def get(self, identity: str) -> Row | None:
        """The row of an id, also of a former one."""
        return self._by_id.get(identity)

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in self.rows():
            for former in getattr(row, "formers", ()):
                found.setdefault(former, row)
        for row in self.rows():
            found[row.id] = row
        return found
