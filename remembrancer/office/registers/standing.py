"""What stands on a day: the force of every decision, as the register of one principal shows it.

The register is resolved once. The turns of each decision are laid out as spells, so that a day is looked up in them and
nothing is resolved anew for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from remembrancer.memory.analysis import fold
from remembrancer.model import Decision, Force, Matter, Principal, Relation, Turn
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registrar import made_of, register_of
from remembrancer.register.rows import Register

HOLDING: tuple[Force, ...] = ("in-force", "conditional", "suspended", "undetermined", "uncommenced")
"""The forces of what stands, or may come to."""

ENDED: tuple[Force, ...] = ("spent", "lapsed", "repealed", "never-made")
"""The forces of what no longer stands, or never did."""

DAWN = "0000-01-01"
"""The first of all days."""

AHEAD = timedelta(days=3653)
"""How far ahead a day may be looked at because something will turn then."""


class Spell(NamedTuple):
    """Days on which one force holds: from ``since`` until the next spell; ``turn`` brought it, and is None before the
    first."""

    since: str
    force: Force
    turn: Turn | None


class Standing(NamedTuple):
    """A decision that has a force: from which day it may have been made, its spells, its words folded to be looked
    through."""

    row: Decision
    made: str
    spells: tuple[Spell, ...]
    words: str

    def on(self, day: str) -> Spell:
        """The spell in which a day lies."""
        return self.spells[bisect_right(self.spells, day, key=lambda spell: spell.since) - 1]


class Done(NamedTuple):
    """What the decision or matter ``by`` does to another."""

    by: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Standings:
    """Every decision that has a force, by date; the ``first`` and ``last`` day that can be asked for; the days on which
    a stated force turned; and what was done to each decision and matter, and
    each of all, by its id."""

    all: tuple[Standing, ...]
    first: str
    last: str
    turned: tuple[str, ...]
    done: Mapping[str, tuple[Done, ...]]
    by_id: Mapping[str, Standing]
    counts: tuple[tuple[str, int], ...] = ()
    """How many stated decisions are in force from each day on which that number changes."""

    def before(self, day: str) -> str:
        """The last day before this on which something turned; empty where there is none."""
        at = bisect_left(self.turned, day)
        return self.turned[at - 1] if at else ""

    def after(self, day: str) -> str:
        """The next day after this on which something turns; empty where there is none."""
        at = bisect_right(self.turned, day)
        return self.turned[at] if at < len(self.turned) else ""


class Looked(NamedTuple):
    """What is looked for among what stands; an empty text looks for all. ``forces`` are those wanted."""

    day: str
    forces: tuple[Force, ...] = HOLDING
    kind: str = ""
    matter: str = ""
    words: str = ""


class Found(NamedTuple):
    """What stands on a day: what is stated or confirmed, what was worked out from prose, and how many there are of
    each force and kind, and of each matter, whatever is chosen of these."""

    stated: tuple[Standing, ...]
    inferred: tuple[Standing, ...]
    forces: Counter[Force]
    kinds: Counter[str]
    matters: Counter[str]


def standings(bureau: Bureau, principal: Principal) -> Standings:
    """The forces of all decisions that a principal may see, day by day; remembered until the record grows."""
    register = register_of(bureau, principal)
    today = bureau.today()
    return made_of(bureau, register, ("standings", today), lambda: _standings(register, today))


def standing_on(known: Standings, looked: Looked) -> Found:
    """What stands on a day among what is looked for."""
    sought = fold(looked.words).split()
    every = list[Standing]()
    forces, kinds, matters = Counter[Force](), Counter[str](), Counter[str]()
    for each in known.all:
        if each.made > looked.day or not all(word in each.words for word in sought):
            continue
        row, force = each.row, each.on(looked.day).force
        of_force = force in looked.forces
        of_kind, of_matter = looked.kind in ("", row.kind), looked.matter in ("", row.matter)
        if of_force and of_kind and of_matter:
            every.append(each)
        if row.stated and of_kind and of_matter:
            forces[force] += 1
        if row.stated and of_force and of_matter:
            kinds[row.kind] += 1
        if row.stated and of_force and of_kind:
            matters[row.matter] += 1
    stated, inferred = (tuple(each for each in every if each.row.stated is told) for told in (True, False))
    return Found(stated, inferred, forces, kinds, matters)


def spells(turns: Sequence[Turn]) -> tuple[Spell, ...]:
    """The turns of a text as spells of one force each, the first since ever."""
    from remembrancer.register.resolving.force import force_on  # Its patterns are slow to load.

    days = sorted({DAWN, *(edge for turn in turns for edge in _bounds(turn.date) if edge < "9999")})
    found: list[Spell] = []
    for day in days:
        force = force_on(turns, day)
        if not found or found[-1].force != force:
            found.append(Spell(day, force, _brought(turns, force, day)))
    return tuple(found)


def counts(every: Iterable[Standing]) -> tuple[tuple[str, int], ...]:
    """How many stated decisions are in force from each day on which that number changes."""
    steps: Counter[str] = Counter()
    for each in every:
        if each.row.stated:
            for spell, earlier in zip(each.spells, (None, *each.spells), strict=False):
                was, now = earlier is not None and earlier.force == "in-force", spell.force == "in-force"
                steps[max(spell.since, each.made)] += now - was
    number, found = 0, list[tuple[str, int]]()
    for day, step in sorted(steps.items()):
        number += step
        found.append((day, number))
    return tuple(found)


def _standings(register: Register, today: str) -> Standings:
    every = tuple(_standing(register, row) for row in register.decisions if row.turns)
    turned = {
        max(spell.since, each.made) for each in every if each.row.stated for spell in each.spells if spell.since > DAWN
    }
    furthest = (date.fromisoformat(today) + AHEAD).isoformat()
    known = sorted(day for day in turned if DAWN < day <= furthest)
    begins = _bounds(register.begins)[0] if register.begins else today
    return Standings(
        every,
        min(begins, *known[:1], today),
        max((today, *known[-1:])),
        tuple(known),
        _done(register),
        {each.row.id: each for each in every},
        counts(every),
    )


def _standing(register: Register, row: Decision) -> Standing:
    matter = register.get(row.matter) if row.matter else None
    about = matter.title if isinstance(matter, Matter) else ""
    words = fold(" ".join((row.number, row.title, row.status_to, row.text, about)))
    return Standing(row, _bounds(row.date)[0] if row.date else DAWN, spells(row.turns), words)


def _done(register: Register) -> dict[str, tuple[Done, ...]]:
    found: dict[str, tuple[Done, ...]] = {}
    rows: tuple[Decision | Matter, ...] = (*register.decisions, *register.matters)
    for row in rows:
        for relation in row.relations:
            if relation.target:
                found[relation.target] = (*found.get(relation.target, ()), Done(row.id, relation))
    return found


def _brought(turns: Sequence[Turn], force: Force, day: str) -> Turn | None:
    """The turn by which a force holds on a day: what was never made was so from the first."""
    begun = [turn for turn in turns if _bounds(turn.date)[0] <= day or turn.force == force == "never-made"]
    return next((turn for turn in reversed(begun) if turn.force == force), begun[-1] if begun else None)


def _bounds(day: str) -> tuple[str, str]:
    from remembrancer.rules.rulebook import bounds

    return bounds(day)
