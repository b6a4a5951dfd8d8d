"""The register of one body, as one principal may see it: rows of ``model``, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    def linked(self, identity: str) -> Sequence[Motion | Vote | Decision | Action]:
        """The motions, votes, decisions and actions of a matter; the votes and decisions of a motion, and the motions
        that amend it; the decisions of a vote."""
        return self._linked.get(identity, ())

    @cached_property
    def begins(self) -> str:
        """The earliest EDTF date of anything that was done or said; empty where nothing is dated."""
        acts: list[Motion | Vote | Decision] = [*self.motions, *self.votes, *self.decisions]
        dates = [each.date for each in acts]
        dates += [each.date for row in self.matters for each in row.rungs]
        dates += [each.date for row in self.matters for each in row.debates]
        dates += [each.date for row in self.people for each in row.presences]
        return min(filter(None, dates), default="")

    @cached_property
    def _linked(self) -> dict[str, list[Motion | Vote | Decision | Action]]:
        found: dict[str, list[Motion | Vote | Decision | Action]] = {}
        rows: tuple[Motion | Vote | Decision | Action, ...]
        rows = (*self.motions, *self.votes, *self.decisions, *self.actions)
        for row in rows:
            for name in ("matter", "motion", "vote", "amends"):
                if other := getattr(row, name, ""):
                    found.setdefault(other, []).append(row)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in self.rows():
            for former in getattr(row, "formers", ()):
                found.setdefault(former, row)
        for row in self.rows():
            found[row.id] = row
        return found
