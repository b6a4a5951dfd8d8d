"""Where lists of matters say that each stands, laid behind what the sittings decided.

A list has no date: it says where a matter stood when the list was taken in, so it counts for the present alone, and
not where it is behind a decision. Where lists disagree, and where the matter's own paper says where it stands, none
does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from remembrancer.model import Matter, Rung
from remembrancer.read.house import Ladder
from remembrancer.register.facts import AnyFact, Standing
from remembrancer.register.passes.listings import RULE
from remembrancer.register.resolving.following import Following


def with_listed(
    rows: Iterable[Matter], facts: Iterable[AnyFact], following: Following, ladders: Sequence[Ladder]
) -> tuple[Matter, ...]:
    """The matters with the rung that a list gives each, as their last."""
    stands: dict[str, list[Standing]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Standing) and fact.status and (matter := following.matter_of.get(fact.id)):
            stands[matter].append(fact)
    return tuple(_listed(row, stands[row.id], ladders) if row.id in stands else row for row in rows)


def _listed(row: Matter, stands: Sequence[Standing], ladders: Sequence[Ladder]) -> Matter:
    told = min(stands, key=lambda fact: (fact.position, fact.id))
    decided = next((rung for rung in reversed(row.rungs) if rung.stated), None)
    agreed = all((fact.rule, fact.ladder, fact.status) == (RULE, told.ladder, told.status) for fact in stands)
    if not agreed or told.status == row.status or (decided and _is_behind(told, decided, ladders)):
        return row
    rung = Rung(told.date, told.status, "", True, told.marks)
    return replace(row, ladder=told.ladder, status=told.status, rungs=(*row.rungs, rung))


def _is_behind(told: Standing, decided: Rung, ladders: Sequence[Ladder]) -> bool:
    """Whether a list has a matter on a lower rung than a decision put it on."""
    rungs = next((ladder.rungs for ladder in ladders if ladder.name == told.ladder), ())
    known = told.status in rungs and decided.status in rungs
    return known and rungs.index(told.status) < rungs.index(decided.status)
