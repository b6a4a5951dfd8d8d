"""Pictures of the register, worked out on the server: pure functions from facts to numbers that a template draws.

A family is drawn as a list by date with its ties beside it. All that is done to one text runs to it in one lane, and
lanes that meet lie apart, so that the picture stays nearly as narrow as its text however large the family is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from remembrancer.office.registers.family import Family, Member, Tie

ROW, BOX, LANE, MARGIN, WIDTH = 80, 70, 16, 12, 400
"""In pixels of the picture: from one member to the next, the height of its box, between lanes, around, and how wide
a box is."""

LETTERS = 52
"""Small letters that fit a line of a box."""

SPAN, HEIGHT = 1000, 60
"""The picture of how many decisions were in force: its width and height."""


class Box(NamedTuple):
    """A member in its place, its ``title`` shortened to a line, with the kinds of what it does to others."""

    member: Member
    x: int
    y: int
    title: str
    deeds: tuple[str, ...]
    here: bool
    ended: bool


class Arc(NamedTuple):
    """What one member does to another as a line, with the tip of its arrow; ``provisions`` are the parts it does so
    to, ``stated`` whether any of that is."""

    by: str
    to: str
    kind: str
    provisions: tuple[str, ...]
    stated: bool
    path: str
    tip: str


class Picture(NamedTuple):
    """A family, drawn; ``width`` and ``height`` in pixels, and in units of the page's letters."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arcs: tuple[Arc, ...]

    @property
    def letters_wide(self) -> float:
        return self.width / 16

    @property
    def letters_high(self) -> float:
        return self.height / 16


def picture(family: Family, here: str) -> Picture:
    """A family by date from above, with its ties at the side; ``here`` is the member whose page it is."""
    at = {member.key: row for row, member in enumerate(family.members)}
    ties = [tie for tie in family.ties if tie.by in at and tie.to in at and tie.by != tie.to]
    reached = list(dict.fromkeys(tie.to for tie in ties))
    ends = [[at[to], *(at[tie.by] for tie in ties if tie.to == to)] for to in reached]
    lanes = dict(zip(reached, lanes_of([(min(rows), max(rows)) for rows in ends]), strict=True))
    left = MARGIN + LANE * (max(lanes.values(), default=-1) + 1) + MARGIN
    boxes = tuple(_box(member, ties, left, at[member.key], here) for member in family.members)
    return Picture(left + WIDTH + MARGIN, ROW * len(boxes) + MARGIN, boxes, tuple(_arcs(ties, lanes, at, left)))


def lanes_of(spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each line between two rows the lane nearest to the boxes in which it meets no other; short ones go first."""
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda each: abs(spans[each][0] - spans[each][1])):
        low, high = sorted(spans[index])
        free = (at for at, lane in enumerate(taken) if all(high < first or last < low for first, last in lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[index] = lane
    return found


def growth(counts: Iterable[tuple[str, int]], first: str, last: str) -> str:
    """The path of how many there were from day to day, as steps under which the ground is filled."""
    steps = list(counts)
    most = max((number for _, number in steps), default=0) or 1
    path = f"M0 {HEIGHT}"
    for day, number in steps:
        if day <= last:
            path += f" H{along(max(day, first), first, last):.1f} V{HEIGHT - number * (HEIGHT - 4) / most:.1f}"
    return f"{path} H{SPAN} V{HEIGHT} Z"


def along(day: str, first: str, last: str) -> float:
    """How far along the picture a day is."""
    whole = days_between(first, last) or 1
    return SPAN * days_between(first, day) / whole


def days_between(first: str, last: str) -> int:
    """How many days lie between two days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _box(member: Member, ties: Sequence[Tie], left: int, row: int, here: str) -> Box:
    ended = member.force in ("repealed", "lapsed", "never-made", "spent")
    deeds = tuple(dict.fromkeys(tie.kind for tie in ties if tie.by == member.key))
    title = shortened(" ".join(member.title.split()))
    return Box(member, left, MARGIN + row * ROW, title, deeds, member.id == here, ended)


def shortened(text: str, room: float = LETTERS) -> str:
    """The beginning of a text that fits a line; capitals are wide."""
    for at, letter in enumerate(text):
        room -= 1.35 if letter.isupper() else 1
        if room < 0:
            return text[: max(at - 1, 0)].rstrip() + "…"
    return text


def _arcs(ties: Sequence[Tie], lanes: Mapping[str, int], at: Mapping[str, int], left: int) -> Iterator[Arc]:
    """The lines, one for each kind of deed of one member to another."""
    for by, to, kind in dict.fromkeys((tie.by, tie.to, tie.kind) for tie in ties):
        same = [tie for tie in ties if (tie.by, tie.to, tie.kind) == (by, to, kind)]
        provisions = tuple(dict.fromkeys(tie.provision for tie in same if tie.provision))
        path, tip = _line(at[by], at[to], left - MARGIN - LANE * lanes[to] - LANE // 2, left)
        yield Arc(by, to, kind, provisions, any(tie.stated for tie in same), path, tip)


def _line(actor: int, target: int, x: int, left: int) -> tuple[str, str]:
    """The line from one row to another along a lane: it leaves a box on the side towards its target and comes in on the
    side from which it comes, with its arrow."""
    step = 1 if actor < target else -1
    start = MARGIN + actor * ROW + BOX // 2 + step * 12
    end = MARGIN + target * ROW + BOX // 2 - step * 12
    path = f"M{left} {start} H{x + 6} Q{x} {start} {x} {start + 6 * step} "
    path += f"V{end - 6 * step} Q{x} {end} {x + 6} {end} H{left - 6}"
    return path, f"M{left - 8} {end - 4} L{left} {end} L{left - 8} {end + 4} Z"
