"""Who brings each matter forward, told once for each person, role and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from remembrancer.model import SPONSORS, Matter, Sponsorship
from remembrancer.record.persons import name_of
from remembrancer.register.facts import AnyFact, Sponsored
from remembrancer.register.resolving.following import Following
from remembrancer.register.resolving.people import People


def with_sponsorships(
    rows: Iterable[Matter], facts: Iterable[AnyFact], following: Following, who: People
) -> tuple[Matter, ...]:
    """The matters with their sponsorships: by role, then by date, what has none last."""
    found: dict[str, dict[tuple[str, str, str], Sponsorship]] = defaultdict(dict)
    for fact in facts:
        if isinstance(fact, Sponsored) and (matter := following.matter_of.get(fact.id)):
            person = who.person_of(fact.sitting, fact.label, fact.affiliation)
            key = (person or name_of(fact.label).key or fact.label, fact.role, fact.date)
            told = found[matter].get(key) or Sponsorship(person, fact.label, fact.role, fact.date, False)
            marks = tuple(dict.fromkeys((*told.marks, *fact.marks)))
            found[matter][key] = replace(told, stated=told.stated or fact.stated, marks=marks)
    return tuple(
        replace(row, sponsorships=tuple(sorted(found[row.id].values(), key=_order))) if row.id in found else row
        for row in rows
    )


def _order(each: Sponsorship) -> tuple[int, bool, str]:
    return (SPONSORS.index(each.role), not each.date, each.date)
